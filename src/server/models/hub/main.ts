/**
 * Entry of the hub process, which the server forks to download (hubProcess.ts): hashing and writing have their own event loop
 * and thread pool there, at a lower priority, and the model computes on undisturbed.
 */
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from "vscode-languageserver/node";
import { threadHasher } from "./hasher";
import { HubService } from "./service";

try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // some containers forbid it; it is a courtesy
}

// The server is gone: what has come is on the disk but for the last buffer, and the lock goes with the process.
process.on("disconnect", () => process.exit(1));

/** Tests shorten the pauses between attempts. */
const baseMs = Number(process.env["LLAMA2_HUB_RETRY_MS"] ?? "1000");
const connection = createProtocolConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const hashThread = join(__dirname, "hashThread.js");
new HubService(process.env, { tries: 5, baseMs }, () => threadHasher(hashThread)).listen(connection);

/** Entry of the thread that hashes (hasher.ts). */
import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import type { ToHashThread } from "./hasher";

const hash = createHash("sha256");

parentPort?.on("message", (message: ToHashThread) => {
  if (message === "digest") {
    parentPort?.postMessage(hash.digest("hex"));
  } else {
    hash.update(message.block);
    parentPort?.postMessage("");
  }
});

/**
 * Entry of the inference process. Started with `--node-ipc` by VS Code and with `--stdio` by any other LSP client.
 */
import { join } from "node:path";
import { createConnection } from "vscode-languageserver/node";
import { LocalEngine, type NativeLogLevel } from "./engine/localEngine";
import { startServer } from "./server";

// llama.cpp keeps a team of threads for each thread that calls it, and libuv would call it from four: with one, small
// models generate more than twice as fast. Must be set before anything uses the pool.
process.env["UV_THREADPOOL_SIZE"] ??= "1";

const connection = createConnection();
const log: Record<NativeLogLevel, (message: string) => void> = {
  error: (message) => {
    connection.console.error(message);
  },
  warn: (message) => {
    connection.console.warn(message);
  },
  debug: (message) => {
    connection.console.debug(message);
  },
};

// With IPC there is no input stream whose end would tell that the editor is gone.
process.on("disconnect", () => process.exit(1));

startServer({
  connection,
  engine: new LocalEngine((level, message) => {
    log[level](message);
  }),
  hubModule: join(__dirname, "hub.js"),
});

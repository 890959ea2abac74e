/** Where the inference process's program is, and how it is debugged. */
import * as vscode from "vscode";
import type { ServerLaunch } from "./engine/serverProcess";

/**
 * Outside production two environment variables have a say: `LLAMA2_SERVER_MODULE` names another program (tests), and
 * `LLAMA2_SERVER_INSPECT` a port for a debugger (.vscode/launch.json).
 */
export function serverLaunch(context: vscode.ExtensionContext): ServerLaunch {
  const modulePath = context.asAbsolutePath("dist/server.js");
  if (context.extensionMode === vscode.ExtensionMode.Production) {
    return { modulePath };
  }
  const inspectPort = Number(process.env["LLAMA2_SERVER_INSPECT"] ?? "0");
  return {
    modulePath: process.env["LLAMA2_SERVER_MODULE"] ?? modulePath,
    ...(inspectPort > 0 ? { inspectPort } : {}),
  };
}

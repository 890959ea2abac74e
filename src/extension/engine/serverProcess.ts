/**
 * One inference process: forks dist/server.js with a Node IPC channel, passes what it prints to the log, and knows when
 * and why it ended. The language client (engineLife.ts) speaks over its transports; who forks it also ends it.
 */
import { fork, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type * as vscode from "vscode";
import { IPCMessageReader, IPCMessageWriter, type MessageTransports } from "vscode-languageclient/node";

export interface ServerLaunch {
  /** Absolute path of the server's JavaScript. */
  readonly modulePath: string;
  /** Port of a debugger for the server; none without it. */
  readonly inspectPort?: number;
}

export class ServerProcess {
  /** Resolves, when the process has ended, with what is known about it, e.g. "exit code 1" or "signal SIGKILL". */
  readonly ended: Promise<string>;
  private readonly child: ChildProcess;

  constructor(launch: ServerLaunch, log: vscode.LogOutputChannel) {
    this.child = fork(launch.modulePath, ["--node-ipc", `--clientProcessId=${String(process.pid)}`], {
      // Desktop VS Code runs extensions in Electron; these make its binary behave as plain Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1", ELECTRON_NO_ASAR: "1" },
      execArgv: launch.inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${String(launch.inspectPort)}`],
      silent: true,
    });
    forwardLines(this.child.stdout, (line) => {
      log.info(line);
    });
    forwardLines(this.child.stderr, (line) => {
      log.warn(line);
    });
    this.ended = endOf(this.child);
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get transports(): MessageTransports {
    // `detached` tells the language client that ending the process is not its business.
    return { reader: new IPCMessageReader(this.child), writer: new IPCMessageWriter(this.child), detached: true };
  }

  /** Resolves when the process has ended; kills it when it has not within `graceMs`. */
  async end(graceMs: number): Promise<string> {
    const patience = new AbortController();
    const tooLate = delay(graceMs, undefined, { signal: patience.signal, ref: false }).then(
      () => this.child.kill("SIGKILL"),
      () => false, // the process ended in time and the timer was cleared
    );
    const detail = await Promise.race([this.ended, tooLate.then(() => this.ended)]);
    patience.abort();
    return detail;
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
    child.on("error", (error) => {
      if (child.pid === undefined) {
        resolve(error.message); // it could not be started, so there is no "exit"
      }
    });
  });
}

function forwardLines(stream: Readable | null, write: (line: string) => void): void {
  if (stream !== null) {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on("line", write);
  }
}

/** Remembers the last command of each terminal and what it printed, from what shell integration reports. */
import type * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../../base/disposables";
import { terminalText } from "./terminalText";

/** The end of the output tells what happened; a build's log may be endless. */
const MAX_CHARACTERS = 100_000;

export interface TerminalCommand {
  /** Tells terminals apart in this window. */
  readonly id: string;
  readonly terminalName: string;
  readonly commandLine: string;
  /** What was printed until now, as one reads it. */
  readonly output: string;
  /** Absent while the command runs, and where the shell did not say. */
  readonly exitCode: number | undefined;
}

interface Recorded {
  readonly id: string;
  readonly terminal: vscode.Terminal;
  readonly execution: vscode.TerminalShellExecution;
  raw: string;
  exitCode: number | undefined;
}

/** The part of `vscode.window` that reports commands. */
export type TerminalWindow = Pick<
  typeof vscode.window,
  "onDidStartTerminalShellExecution" | "onDidEndTerminalShellExecution" | "onDidCloseTerminal"
>;

export class TerminalCommands implements Disposable {
  private readonly disposables = new DisposableList();
  /** The newest last. */
  private recorded: readonly Recorded[] = [];
  private lastId = 0;

  constructor(
    window: TerminalWindow,
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add(
      window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
        void this.record(terminal, execution);
      }),
    );
    this.disposables.add(
      window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
        const ended = this.recorded.find((one) => one.execution === execution);
        if (ended !== undefined) {
          ended.exitCode = exitCode;
        }
      }),
    );
    this.disposables.add(
      window.onDidCloseTerminal((terminal) => {
        this.recorded = this.recorded.filter((one) => one.terminal !== terminal);
      }),
    );
  }

  /** One for each terminal in which a command has run, the newest first. */
  list(): readonly TerminalCommand[] {
    return this.recorded.toReversed().map(({ id, terminal, execution, raw, exitCode }) => ({
      id,
      terminalName: terminal.name,
      commandLine: execution.commandLine.value,
      output: terminalText(raw),
      exitCode,
    }));
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private async record(terminal: vscode.Terminal, execution: vscode.TerminalShellExecution): Promise<void> {
    this.lastId++;
    const recorded: Recorded = { id: String(this.lastId), terminal, execution, raw: "", exitCode: undefined };
    this.recorded = [...this.recorded.filter((one) => one.terminal !== terminal), recorded];
    try {
      for await (const piece of execution.read()) {
        recorded.raw = (recorded.raw + piece).slice(-MAX_CHARACTERS);
      }
    } catch (error) {
      this.logError(error);
    }
  }
}

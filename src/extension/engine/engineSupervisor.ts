/**
 * Keeps an inference process running, and says in which state it is. When it dies it is started again as restartPolicy.ts
 * says.
 */
import * as vscode from "vscode";
import type { Disposable } from "../../base/disposables";
import type { CompletionFigures } from "../../protocol/completion";
import type { EngineState } from "../../protocol/engine";
import { EngineError } from "../../protocol/engineErrors";
import type { ConnectionState } from "../engineApi";
import { EngineLife } from "./engineLife";
import type { RestartPolicy } from "./restartPolicy";
import type { ServerLaunch } from "./serverProcess";

const NO_MODELS: EngineState = { chat: { kind: "stopped" }, completion: { kind: "stopped" } };

export interface EngineSupervisorOptions {
  readonly launch: ServerLaunch;
  readonly log: vscode.LogOutputChannel;
  readonly restartPolicy: RestartPolicy;
}

export class EngineSupervisor implements Disposable {
  private readonly stateChanged = new vscode.EventEmitter<ConnectionState>();
  private readonly completed = new vscode.EventEmitter<CompletionFigures>();
  private currentState: ConnectionState = { kind: "stopped" };
  private life: EngineLife | undefined;
  private restartTimer: NodeJS.Timeout | undefined;
  private restartInProgress: Promise<void> | undefined;
  private disposed = false;

  constructor(private readonly options: EngineSupervisorOptions) {}

  get state(): ConnectionState {
    return this.currentState;
  }

  /** The process of now, whatever its state. */
  get current(): EngineLife | undefined {
    return this.life;
  }

  /** The process that can be asked now. */
  get running(): EngineLife | undefined {
    return this.currentState.kind === "running" ? this.life : undefined;
  }

  onDidChangeState(listener: (state: ConnectionState) => void): Disposable {
    return this.stateChanged.event(listener);
  }

  onDidComplete(listener: (figures: CompletionFigures) => void): Disposable {
    return this.completed.event(listener);
  }

  /** Begins a life. Whoever wants to know how it goes watches the state. */
  start(): void {
    const life = new EngineLife({
      ...this.options,
      onEngineState: (models) => {
        if (life === this.life && !life.isLost) {
          this.setState({ kind: "running", models });
        }
      },
      onCompletionFigures: (figures) => {
        this.completed.fire(figures);
      },
    });
    this.life = life;
    this.setState({ kind: "starting" });
    life.lost.addEventListener("abort", () => void this.afterLoss(life), { once: true });
    void this.awaitStart(life);
  }

  /** Ends the process and starts a new one; crashes so far are forgotten. Resolves when the new one is starting. */
  restart(): Promise<void> {
    this.restartInProgress ??= this.restartNow().finally(() => {
      this.restartInProgress = undefined;
    });
    return this.restartInProgress;
  }

  /** The process that can be asked, as soon as there is one; rejects with `crashed` where there will be none, or as aborted. */
  whenRunning(signal: AbortSignal): Promise<EngineLife> {
    return new Promise((resolve, reject) => {
      const settle = (): boolean => {
        const { life, currentState: state } = this;
        if (signal.aborted) {
          reject(signal.reason instanceof Error ? signal.reason : new DOMException("aborted", "AbortError"));
        } else if (state.kind === "running" && life !== undefined && !life.isLost) {
          resolve(life);
        } else if (state.kind === "failed" || state.kind === "stopped") {
          const detail = state.kind === "failed" ? state.detail : "it was stopped";
          reject(new EngineError({ code: "crashed", detail }));
        } else {
          return false;
        }
        return true;
      };
      if (settle()) {
        return;
      }
      const onEvent = (): void => {
        if (settle()) {
          subscription.dispose();
          signal.removeEventListener("abort", onEvent);
        }
      };
      const subscription = this.stateChanged.event(onEvent);
      signal.addEventListener("abort", onEvent);
    });
  }

  /** The process is asked to end; it also ends by itself when VS Code's end of the channel goes. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.restartTimer);
    const life = this.life;
    this.life = undefined;
    this.setState({ kind: "stopped" });
    this.stateChanged.dispose();
    this.completed.dispose();
    void life?.stop();
  }

  private async awaitStart(life: EngineLife): Promise<void> {
    try {
      await life.start();
    } catch (error) {
      this.options.log.error(`the inference process did not start: ${String(error)}`);
      await life.stop(); // which makes it lost
      return;
    }
    if (life !== this.life || life.isLost) {
      return;
    }
    this.options.log.info(`inference process ${String(life.pid)} runs`);
    if (this.currentState.kind !== "running") {
      this.setState({ kind: "running", models: NO_MODELS });
    }
  }

  private async afterLoss(life: EngineLife): Promise<void> {
    if (life !== this.life) {
      return; // it was stopped on purpose
    }
    this.setState({ kind: "restarting", detail: "" });
    const detail = await life.stop();
    if (life !== this.life) {
      return;
    }
    const decision = this.options.restartPolicy.afterCrash(performance.now());
    if (decision.kind === "giveUp") {
      this.options.log.error(
        `inference process ended (${detail}), crash ${String(decision.crashes)}: not started again`,
      );
      this.setState({ kind: "failed", detail });
      return;
    }
    this.options.log.error(`inference process ended (${detail}); next start in ${String(decision.delayMs)} ms`);
    this.setState({ kind: "restarting", detail });
    this.restartTimer = setTimeout(() => {
      this.start();
    }, decision.delayMs);
  }

  private async restartNow(): Promise<void> {
    this.options.restartPolicy.reset();
    clearTimeout(this.restartTimer);
    const life = this.life;
    this.life = undefined;
    this.setState({ kind: "starting" });
    await life?.stop();
    if (!this.disposed) {
      this.start();
    }
  }

  private setState(state: ConnectionState): void {
    this.currentState = state;
    this.stateChanged.fire(state);
  }
}

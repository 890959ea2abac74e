/** Shows the loading of models as LSP work-done progress, for clients that can show it. */
import { basename } from "node:path";
import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver/node";
import type { EngineState } from "../protocol/engine";

export class LoadingProgress {
  private reporter: Promise<WorkDoneProgressServerReporter> | undefined;

  constructor(private readonly connection: Connection) {}

  /** Follows the engine's state: begins with the first model that loads, ends when none is loading any more. */
  update(state: EngineState): void {
    const loading = [state.completion, state.chat].find((role) => role.kind === "loading");
    if (loading === undefined) {
      this.tell((reporter) => {
        reporter.done();
      });
      this.reporter = undefined;
      return;
    }
    this.reporter ??= this.begin();
    this.tell((reporter) => {
      reporter.report(Math.round(loading.fraction * 100), basename(loading.path));
    });
  }

  private async begin(): Promise<WorkDoneProgressServerReporter> {
    const reporter = await this.connection.window.createWorkDoneProgress();
    reporter.begin("Llama 2: loading the model", 0);
    return reporter;
  }

  private tell(say: (reporter: WorkDoneProgressServerReporter) => void): void {
    // A client that refuses the progress it announced loses nothing but the progress.
    void this.reporter?.then(say).catch(() => undefined);
  }
}

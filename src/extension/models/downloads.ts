/**
 * The downloads of this window: licence first, then progress that can be cancelled, and for each failure its next step. What
 * is running is told to whoever shows it.
 */
import * as vscode from "vscode";
import type { Disposable } from "../../base/disposables";
import { EngineError } from "../../protocol/engineErrors";
import { formatModelSpec } from "../../protocol/modelSpec";
import type { DownloadProgress, DownloadResult, ModelSource } from "../../protocol/models";
import { notifyError, type UserAction } from "../notifyUser";
import type { Account } from "./account";
import type { Hub } from "./hub";
import type { LicenceDialog } from "./licenceDialog";
import { progressText } from "./progressText";
import { nextSteps, type NextStep } from "./refusal";

/** A download that has been asked for and has not ended. */
export interface RunningDownload {
  readonly source: ModelSource;
  readonly title: string;
  readonly progress: DownloadProgress;
  readonly cancel: () => void;
}

export interface DownloadsOptions {
  readonly hub: Hub;
  readonly account: Account;
  readonly licence: LicenceDialog;
  /** Called with what was downloaded, to offer its use. */
  readonly onDownloaded: (result: DownloadResult, title: string) => unknown;
}

export class Downloads implements Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly active = new Map<string, RunningDownload>();

  constructor(private readonly options: DownloadsOptions) {}

  /** In the order in which they were asked for. */
  get running(): readonly RunningDownload[] {
    return [...this.active.values()];
  }

  /** Whenever one begins, gets on, or ends. */
  onDidChange(listener: () => void): Disposable {
    return this.changed.event(listener);
  }

  /**
   * Resolves when it is there, has been declined or cancelled, or its failure has been told: the result, or `undefined`. Asking
   * twice for the same source joins nothing and starts nothing.
   */
  async start(source: ModelSource, title: string): Promise<DownloadResult | undefined> {
    const key = formatModelSpec(source);
    if (this.active.has(key)) {
      return undefined;
    }
    const controller = new AbortController();
    const cancel = (): void => {
      controller.abort(new DOMException("the user cancelled the download", "AbortError"));
    };
    const tell = (progress: DownloadProgress): void => {
      this.active.set(key, { source, title, progress, cancel });
      this.changed.fire();
    };
    tell({ phase: "checking", bytes: 0 });
    try {
      return await this.run(source, title, tell, controller);
    } catch (error) {
      this.active.delete(key);
      if (!controller.signal.aborted) {
        await this.failed(error, source, title);
      }
      return undefined;
    } finally {
      this.active.delete(key);
      this.changed.fire();
    }
  }

  dispose(): void {
    for (const { cancel } of this.running) {
      cancel();
    }
    this.changed.dispose();
  }

  private async run(
    source: ModelSource,
    title: string,
    tell: (progress: DownloadProgress) => void,
    controller: AbortController,
  ): Promise<DownloadResult | undefined> {
    const { hub, licence, onDownloaded } = this.options;
    const there = await hub.locate(source, controller.signal);
    if (there.kind !== "present" && !(await licence.ensureAccepted(source, controller.signal))) {
      return undefined;
    }
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t("Downloading {0}", title),
        cancellable: true,
      },
      async (reporter, token) => {
        token.onCancellationRequested(() => this.active.get(formatModelSpec(source))?.cancel());
        const show = fractions(reporter);
        return hub.download(
          source,
          (progress) => {
            tell(progress);
            show(progress);
          },
          controller.signal,
        );
      },
    );
    void onDownloaded(result, title);
    return result;
  }

  private async failed(error: unknown, source: ModelSource, title: string): Promise<void> {
    const { endpoint } = await this.options.hub.facts(new AbortController().signal).catch(() => NO_HUB);
    const steps = error instanceof EngineError ? nextSteps(error.data, endpoint) : [];
    await notifyError(error, ...steps.map((step) => this.action(step, source, title)));
  }

  private action(step: NextStep, source: ModelSource, title: string): UserAction {
    const { t } = vscode.l10n;
    const again = (): Promise<unknown> => this.start(source, title);
    switch (step.kind) {
      case "open":
        return {
          title: step.what === "modelPage" ? t("Open Model Page") : t("Open Meta's Form"),
          run: () => vscode.env.openExternal(vscode.Uri.parse(step.url)),
        };
      case "signIn":
        return {
          title: t("Sign In…"),
          run: async () => (await this.options.account.signIn()) && again(),
        };
      case "checkAgain":
        return { title: t("Check Again"), run: again };
      case "tryAgain":
        return { title: t("Try Again"), run: again };
      case "takeChanged":
        return {
          title: t("Download the Changed File"),
          run: () => this.start({ ...source, sha256: step.sha256 }, title),
        };
    }
  }
}

const NO_HUB = { endpoint: "https://huggingface.co" };

/** VS Code wants the steps between, we have how far it is. */
function fractions(
  reporter: vscode.Progress<{ message?: string; increment?: number }>,
): (progress: DownloadProgress) => void {
  let shown = 0;
  return (progress) => {
    const { bytes, totalBytes = 0 } = progress;
    const percent = totalBytes === 0 ? 0 : (100 * bytes) / totalBytes;
    reporter.report({
      message: progressText(progress, vscode.l10n.t),
      ...(percent > shown ? { increment: percent - shown } : {}),
    });
    shown = Math.max(shown, percent);
  };
}

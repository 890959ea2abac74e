/** "Copy Completion Diagnostics": what somebody who helps would ask for, on the clipboard, with secrets masked. */
import * as vscode from "vscode";
import type { LastPrompt } from "../../protocol/engine";
import type { Engine } from "../engineApi";
import { notifyError } from "../notifyUser";
import { allSettings } from "../settings";
import { diagnosticsText } from "./diagnosticsText";
import { otherCompleters } from "./otherCompleters";

export interface DiagnosticsParts {
  readonly engine: Pick<Engine, "state" | "lastPrompt">;
  readonly extensionVersion: string;
  /** Counters and averages of this session, by their names. */
  readonly figures: () => Readonly<Record<string, number | undefined>>;
}

export async function copyCompletionDiagnostics(parts: DiagnosticsParts): Promise<void> {
  try {
    const { engine, extensionVersion } = parts;
    const text = diagnosticsText({
      versions: {
        extension: extensionVersion,
        vscode: vscode.version,
        platform: `${process.platform}-${process.arch}`,
        otherCompletionExtensions: otherCompleters(vscode.extensions.all.map(({ id }) => id)).join(", "),
      },
      engine: engine.state,
      settings: allSettings(),
      session: parts.figures(),
      last: await lastPromptOf(engine),
    });
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t("Completion diagnostics copied."), 5_000);
  } catch (error) {
    void notifyError(error);
  }
}

/** Diagnostics are wanted most where the engine does not run. */
async function lastPromptOf(engine: DiagnosticsParts["engine"]): Promise<LastPrompt | null> {
  return engine.state.kind === "running" ? engine.lastPrompt(new AbortController().signal) : null;
}

/** "Compare Models on My Code": lines of the workspace's recent commits, asked of every chosen model, shown as a report. */
import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";
import { EvaluateCompletionRequest, type EvaluationProgress } from "../../protocol/evaluation";
import { withCancellableProgress, type ReportProgress } from "../cancellableProgress";
import type { Engine } from "../engineApi";
import { errorText } from "../errorText";
import { currentRepository, gitRepositories } from "../git/gitApi";
import { notifyError } from "../notifyUser";
import { committedFiles } from "./commitHistory";
import { pickModels } from "./pickModels";
import { problemsOf, type Problem } from "./problems";
import { reportHtml } from "./reportHtml";
import { ranked, scoreOf, type Score } from "./scores";

const MAX_PROBLEMS = 40;
const VIEW_TYPE = "llama2.comparison";

type ComparingEngine = Pick<Engine, "request">;

interface Outcome {
  readonly scores: readonly Score[];
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
}

export async function compareModels(engine: ComparingEngine): Promise<void> {
  try {
    const repository = (await currentRepository()) ?? (await gitRepositories())[0];
    if (repository === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Open a folder with a Git repository: models are compared on the lines of its recent commits."),
      );
      return;
    }
    const paths = await pickModels(engine);
    if (paths.length === 0) {
      return;
    }
    const outcome = await withCancellableProgress(vscode.l10n.t("Comparing models"), async (report, signal) => {
      report(vscode.l10n.t("reading recent commits…"), 0);
      const problems = problemsOf(await committedFiles(repository, signal), MAX_PROBLEMS);
      return problems.length === 0 ? undefined : evaluateAll({ engine, paths, problems, report }, signal);
    });
    if (outcome === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("There are no lines of code in the recent commits."));
    } else if (outcome.scores.length + outcome.failures.length > 0) {
      showReport(outcome);
    }
  } catch (error) {
    if (!isAbort(error)) {
      void notifyError(error);
    }
  }
}

interface Comparison {
  readonly engine: ComparingEngine;
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
  readonly report: ReportProgress;
}

/** One model after the other. When the user cancels, what has been measured until then is the outcome. */
async function evaluateAll({ engine, paths, problems, report }: Comparison, signal: AbortSignal): Promise<Outcome> {
  const scores: Score[] = [];
  const failures: { path: string; reason: string }[] = [];
  for (const modelPath of paths) {
    const name = path.basename(modelPath);
    report(vscode.l10n.t("{0}: loading…", name), 0);
    try {
      const params = { modelPath, places: problems.map(({ place }) => place) };
      const onProgress = ({ done }: EvaluationProgress): void => {
        const message = vscode.l10n.t("{0}: {1} of {2} lines", name, done, problems.length);
        report(message, 100 / problems.length / paths.length);
      };
      scores.push(scoreOf(await engine.request(EvaluateCompletionRequest.type, params, signal, onProgress), problems));
    } catch (error) {
      if (signal.aborted) {
        break;
      }
      failures.push({ path: modelPath, reason: errorText(error, vscode.l10n.t) });
    }
  }
  return { scores: ranked(scores), failures };
}

function showReport(outcome: Outcome): void {
  const title = vscode.l10n.t("Models Compared on Your Code");
  const panel = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {
    enableScripts: false,
    localResourceRoots: [],
  });
  const nonce = randomBytes(16).toString("hex");
  panel.webview.html = reportHtml({ ...outcome, nonce, language: vscode.env.language, translate: vscode.l10n.t });
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

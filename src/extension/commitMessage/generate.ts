/**
 * "Generate Commit Message": asks the model about a repository's changes, and writes its answer, as it comes, into the message box of the
 * Source Control view. The conversation is not touched. What stood in the box before is a hint to the model, and undoing in
 * the box brings it back.
 */
import * as vscode from "vscode";
import { CONTEXT_WRITING_COMMIT_MESSAGE } from "../contributions";
import type { AnswerSink, Engine } from "../engineApi";
import type { GitRepository } from "../git/gitApi";
import type { RepositoryDiff } from "../git/repositoryDiff";
import type { PreparedCommand } from "../labelledCode";
import { commitMessageOf, messageSoFar, withPrefix } from "./cleanMessage";
import { MessageBox } from "./messageBox";

export interface CommitMessageParts {
  readonly engine: Pick<Engine, "chat">;
  readonly diffOf: (repository: GitRepository) => Promise<RepositoryDiff>;
  /** Writes the question of the prompt file "commit". */
  readonly write: (input: string, diff: RepositoryDiff) => Promise<PreparedCommand>;
  /** Says to the user what failed, with what to do next. */
  readonly fail: (error: unknown) => void;
}

export class CommitMessages {
  private running: AbortController | undefined;

  constructor(private readonly parts: CommitMessageParts) {}

  /** One at a time; while one is written a second call does nothing. Resolves when the message is written, or is not to be. */
  async generate(repository: GitRepository): Promise<void> {
    if (this.running !== undefined) {
      return;
    }
    const { signal } = (this.running = new AbortController());
    await setWriting(true);
    try {
      await vscode.window.withProgress(
        { location: vscode.ProgressLocation.SourceControl, title: vscode.l10n.t("Writing a commit message…") },
        () => this.write(repository, signal),
      );
    } catch (error) {
      if (!signal.aborted) {
        this.parts.fail(error);
      }
    } finally {
      this.running = undefined;
      await setWriting(false);
    }
  }

  /** Stops the model; the box keeps its text. */
  cancel(): void {
    this.running?.abort();
  }

  private async write(repository: GitRepository, signal: AbortSignal): Promise<void> {
    const diff = await this.parts.diffOf(repository);
    const box = new MessageBox(repository.inputBox); // after the diff: VS Code hands over what is typed with a delay
    try {
      await this.writeInto(box, diff, signal);
    } catch (error) {
      box.restore();
      throw error;
    }
  }

  private async writeInto(box: MessageBox, diff: RepositoryDiff, signal: AbortSignal): Promise<void> {
    const written = await this.parts.write(box.before.trim(), diff);
    if (written.kind !== "question") {
      if (written.kind === "refused") {
        void vscode.window.showWarningMessage(written.message);
      }
      return;
    }
    const { content, sampling } = written.question;
    const turns = [{ role: "user", content }] as const;
    const result = await this.parts.engine.chat({ turns, sampling }, showingIn(box, signal), signal);
    const message = withPrefix(commitMessageOf(result.text), box.before);
    if (signal.aborted || result.finishReason === "cancelled") {
      box.restore();
      return;
    }
    if (message === "") {
      box.restore();
      void vscode.window.showWarningMessage(
        vscode.l10n.t("The model wrote no message. Try again, or write it yourself."),
      );
      return;
    }
    await box.finish(message);
    if ("staged" in diff && !diff.staged) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Nothing is staged: the message describes all changes of files that Git knows."),
      );
    }
  }
}

/** What there is of the message after each piece of the answer. */
function showingIn(box: MessageBox, signal: AbortSignal): AnswerSink {
  let answer = "";
  return {
    append: (text) => {
      answer += text;
      if (!signal.aborted) {
        box.show(withPrefix(messageSoFar(answer), box.before));
      }
    },
    startOver: () => {
      answer = "";
    },
  };
}

function setWriting(writing: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", CONTEXT_WRITING_COMMIT_MESSAGE, writing);
}

/**
 * Ghost text: stands between VS Code and the language client's inline completion. Waits until typing pauses, asks only
 * where completions are on, and drops an answer that comes after the text or the cursor moved. Says nothing on failure.
 */
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import type { Engine } from "../engineApi";
import type { Settings } from "../settings";
import { isLanguageEnabled, isSamePlace, mayComplete, type CompletionPlace } from "./policy";

type Provide = NonNullable<Middleware["provideInlineCompletionItems"]>;

export interface InlineCompletionParts {
  readonly engine: () => Pick<Engine, "state" | "isSynced">;
  readonly settings: () => Settings;
  readonly logError: (error: unknown) => void;
}

/** The language client's middleware `provideInlineCompletionItems`. */
export function inlineCompletionMiddleware(parts: InlineCompletionParts): Provide {
  return async (...[document, position, context, token, next]) => {
    const settings = parts.settings();
    if (!isWanted(document, settings, parts.engine())) {
      return null;
    }
    const asked: CompletionPlace = { version: document.version, line: position.line, character: position.character };
    const automatic = context.triggerKind === vscode.InlineCompletionTriggerKind.Automatic;
    if (automatic && !(await typingPaused(settings.completionDebounceMs, token))) {
      return null;
    }
    try {
      const items = await next(document, position, context, token);
      return token.isCancellationRequested || !isSamePlace(asked, placeNow(document, asked)) ? null : items;
    } catch (error) {
      parts.logError(error);
      return null;
    }
  };
}

/** Whether completions are on for a document of this language, as the status bar says it. */
export function completionsAreOn(settings: Settings, languageId: string | undefined): boolean {
  return (
    settings.completionEnabled &&
    (languageId === undefined || isLanguageEnabled(settings.completionLanguages, languageId))
  );
}

function isWanted(
  document: vscode.TextDocument,
  settings: Settings,
  engine: Pick<Engine, "state" | "isSynced">,
): boolean {
  return mayComplete({
    enabled: settings.completionEnabled,
    languages: settings.completionLanguages,
    languageId: document.languageId,
    synced: engine.isSynced(document.uri.toString()),
    engineRunning: engine.state.kind === "running",
  });
}

/** False when the request was cancelled before the time was over: the user typed on. */
async function typingPaused(debounceMs: number, token: vscode.CancellationToken): Promise<boolean> {
  if (token.isCancellationRequested) {
    return false;
  }
  const abort = new AbortController();
  const cancelled = token.onCancellationRequested(() => {
    abort.abort();
  });
  try {
    await delay(debounceMs, undefined, { signal: abort.signal });
    return true;
  } catch {
    return false; // only an abort rejects
  } finally {
    cancelled.dispose();
  }
}

/** Where the cursor of the editor that shows the document is; a document without an editor has no cursor that could move. */
function placeNow(document: vscode.TextDocument, asked: CompletionPlace): CompletionPlace {
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.document === document ? editor.selection.active : asked;
  return { version: document.version, line: cursor.line, character: cursor.character };
}

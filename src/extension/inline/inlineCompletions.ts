/**
 * Ghost text: VS Code's provider of inline completions. Turns documents and positions into places and queries, and
 * leaves to asker.ts what becomes of them. Says nothing on failure.
 */
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import type { CompletionFigures } from "../../protocol/completion";
import { SUGGESTION_ACCEPTED_COMMAND } from "../contributions";
import type { Engine } from "../engineApi";
import type { Settings } from "../settings";
import { Acceptance, type AcceptanceCounts } from "./acceptance";
import { Asker, type AskerCounts } from "./asker";
import { Pace } from "./pace";
import { completionFacts, isStillThere, questionAt } from "./editorPlace";
import type { Candidate } from "./place";
import { isLanguageEnabled, refusalOf, type CompletionFacts, type Refusal } from "./policy";
import { refusalText } from "./refusalText";
import { candidatesOf, completionParams, queryAfter, type CompletionQuery } from "./request";
import { SuggestionCache, type Suggestion } from "./suggestionCache";

/** How long the status bar says why there is no suggestion. */
const REFUSAL_SHOWN_MS = 5_000;

const COUNTS_KEY = "llama2.completionCounts";

type CompletionEngine = "state" | "isSynced" | "complete" | "isAnswering" | "onDidComplete" | "onDidChangeState";

export interface InlineCompletionParts {
  readonly engine: Pick<Engine, CompletionEngine>;
  readonly settings: () => Settings;
  readonly onDidChangeSettings: (listener: () => void) => Disposable;
  /** Where the counts are kept; on this machine only. */
  readonly memento: vscode.Memento;
  readonly logError: (error: unknown) => void;
}

/** For people who want to know why a suggestion came, or did not. */
export interface InlineDiagnostics extends AskerCounts {
  readonly averageLatencyMs: number | undefined;
  readonly debounceMs: number;
}

interface Shown {
  readonly id: number;
  readonly languageId: string;
  readonly uri: string;
  readonly text: string;
}

export class InlineCompletions implements vscode.InlineCompletionItemProvider, Disposable {
  private readonly disposables = new DisposableList();
  private readonly activityChanged = this.disposables.add(new vscode.EventEmitter<void>());
  private readonly pace = new Pace();
  private readonly acceptance: Acceptance;
  private readonly asker: Asker<CompletionQuery>;
  private lineBegun = false;
  private lastShown: Shown | undefined;
  private figures: CompletionFigures | undefined;
  /** Where the server said so when it was asked last. */
  private excludedUri: string | undefined;

  constructor(private readonly parts: InlineCompletionParts) {
    const { engine, memento, logError } = parts;
    this.acceptance = new Acceptance(memento.get(COUNTS_KEY), (counts) => void memento.update(COUNTS_KEY, counts));
    const cache = new SuggestionCache();
    this.asker = this.disposables.add(
      new Asker<CompletionQuery>({
        cache,
        pace: this.pace,
        ask: (query, signal) => this.ask(query, signal),
        now: () => performance.now(),
        wait: waitFor,
        speculate: (query, candidate) => (this.mayPrepare() ? queryAfter(query, candidate) : undefined),
        logError,
        onActivity: () => {
          this.activityChanged.fire();
        },
      }),
    );
    // another model, or other settings, would answer something else
    const forget = (): void => {
      cache.clear();
    };
    this.disposables.add(
      engine.onDidComplete((figures) => {
        if (!figures.isPrepared && !figures.isCancelled) {
          this.figures = figures;
          this.activityChanged.fire();
        }
      }),
    );
    this.disposables.add(engine.onDidChangeState(forget));
    this.disposables.add(parts.onDidChangeSettings(forget));
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.noteChange(event);
      }),
    );
    this.disposables.add(vscode.commands.registerCommand(SUGGESTION_ACCEPTED_COMMAND, this.noteAccepted));
    this.disposables.add(vscode.languages.registerInlineCompletionItemProvider({ language: "*" }, this));
  }

  /** Whether a suggestion is being computed that the user waits for. */
  get isComputing(): boolean {
    return this.asker.isAsking;
  }

  get diagnostics(): InlineDiagnostics {
    return { ...this.asker.counts, averageLatencyMs: this.pace.latencyMs, debounceMs: this.pace.debounceMs };
  }

  /** What the last suggestion that was computed cost. */
  get lastFigures(): CompletionFigures | undefined {
    return this.figures;
  }

  /** Calls back when `isComputing` or `lastFigures` changed. */
  onDidChangeActivity(listener: () => void): Disposable {
    return this.activityChanged.event(listener);
  }

  countsOf(languageId: string): AcceptanceCounts {
    return this.acceptance.of(languageId);
  }

  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    const facts = completionFacts(document, position, context, this.parts);
    const { explicit } = facts;
    const refusal = refusalOf(facts);
    if (token.isCancellationRequested || refusal !== undefined) {
      this.explain(refusal, facts);
      return [];
    }
    const question = questionAt(document, position, context);
    const { completionDebounceMs } = this.parts.settings();
    const debounceMs = completionDebounceMs ?? (this.lineBegun ? 0 : this.pace.debounceMs);
    const suggestion = await withSignal(token, (signal) =>
      this.asker.suggest(question, { explicit, debounceMs, signal }),
    );
    // cancelled in the meantime: undefined
    if (suggestion === undefined || !isStillThere(document, position, question.request)) {
      return [];
    }
    if (suggestion.candidates.length === 0) {
      this.explain(this.excludedUri === question.request.uri ? "excluded" : "nothing", facts);
    }
    return this.show(document, question.request, suggestion);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** Who asked by command is told why there is nothing; who types is left alone. */
  private explain(reason: Refusal | "nothing" | undefined, facts: CompletionFacts): void {
    if (facts.explicit && reason !== undefined) {
      vscode.window.setStatusBarMessage(refusalText(reason, facts, vscode.l10n.t), REFUSAL_SHOWN_MS);
    }
  }

  private show(
    { languageId }: vscode.TextDocument,
    { uri, base }: CompletionQuery,
    { id, candidates }: Suggestion,
  ): vscode.InlineCompletionItem[] {
    const [best] = candidates;
    if (best !== undefined) {
      this.acceptance.shown(id, languageId);
      this.lastShown = { id, languageId, uri, text: base.text + best.text };
    }
    return candidates.map(({ text, replaceAfter }) => {
      const { start, end } = base.range;
      const range = new vscode.Range(start.line, start.character, end.line, end.character + replaceAfter);
      return new vscode.InlineCompletionItem(base.text + text, range, {
        title: "",
        command: SUGGESTION_ACCEPTED_COMMAND,
      });
    });
  }

  private async ask(query: CompletionQuery, signal: AbortSignal): Promise<readonly Candidate[]> {
    const { items, excluded } = await this.parts.engine.complete(completionParams(query), signal);
    this.excludedUri = excluded ? query.uri : undefined;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === query.uri);
    const { line } = query.base.range.end;
    const lineText = document === undefined || line >= document.lineCount ? "" : document.lineAt(line).text;
    return candidatesOf(items, query, lineText);
  }

  private mayPrepare(): boolean {
    const { completionSpeculative, completionLatencyTargetMs } = this.parts.settings();
    if (this.parts.engine.isAnswering) {
      return false;
    }
    switch (completionSpeculative) {
      case "on":
        return true;
      case "off":
        return false;
      case "auto":
        return (this.pace.latencyMs ?? Infinity) <= completionLatencyTargetMs;
    }
  }

  /** Learns from what happens in the text: the rhythm, new lines, and words or lines of a suggestion that were taken. */
  private noteChange({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const [change] = contentChanges;
    if (change === undefined || contentChanges.length > 1 || document !== vscode.window.activeTextEditor?.document) {
      return;
    }
    const isNewLine = /^\r?\n[ \t]*$/.test(change.text);
    this.lineBegun = isNewLine;
    if (change.text.length <= 2 || isNewLine) {
      this.pace.keyPressed(performance.now());
      return;
    }
    const { lastShown } = this;
    if (lastShown?.uri === document.uri.toString() && lastShown.text.startsWith(change.text)) {
      this.noteAccepted();
    }
  }

  private readonly noteAccepted = (): void => {
    if (this.lastShown !== undefined) {
      this.acceptance.accepted(this.lastShown.id, this.lastShown.languageId);
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

async function withSignal<T>(token: vscode.CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const subscription = token.onCancellationRequested(() => {
    abort.abort();
  });
  try {
    return await work(abort.signal);
  } finally {
    subscription.dispose();
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false; // only an abort rejects
  }
}

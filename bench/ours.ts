/** The product in the completion benchmark: the real server over IPC, and the extension's own logic for asking it. */
import { setTimeout as delay } from "node:timers/promises";
import { CancellationTokenSource, InlineCompletionRequest } from "vscode-languageserver-protocol";
import { LspClient } from "../scripts/client/lspClient";
import { Asker } from "../src/extension/inline/asker";
import { Pace } from "../src/extension/inline/pace";
import { placeOf } from "../src/extension/inline/place";
import { candidatesOf, completionParams, queryAfter, type CompletionQuery } from "../src/extension/inline/request";
import { SuggestionCache } from "../src/extension/inline/suggestionCache";
import { CompletionFiguresNotification } from "../src/protocol/completion";
import type { Contestant, EngineRequest, RequestCounts } from "./contestant";
import type { Keystroke, TypingTask } from "./typingSession";

export class Ours implements Contestant {
  readonly name = "Llama 2 Assistant";
  private requests: EngineRequest[] = [];
  private readonly pace = new Pace();
  private asker = this.newAsker();
  private earlier: RequestCounts = { sent: 0, avoided: 0 };
  private version = 0;
  private lineText = "";

  private constructor(private readonly client: LspClient) {
    client.connection.onNotification(CompletionFiguresNotification.type, (figures) => {
      const { promptTokens, cachedTokens, firstTokenMs, totalMs } = figures;
      this.requests.push({ evaluatedTokens: promptTokens - cachedTokens, firstTokenMs, totalMs });
    });
  }

  /** `eagerness` is the setting; llama-server shows everything, so does `eager`. */
  static async start(model: string, eagerness: string, engine: Readonly<Record<string, unknown>>): Promise<Ours> {
    const client = await LspClient.start({ settings: { completion: { modelPath: model, eagerness }, engine } });
    await client.settled();
    return new Ours(client);
  }

  async begin(task: TypingTask): Promise<void> {
    this.renewAsker();
    await this.client.close(task.uri);
    this.version = 1;
    await this.client.open(task.uri, task.before + task.after, task.languageId);
  }

  async keystroke({ task, before, after }: Keystroke, signal: AbortSignal): Promise<string | undefined> {
    const position = endOf(before);
    this.version++;
    this.lineText = `${before.slice(before.lastIndexOf("\n") + 1)}${after.split("\n", 1)[0] ?? ""}`;
    this.pace.keyPressed(performance.now());
    const previous = { line: position.line, character: position.character - 1 };
    await this.client.change(task.uri, this.version, { start: previous, end: previous }, before.slice(-1));
    const query: CompletionQuery = {
      uri: task.uri,
      version: this.version,
      explicit: false,
      base: { range: { start: position, end: position }, text: "" },
      origin: "cursor",
    };
    const question = { place: placeOf(task.uri, before, after), request: query };
    const suggestion = await this.asker.suggest(question, {
      explicit: false,
      debounceMs: this.pace.debounceMs,
      signal,
    });
    return suggestion?.candidates[0]?.text;
  }

  take(): { readonly requests: readonly EngineRequest[]; readonly counts: RequestCounts } {
    this.renewAsker();
    const taken = { requests: this.requests, counts: this.earlier };
    this.requests = [];
    this.earlier = { sent: 0, avoided: 0 };
    return taken;
  }

  async cancelAfter(text: string, delayMs: number): Promise<number> {
    const uri = "file:///cancelled.py";
    await this.client.open(uri, text);
    const cancel = new CancellationTokenSource();
    const answer = this.client.complete(uri, endOf(text), { token: cancel.token }).catch(() => undefined);
    await delay(delayMs);
    const cancelled = performance.now();
    cancel.cancel();
    await answer; // the engine has ended when it comes
    const idleAfterMs = performance.now() - cancelled;
    await this.client.close(uri);
    return idleAfterMs;
  }

  async close(): Promise<void> {
    this.asker.dispose();
    await this.client.stop();
  }

  private renewAsker(): void {
    const { requests, reused } = this.asker.counts;
    this.earlier = { sent: this.earlier.sent + requests, avoided: this.earlier.avoided + reused };
    this.asker.dispose();
    this.asker = this.newAsker();
  }

  private newAsker(): Asker<CompletionQuery> {
    return new Asker<CompletionQuery>({
      cache: new SuggestionCache(),
      pace: this.pace,
      ask: (query, signal) => this.ask(query, signal),
      now: () => performance.now(),
      wait: (ms, signal) => delay(ms, true, { signal }).catch(() => false),
      speculate: (query, candidate) => queryAfter(query, candidate),
      logError: (error) => {
        console.error(error);
      },
      onActivity: () => undefined,
    });
  }

  private async ask(query: CompletionQuery, signal: AbortSignal) {
    const cancellation = new CancellationTokenSource();
    signal.addEventListener("abort", () => {
      cancellation.cancel();
    });
    const result = await this.client.connection.sendRequest(
      InlineCompletionRequest.type,
      completionParams(query),
      cancellation.token,
    );
    return candidatesOf(Array.isArray(result) ? result : (result?.items ?? []), query, this.lineText);
  }
}

function endOf(text: string): { line: number; character: number } {
  const lines = text.split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

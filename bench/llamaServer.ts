/**
 * A running llama-server in the completion benchmark, used as editor plug-ins for it do: every key asks `/infill`, or
 * `/completion` where the model cannot infill, with the prompt cache on and a limit of half a second, and an older request is
 * aborted for a newer one.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Contestant, EngineRequest, RequestCounts } from "./contestant";
import type { Keystroke } from "./typingSession";

/** Lines around the cursor, tokens and time: the defaults of llama.cpp's own editor plug-in. */
const PREFIX_LINES = 256;
const SUFFIX_LINES = 64;
const MAX_TOKENS = 128;
const MAX_PREDICT_MS = 500;

interface Answer {
  readonly content: string;
  readonly timings: { readonly prompt_n: number; readonly prompt_ms: number; readonly predicted_ms: number };
}

export class LlamaServer implements Contestant {
  readonly name: string;
  private requests: EngineRequest[] = [];
  private sent = 0;

  private constructor(
    private readonly url: string,
    private readonly infills: boolean,
  ) {
    this.name = `llama-server ${infills ? "/infill" : "/completion"}`;
  }

  static async connect(url: string): Promise<LlamaServer> {
    const response = await fetch(new URL("/infill", url), {
      method: "POST",
      body: JSON.stringify({ input_prefix: "a", input_suffix: "b", prompt: "", n_predict: 1 }),
    });
    return new LlamaServer(url, response.ok);
  }

  begin(): Promise<void> {
    return Promise.resolve();
  }

  async keystroke({ before, after }: Keystroke, signal: AbortSignal): Promise<string | undefined> {
    this.sent++;
    const { content, timings } = await this.ask(before, after, signal);
    const { prompt_n: evaluatedTokens, prompt_ms: firstTokenMs, predicted_ms } = timings;
    this.requests.push({ evaluatedTokens, firstTokenMs, totalMs: firstTokenMs + predicted_ms });
    return content.trim() === "" ? undefined : content;
  }

  take(): { readonly requests: readonly EngineRequest[]; readonly counts: RequestCounts } {
    const taken = { requests: this.requests, counts: { sent: this.sent, avoided: 0 } };
    this.requests = [];
    this.sent = 0;
    return taken;
  }

  async cancelAfter(text: string, delayMs: number): Promise<number> {
    const abort = new AbortController();
    const answer = this.ask(text, "", abort.signal).catch(() => undefined);
    await delay(delayMs);
    const cancelled = performance.now();
    abort.abort();
    await answer;
    while (await this.isBusy()) {
      // ask again
    }
    return performance.now() - cancelled;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async ask(before: string, after: string, signal: AbortSignal): Promise<Answer> {
    const lines = before.split("\n").slice(-PREFIX_LINES);
    const prompt = lines.pop() ?? "";
    const head = lines.map((line) => `${line}\n`).join("");
    const place = this.infills
      ? { input_prefix: head, prompt, input_suffix: after.split("\n").slice(0, SUFFIX_LINES).join("\n") }
      : { prompt: head + prompt };
    const response = await fetch(new URL(this.infills ? "/infill" : "/completion", this.url), {
      method: "POST",
      signal,
      body: JSON.stringify({
        ...place,
        n_predict: MAX_TOKENS,
        t_max_predict_ms: MAX_PREDICT_MS,
        cache_prompt: true,
        temperature: 0,
        top_k: 1,
      }),
    });
    if (!response.ok) {
      throw new Error(`${this.url} answered ${String(response.status)}: ${await response.text()}`);
    }
    return (await response.json()) as Answer;
  }

  private async isBusy(): Promise<boolean> {
    const slots = (await (await fetch(new URL("/slots", this.url))).json()) as { readonly is_processing: boolean }[];
    return slots.some(({ is_processing }) => is_processing);
  }
}

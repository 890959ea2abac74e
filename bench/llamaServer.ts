/**
 * A running llama-server in the completion benchmark, used as editor plug-ins for it do: every key asks `/infill` with the
 * prompt cache on and a limit of half a second, and an older request is aborted for a newer one.
 */
import type { Contestant, EngineRequest } from "./contestant";
import type { Keystroke } from "./typingSession";

/** Lines around the cursor, tokens and time: the defaults of llama.cpp's own editor plug-in. */
const PREFIX_LINES = 256;
const SUFFIX_LINES = 64;
const MAX_TOKENS = 128;
const MAX_PREDICT_MS = 500;

interface InfillAnswer {
  readonly content: string;
  readonly timings: { readonly prompt_n: number; readonly prompt_ms: number };
}

export class LlamaServer implements Contestant {
  readonly name = "llama-server /infill";
  readonly requests: EngineRequest[] = [];

  constructor(private readonly url: string) {}

  begin(): Promise<void> {
    return Promise.resolve();
  }

  async keystroke({ before, after }: Keystroke, signal: AbortSignal): Promise<string | undefined> {
    const lines = before.split("\n").slice(-PREFIX_LINES);
    const prompt = lines.pop() ?? "";
    const response = await fetch(new URL("/infill", this.url), {
      method: "POST",
      signal,
      body: JSON.stringify({
        input_prefix: lines.map((line) => `${line}\n`).join(""),
        prompt,
        input_suffix: after.split("\n").slice(0, SUFFIX_LINES).join("\n"),
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
    const { content, timings } = (await response.json()) as InfillAnswer;
    this.requests.push({ evaluatedTokens: timings.prompt_n, firstTokenMs: timings.prompt_ms });
    return content.trim() === "" ? undefined : content;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

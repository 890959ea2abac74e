/**
 * A model in memory: one context with a sequence for each role. Generates token by token with an own loop, because the
 * library's own ones look at the abort signal only between generated tokens and lose the first token's leading space.
 */
import type { LlamaContext, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import type { FinishReason, LoadedModel, ModelRole } from "../../protocol/engine";
import type { Vocabulary } from "../../prompt/tokenizer";
import type { ChatTemplate } from "../../prompt/templateChat";
import type { GenerateRequest, GenerationEvent, GenerationUsage, LanguageModel } from "./engine";
import { asTokens } from "./llamaVocabulary";
import { PrefillSpeed } from "./prefillSpeed";
import { TextStream } from "./textStream";
import { TokenSource } from "./tokenSource";

export interface LocalModelParts {
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly roles: readonly ModelRole[];
  readonly vocabulary: Vocabulary;
  readonly chatTemplate: ChatTemplate | undefined;
  readonly info: LoadedModel;
}

export class LocalModel implements LanguageModel {
  readonly info: LoadedModel;
  readonly vocabulary: Vocabulary;
  readonly chatTemplate: ChatTemplate | undefined;
  private readonly sequences: ReadonlyMap<ModelRole, LlamaContextSequence>;
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly source: TokenSource;
  private readonly prefillSpeed = new PrefillSpeed();

  constructor(private readonly parts: LocalModelParts) {
    this.info = parts.info;
    this.vocabulary = parts.vocabulary;
    this.chatTemplate = parts.chatTemplate;
    this.source = new TokenSource(parts.model, parts.vocabulary);
    this.sequences = new Map(parts.roles.map((role) => [role, parts.context.getSequence()]));
  }

  get prefillTokensPerSecond(): number | undefined {
    return this.prefillSpeed.tokensPerSecond;
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
    const sequence = this.sequences.get(request.role);
    if (sequence === undefined) {
      throw new Error(`the model was not loaded for ${request.role}`);
    }
    let finished: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (finished = resolve));
    this.running.add(running);
    try {
      yield* this.generateOn(sequence, request, AbortSignal.any([signal, this.closing.signal]));
    } finally {
      this.running.delete(running);
      finished();
    }
  }

  /** Ends what is running first: native code must not lose its context in the middle of a batch. */
  async dispose(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.running);
    await this.parts.context.dispose();
    await this.parts.model.dispose();
  }

  private async *generateOn(
    sequence: LlamaContextSequence,
    request: GenerateRequest,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent> {
    const { prompt, yieldTurn } = request;
    const clock = startClock();
    const cachedTokens = await this.reusePrefix(sequence, prompt);
    const prefilled = await this.prefill(sequence, prompt, yieldTurn, signal);
    let finishReason: FinishReason = "cancelled";
    if (prefilled) {
      finishReason = yield* this.answer(sequence, request, signal, clock);
    }
    const usage = { promptTokens: prompt.length, cachedTokens, ...clock.stop() };
    // A chat also waits for completions meanwhile, so its times tell nothing about the machine.
    if (request.role === "completion" && usage.answerTokens > 0) {
      this.prefillSpeed.add(prompt.length - cachedTokens, usage.firstTokenMs);
    }
    yield { kind: "end", finishReason, usage };
  }

  /** Samples tokens until the model, the caller, the client or the limit ends it; gives which of them it was. */
  private async *answer(
    sequence: LlamaContextSequence,
    request: GenerateRequest,
    signal: AbortSignal,
    clock: Clock,
  ): AsyncGenerator<GenerationEvent, FinishReason> {
    const { prompt, sampling, yieldTurn, isComplete } = request;
    const limit = Math.min(sampling.maxTokens, this.info.contextSize - prompt.length);
    const stream = new TextStream((tokens) => this.vocabulary.decode(tokens));
    const tokens = this.source.tokensOf(sequence, request);
    let answer = "";
    let finishReason: FinishReason | undefined;
    for (let count = 0; finishReason === undefined; count++) {
      await yieldTurn();
      if (signal.aborted || count === limit) {
        finishReason = signal.aborted ? "cancelled" : "length";
        break;
      }
      const next = await tokens.next();
      if (next.done === true || this.vocabulary.endsAnswer(next.value.id)) {
        finishReason = "stop";
        break;
      }
      clock.token();
      const text = stream.push(next.value.id);
      answer += text;
      if (text !== "") {
        yield { kind: "text", text };
      }
      if (isComplete?.(answer, next.value.probability) === true) {
        finishReason = "stop";
      }
    }
    await tokens.return(undefined);
    const rest = stream.end();
    if (rest !== "") {
      yield { kind: "text", text: rest };
    }
    return finishReason;
  }

  /** Keeps the part of the KV cache that this prompt begins with; at least the last token is evaluated anew. */
  private async reusePrefix(sequence: LlamaContextSequence, prompt: readonly number[]): Promise<number> {
    await sequence.adaptStateToTokens(asTokens(prompt.slice(0, -1)), false);
    return sequence.nextTokenIndex;
  }

  /** Evaluates the prompt but for its last token, batch by batch; false when it was aborted. What is done stays cached. */
  private async prefill(
    sequence: LlamaContextSequence,
    prompt: readonly number[],
    yieldTurn: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const batch = this.parts.context.batchSize;
    for (let start = sequence.nextTokenIndex; start < prompt.length - 1; start += batch) {
      await yieldTurn();
      if (signal.aborted) {
        return false;
      }
      const end = Math.min(start + batch, prompt.length - 1);
      await sequence.evaluateWithoutGeneratingNewTokens(asTokens(prompt.slice(start, end)));
    }
    return true;
  }
}

type Clock = ReturnType<typeof startClock>;

/** Counts and times the tokens of an answer. */
function startClock(): {
  token: () => void;
  stop: () => Pick<GenerationUsage, "answerTokens" | "firstTokenMs" | "totalMs">;
} {
  const start = performance.now();
  let first: number | undefined;
  let answerTokens = 0;
  return {
    token: () => {
      first ??= performance.now();
      answerTokens++;
    },
    stop: () => {
      const end = performance.now();
      return { answerTokens, firstTokenMs: (first ?? end) - start, totalMs: end - start };
    },
  };
}

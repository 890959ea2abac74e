/**
 * A model in memory: one context with a sequence for each role. Generates token by token with an own loop, because the
 * library's own ones look at the abort signal only between generated tokens and lose the first token's leading space.
 */
import type { LlamaContext, LlamaContextSequence, LlamaModel, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import type { FinishReason, LoadedModel, ModelRole } from "../../protocol/engine";
import type { Sampling } from "../../protocol/sampling";
import type { Vocabulary } from "../../prompt/tokenizer";
import type { ChatTemplate } from "../../prompt/templateChat";
import type { GenerateRequest, GenerationEvent, GenerationUsage, LanguageModel } from "./engine";
import { asTokens, pieceIndexOf } from "./llamaVocabulary";
import type { PieceIndex } from "./pieceIndex";
import { PrefillSpeed } from "./prefillSpeed";
import { TextStream } from "./textStream";

/** How many of the latest tokens the repetition penalty looks at: the public Llama 2 demo's generation default. */
const PENALTY_WINDOW_TOKENS = 64;

/** Half of a vocabulary begins with a space; handing over all its logits would take longer than computing them. */
const MAX_LISTED_TOKENS = 256;

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
  private pieces: PieceIndex | undefined;
  private readonly prefillSpeed = new PrefillSpeed();

  constructor(private readonly parts: LocalModelParts) {
    this.info = parts.info;
    this.vocabulary = parts.vocabulary;
    this.chatTemplate = parts.chatTemplate;
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
    const tokens = this.tokensOf(sequence, request);
    let answer = "";
    let finishReason: FinishReason | undefined;
    for (let count = 0; finishReason === undefined; count++) {
      await yieldTurn();
      if (signal.aborted || count === limit) {
        finishReason = signal.aborted ? "cancelled" : "length";
        break;
      }
      const next = await tokens.next();
      if (next.done === true || this.vocabulary.endsAnswer(next.value)) {
        finishReason = "stop";
        break;
      }
      clock.token();
      const text = stream.push(next.value);
      answer += text;
      if (text !== "") {
        yield { kind: "text", text };
      }
      if (isComplete?.(answer) === true) {
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

  /** The tokens of the answer: those that spell its start, then what the model goes on with. */
  private async *tokensOf(sequence: LlamaContextSequence, request: GenerateRequest): AsyncGenerator<Token> {
    let last = asTokens(request.prompt.slice(-1));
    for (let start = request.answerStart ?? ""; start !== "";) {
      const next = await this.mostProbableStart(sequence, last, start);
      if (next === undefined) {
        break; // no token spells it: the model is free, and the caller sees another start
      }
      yield next;
      last = [next];
      start = start.slice(this.pieceIndex().textOf(next).length);
    }
    yield* sequence.evaluate(last, optionsOf(sequence, request.sampling));
  }

  private async mostProbableStart(
    sequence: LlamaContextSequence,
    last: readonly Token[],
    start: string,
  ): Promise<Token | undefined> {
    const tokens = asTokens(this.pieceIndex().startsOf(start));
    const [plainest] = tokens;
    if (plainest === undefined) {
      return undefined;
    }
    const isFew = tokens.length <= MAX_LISTED_TOKENS;
    const filter = isFew ? { tokens } : { tokens: [], includeTop: MAX_LISTED_TOKENS };
    const results = await sequence.controlledEvaluate(
      last.map((token) => [token, { generateNext: { logits: { filter } } }]),
    );
    const allowed = new Set(tokens);
    const logits = [...(results.at(-1)?.next.logits ?? [])].filter(([token]) => allowed.has(token));
    const unlisted: readonly [Token, number] = [plainest, -Infinity];
    return logits.reduce((best, one) => (one[1] > best[1] ? one : best), unlisted)[0];
  }

  private pieceIndex(): PieceIndex {
    this.pieces ??= pieceIndexOf(this.parts.model, this.vocabulary);
    return this.pieces;
  }
}

function optionsOf(sequence: LlamaContextSequence, sampling: Sampling): SequenceEvaluateOptions {
  const { temperature, topP, topK, repeatPenalty, seed } = sampling;
  const options: SequenceEvaluateOptions = { temperature, topP, topK, ...(seed === null ? {} : { seed }) };
  if (repeatPenalty > 1) {
    options.repeatPenalty = {
      penalty: repeatPenalty,
      maxPunishTokens: PENALTY_WINDOW_TOKENS,
      punishTokens: () => sequence.contextTokens.slice(-PENALTY_WINDOW_TOKENS),
    };
  }
  return options;
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

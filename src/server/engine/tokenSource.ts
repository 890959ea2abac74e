/**
 * The tokens of an answer, one by one, and how probable each was. Deterministic answers get the probabilities: there the
 * chosen token is the most probable one, and the sum of all weights, which the sampler has at hand, says how probable.
 */
import type { LlamaContextSequence, LlamaModel, SequenceEvaluateOptions, Token } from "node-llama-cpp";
import type { Sampling } from "../../protocol/sampling";
import type { Vocabulary } from "../../prompt/tokenizer";
import type { GenerateRequest } from "./engine";
import { asTokens, pieceIndexOf } from "./llamaVocabulary";
import type { PieceIndex } from "./pieceIndex";

/** How many of the latest tokens the repetition penalty looks at: the public Llama 2 demo's generation default. */
const PENALTY_WINDOW_TOKENS = 64;

/** Half of a vocabulary begins with a space; handing over all its logits would take longer than computing them. */
const MAX_LISTED_TOKENS = 256;

export interface SourceToken {
  readonly id: Token;
  /** 0 to 1, of those that were allowed; undefined where the token was drawn. */
  readonly probability: number | undefined;
}

export class TokenSource {
  private pieces: PieceIndex | undefined;

  constructor(
    private readonly model: LlamaModel,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** The tokens of an answer: those that spell its start, then what the model goes on with. Never ends by itself. */
  async *tokensOf(sequence: LlamaContextSequence, request: GenerateRequest): AsyncGenerator<SourceToken, void> {
    let last = asTokens(request.prompt.slice(-1));
    for (let start = request.answerStart ?? ""; start !== "";) {
      const next = await this.mostProbableStart(sequence, last, start);
      if (next === undefined) {
        break; // no token spells it: the model is free, and the caller sees another start
      }
      yield next;
      last = [next.id];
      start = start.slice(this.pieceIndex().textOf(next.id).length);
    }
    const { temperature, repeatPenalty } = request.sampling;
    yield* temperature === 0 && repeatPenalty === 1
      ? mostProbable(sequence, last)
      : drawn(sequence, last, request.sampling);
  }

  private async mostProbableStart(
    sequence: LlamaContextSequence,
    last: readonly Token[],
    start: string,
  ): Promise<SourceToken | undefined> {
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
    const [id, highest] = logits.reduce((best, one) => (one[1] > best[1] ? one : best), unlisted);
    const weights = logits.reduce((sum, [, logit]) => sum + Math.exp(logit - highest), 0);
    return { id, probability: weights === 0 ? undefined : 1 / weights };
  }

  private pieceIndex(): PieceIndex {
    this.pieces ??= pieceIndexOf(this.model, this.vocabulary);
    return this.pieces;
  }
}

/**
 * Always the most probable token. The library's own `confidence` sorts the vocabulary for every token; the sum of all weights
 * relative to the highest, which is the chosen one's, needs no order.
 */
async function* mostProbable(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
): AsyncGenerator<SourceToken, void> {
  const generateNext = { token: true, totalLogitWeight: true, options: { temperature: 0 } } as const;
  for (let last = prompt; ;) {
    const results = await sequence.controlledEvaluate(last.map((token) => [token, { generateNext }]));
    const { token, totalLogitWeight } = results.at(-1)?.next ?? {};
    if (token === undefined || token === null) {
      return;
    }
    yield { id: token, probability: totalLogitWeight === undefined ? undefined : 1 / totalLogitWeight };
    last = [token];
  }
}

async function* drawn(
  sequence: LlamaContextSequence,
  last: readonly Token[],
  sampling: Sampling,
): AsyncGenerator<SourceToken, void> {
  for await (const id of sequence.evaluate([...last], optionsOf(sequence, sampling))) {
    yield { id, probability: undefined };
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

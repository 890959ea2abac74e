/**
 * A scripted engine behind the real server: the vocabulary is the alphabet (a token is a UTF-16 unit), and what it
 * "generates" is decided by what the prompt contains. For tests that need exact text, or a moment that never ends.
 */
import { EngineError } from "../../src/protocol/engineErrors";
import type { LoadedModel, ModelRole } from "../../src/protocol/engine";
import type { SpecialToken } from "../../src/prompt/segments";
import type { ChatTemplate } from "../../src/prompt/templateChat";
import type { Vocabulary } from "../../src/prompt/tokenizer";
import type {
  Engine,
  GenerateRequest,
  GenerationEvent,
  LanguageModel,
  LoadOptions,
} from "../../src/server/engine/engine";

export interface FakeRule {
  /** Applies where the prompt, of a conversation its last question, contains this text; the first that applies counts. */
  readonly when: string;
  /** Generated in pieces of `pieceLength` units (default 4). */
  readonly answer: string;
  readonly pieceLength?: number;
  /** After the answer: go on until the request is cancelled, instead of ending. */
  readonly hang?: boolean;
}

export interface FakeScript {
  readonly rules: readonly FakeRule[];
  readonly contextSize?: number;
  readonly infill?: boolean;
  /** The model has this chat template, and is asked by it. */
  readonly chatTemplate?: string;
  /** Loading paths that contain this fails with `loadFailed`. */
  readonly failLoading?: string;
}

/** Ids below belong to the special tokens; a text unit is its code plus this. */
const FIRST_TEXT_TOKEN = 16;
const BOS = 1;
const EOS = 2;
const INFILL = { prefix: 3, suffix: 4, middle: 5 } as const;
const NAMES = new Map([
  [BOS, "<s>"],
  [EOS, "</s>"],
  [INFILL.prefix, "<PRE>"],
  [INFILL.suffix, "<SUF>"],
  [INFILL.middle, "<MID>"],
]);

export class FakeEngine implements Engine {
  constructor(private readonly script: FakeScript) {}

  load(options: LoadOptions, onProgress: (fraction: number) => void): Promise<LanguageModel> {
    if (this.script.failLoading !== undefined && options.path.includes(this.script.failLoading)) {
      return Promise.reject(new EngineError({ code: "loadFailed", path: options.path, detail: "as scripted" }));
    }
    onProgress(0.5);
    return Promise.resolve(new FakeModel(options, this.script));
  }

  graphics(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  fitsBeside(): Promise<boolean> {
    return Promise.resolve(true);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

class FakeModel implements LanguageModel {
  readonly info: LoadedModel;
  readonly vocabulary: Vocabulary;
  readonly chatTemplate: ChatTemplate | undefined;
  readonly prefillTokensPerSecond = 10_000;
  private readonly cached = new Map<ModelRole, readonly number[]>();

  constructor(
    options: LoadOptions,
    private readonly script: FakeScript,
  ) {
    const infill = script.infill ?? true;
    const { chatTemplate: source } = script;
    this.chatTemplate = source === undefined ? undefined : { source, bosText: "<s>", eosText: "</s>" };
    this.vocabulary = fakeVocabulary(infill);
    this.info = {
      name: "fake",
      path: options.path,
      device: "none",
      gpuLayers: 0,
      layers: 1,
      contextSize: script.contextSize ?? options.contextSize,
      promptFormat: source === undefined ? "llama2" : "template",
      capabilities: { chat: true, infill },
    };
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
    const { role, prompt, sampling, yieldTurn, isComplete, answerStart = "" } = request;
    const cachedTokens = commonPrefix(this.cached.get(role) ?? [], prompt);
    this.cached.set(role, prompt);
    const text = this.vocabulary.decode(prompt) + answerStart.trimEnd();
    // Of a completion's prompt, what stands after the pieces of other files.
    const question = text.slice(Math.max(0, text.lastIndexOf(role === "chat" ? "[INST]" : "Path: ")));
    const rule = this.script.rules.find(({ when }) => question.includes(when));
    let answerTokens = 0;
    let answer = "";
    let isEnough = false;
    for (const piece of piecesOf(rule, answerStart)) {
      await yieldTurn();
      if (signal.aborted || answerTokens >= sampling.maxTokens) {
        break;
      }
      answerTokens++;
      answer += piece;
      yield { kind: "text", text: piece };
      isEnough = isComplete?.(answer, undefined) === true;
      if (isEnough) {
        break;
      }
    }
    while (rule?.hang === true && !isEnough && !signal.aborted) {
      await yieldTurn();
    }
    const finishReason = signal.aborted ? "cancelled" : answerTokens >= sampling.maxTokens ? "length" : "stop";
    const usage = { promptTokens: prompt.length, cachedTokens, answerTokens, firstTokenMs: 1, totalMs: 2 };
    yield { kind: "end", finishReason, usage };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

function fakeVocabulary(infill: boolean): Vocabulary {
  const ids: Partial<Record<SpecialToken, number>> = { start: BOS, bos: BOS, eos: EOS, ...(infill ? INFILL : {}) };
  return {
    addsSpace: false,
    namedTokens: new Map([...NAMES].map(([id, name]) => [name, id])),
    tokenize: (text) => Array.from({ length: text.length }, (_, unit) => text.charCodeAt(unit) + FIRST_TEXT_TOKEN),
    decode: (tokens) =>
      tokens
        .filter((id) => id >= FIRST_TEXT_TOKEN)
        .map((id) => String.fromCharCode(id - FIRST_TEXT_TOKEN))
        .join(""),
    specialText: (id) => NAMES.get(id),
    specialToken: (token) => ids[token],
    endsAnswer: (id) => id === EOS,
  };
}

/** Scripted answers begin at the cursor; like a model, the engine writes before it what the answer has to begin with. */
function piecesOf(rule: FakeRule | undefined, answerStart: string): string[] {
  const { answer, pieceLength = 4 } = rule ?? { answer: "" };
  const whole =
    answer === "" || (answerStart.trim() === "" && answer.startsWith(answerStart)) ? answer : answerStart + answer;
  return whole.match(new RegExp(`[^]{1,${String(pieceLength)}}`, "g")) ?? [];
}

function commonPrefix(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length - 1) && a[length] === b[length]) {
    length++;
  }
  return length;
}

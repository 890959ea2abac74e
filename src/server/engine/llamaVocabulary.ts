/**
 * A loaded model's vocabulary, as prompt building needs it. Types of node-llama-cpp only: localEngine.ts loads the library.
 */
import type { LlamaModel, Token } from "node-llama-cpp";
import type { JsonRecord } from "../../base/json";
import { LruCache } from "../../base/lruCache";
import type { SpecialToken } from "../../prompt/segments";
import type { ChatTemplate } from "../../prompt/templateChat";
import type { Vocabulary } from "../../prompt/tokenizer";
import { PieceIndex } from "./pieceIndex";

/** SentencePiece writes a space within a piece as this character. */
const SPACE_MARK = "\u2581";
const ANCHOR = "☺";

/** Reads a model's special tokens once (some milliseconds); tokenizing uses them afterwards. The model must stay loaded. */
export function vocabularyOf(model: LlamaModel): Vocabulary {
  const pieces = model.fileInfo.metadata.tokenizer.ggml.tokens;
  const nameOf = (id: Token): string => pieces[id] ?? model.detokenize([id], true);
  const infill = infillTokensOf(model, pieces);
  const ids = specialIdsOf(model, infill);
  const named = namedTokensOf(model, nameOf);
  const written = new Map<number, string>(
    asTokens([...named.values(), ...ids.values(), ...(infill?.ends ?? [])]).map((id) => [
      id,
      nameOf(id).replaceAll(SPACE_MARK, " "),
    ]),
  );
  const ends = new Set([...(infill?.ends ?? []), ...[...written.keys()].filter((id) => isEndOfGeneration(model, id))]);
  const anchor = model.tokenize(ANCHOR);
  const decode = (tokens: readonly number[]): string =>
    model.detokenize([...anchor, ...asTokens(tokens)]).slice(ANCHOR.length);
  return {
    addsSpace: decode(model.tokenize("a")) === " a",
    namedTokens: named,
    tokenize: remembering((text) => model.tokenize(text)),
    decode,
    specialText: (id) => written.get(id),
    specialToken: (token) => ids.get(token),
    endsAnswer: (id) => ends.has(id),
  };
}

/** As many texts as a long conversation has turns. */
const REMEMBERED_TEXTS = 256;
/** Longer texts are seldom the same twice. */
const LONGEST_REMEMBERED = 20_000;

/** A conversation is tokenized anew for every question, and of all its turns only the last one is new. */
function remembering(tokenize: (text: string) => number[]): (text: string) => number[] {
  const known = new LruCache<string, readonly number[]>(REMEMBERED_TEXTS);
  return (text) => {
    if (text.length > LONGEST_REMEMBERED) {
      return tokenize(text);
    }
    const tokens = known.get(text) ?? tokenize(text);
    known.set(text, tokens);
    return [...tokens];
  };
}

/** The ordinary tokens by their texts. Takes some milliseconds. Pieces of bytes are left out: they are no text. */
export function pieceIndexOf(model: LlamaModel, vocabulary: Vocabulary): PieceIndex {
  const pieces = model.fileInfo.metadata.tokenizer.ggml.tokens;
  return new PieceIndex(
    pieces.flatMap((piece, id) =>
      vocabulary.specialText(id) !== undefined || /^<0x[0-9A-F]{2}>$/.test(piece)
        ? []
        : [[textOfPiece(piece, vocabulary.addsSpace) ?? vocabulary.decode([id]), id] as const],
    ),
  );
}

/** Of SentencePiece's pieces the text is known; other vocabularies write bytes in an alphabet of their own. */
function textOfPiece(piece: string, isSentencePiece: boolean): string | undefined {
  return isSentencePiece ? piece.replaceAll(SPACE_MARK, " ") : undefined;
}

/** The chat template in a model's header; `undefined` where there is none. */
export function chatTemplateOf(model: LlamaModel): ChatTemplate | undefined {
  const source: unknown = model.fileInfo.metadata.tokenizer.chat_template;
  const { bosString, eosString } = model.tokens;
  return typeof source === "string" ? { source, bosText: bosString ?? "", eosText: eosString ?? "" } : undefined;
}

/** node-llama-cpp marks its token ids with a type of their own; at run time they are plain numbers. */
export function asTokens(ids: readonly number[]): Token[] {
  return ids.filter((id): id is Token => Number.isInteger(id));
}

function isEndOfGeneration(model: LlamaModel, id: number): boolean {
  return asTokens([id]).some((token) => model.isEogToken(token));
}

/**
 * Control tokens, and the tokens that a fine-tuned model's makers added in the same style (`<|im_start|>`): llama.cpp finds
 * these in any text. Added tokens of other kinds, such as runs of spaces, are ordinary.
 */
function namedTokensOf(model: LlamaModel, nameOf: (id: Token) => string): Map<string, number> {
  const named = new Map<string, number>();
  for (const id of model.iterateAllTokens()) {
    const { control, userDefined } = model.getTokenAttributes(id);
    const name = control || userDefined ? nameOf(id) : "";
    if (control || /^(<.+>|\[.+\])$/.test(name)) {
      named.set(name, id);
    }
  }
  return named;
}

function specialIdsOf({ tokens, vocabularyType }: LlamaModel, infill: InfillTokens | undefined): SpecialIds {
  // Formats on a SentencePiece vocabulary are those of Llama 2's family, and demand BOS whatever the header says.
  const type: string = vocabularyType;
  const demandsBos = type === "spm" || tokens.shouldPrependBosToken;
  const ids: readonly (readonly [SpecialToken, number | null | undefined])[] = [
    ["start", tokens.shouldPrependBosToken ? tokens.bos : null],
    ["bos", demandsBos ? tokens.bos : null],
    ["eos", tokens.eos],
    ["prefix", infill?.prefix],
    ["suffix", infill?.suffix],
    ["middle", infill?.middle],
  ];
  return new Map(ids.flatMap(([token, id]) => (typeof id === "number" ? [[token, id] as const] : [])));
}

type SpecialIds = ReadonlyMap<SpecialToken, number>;

interface InfillTokens {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
  /** Tokens that end the text between prefix and suffix. */
  readonly ends: readonly number[];
}

/**
 * The infill tokens: from the header, under its old or its new keys; else by Code Llama's names; else what llama.cpp
 * recognises. Code Llama ends infilling with `▁<EOT>`, and has pieces of two to six of them in a row (32011 to 32015).
 */
function infillTokensOf({ fileInfo, tokens }: LlamaModel, pieces: readonly string[]): InfillTokens | undefined {
  const header: JsonRecord = { ...fileInfo.metadata.tokenizer.ggml };
  const find = (keys: readonly string[], name: string): number | undefined =>
    keys.map((key) => header[key]).find((id) => typeof id === "number") ?? pieceId(`${SPACE_MARK}<${name}>`, pieces);
  const prefix = find(["prefix_token_id", "fim_pre_token_id"], "PRE") ?? tokens.infill.prefix;
  const suffix = find(["suffix_token_id", "fim_suf_token_id"], "SUF") ?? tokens.infill.suffix;
  const middle = find(["middle_token_id", "fim_mid_token_id"], "MID") ?? tokens.infill.middle;
  if (prefix === null || suffix === null || middle === null) {
    return undefined;
  }
  const named = [...pieces.keys()].filter((id) => /^\u2581(?:<EOT>)+$/.test(pieces[id] ?? ""));
  const eot = header["eot_token_id"];
  return { prefix, suffix, middle, ends: typeof eot === "number" ? [eot, ...named] : named };
}

function pieceId(piece: string, pieces: readonly string[]): number | undefined {
  const id = pieces.indexOf(piece);
  return id < 0 ? undefined : id;
}

/**
 * A conversation as a file has it: its own JSON, whether it is pinned, and what a later version of the extension has added,
 * which is kept as it is. Pure.
 */
import { booleanOr, isRecord, type JsonRecord } from "../../../base/json";
import { titleOf, type ConversationData } from "../conversationData";
import { CONVERSATION_FORMAT, fromJson, toJson } from "../conversationJson";

export interface StoredConversation {
  readonly data: ConversationData;
  readonly pinned: boolean;
  readonly unknown: UnknownFields;
}

/** Fields that this version does not know: of the file, and of exchanges by their ids. */
export interface UnknownFields {
  readonly file: JsonRecord;
  readonly exchanges: ReadonlyMap<string, JsonRecord>;
}

/** What a list shows of a conversation, and searches. */
export interface ConversationHead {
  readonly id: string;
  /** "" where nothing was asked yet. */
  readonly title: string;
  readonly pinned: boolean;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  /** The words of all questions and answers. */
  readonly text: string;
}

export type ParseResult =
  | { readonly kind: "conversation"; readonly stored: StoredConversation }
  /** Written by a later version of the extension: to be left alone. */
  | { readonly kind: "newer" }
  | { readonly kind: "damaged"; readonly reason: string };

export const nothingUnknown: UnknownFields = { file: {}, exchanges: new Map() };

const fileFields: ReadonlySet<string> = new Set([
  ...["format", "id", "title", "createdAt", "updatedAt", "sampling", "systemPrompt", "exchanges", "pinned"],
]);
const exchangeFields: ReadonlySet<string> = new Set(["id", "text", "attachments", "turn", "answer", "seenFrom"]);
/** A search that looks no further is still a search; a list of hundreds of conversations stays in memory. */
const longestText = 100_000;

/** Letters, digits, _ and -: a file name on every system, and none that leads out of its folder. */
export function isConversationId(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id);
}

export function serializeStored({ data, pinned, unknown }: StoredConversation): string {
  const json = toJson(data);
  const exchanges = list(json["exchanges"]).map((exchange) => ({
    ...unknown.exchanges.get(idOf(exchange)),
    ...exchange,
  }));
  return `${JSON.stringify({ ...unknown.file, ...json, exchanges, pinned })}\n`;
}

/** Reads a file's text. The name of the file is the id, whatever the file says: a copied file is another conversation. */
export function parseStored(id: string, text: string): ParseResult {
  const json = parseJson(text);
  if (!isRecord(json)) {
    return { kind: "damaged", reason: text.trim() === "" ? "the file is empty" : "the file is not a JSON object" };
  }
  const format = json["format"];
  if (typeof format === "number" && format > CONVERSATION_FORMAT) {
    return { kind: "newer" };
  }
  const result = fromJson({ ...json, id });
  if (result.kind === "damaged") {
    return result;
  }
  const stored = {
    data: result.conversation,
    pinned: booleanOr(json["pinned"], false),
    unknown: { file: without(json, fileFields), exchanges: unknownOfExchanges(json["exchanges"]) },
  };
  return { kind: "conversation", stored };
}

export function headOf({ data, pinned }: StoredConversation): ConversationHead {
  const texts = data.exchanges.flatMap(({ text, answer }) => [text, answer.text]);
  return {
    id: data.id,
    title: titleOf(data),
    pinned,
    updatedAt: Date.parse(data.updatedAt),
    text: texts.join("\n").slice(0, longestText),
  };
}

function unknownOfExchanges(exchanges: unknown): ReadonlyMap<string, JsonRecord> {
  const found = list(exchanges).map((exchange) => [idOf(exchange), without(exchange, exchangeFields)] as const);
  return new Map(found.filter(([, fields]) => Object.keys(fields).length > 0));
}

function without(record: JsonRecord, names: ReadonlySet<string>): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
}

function list(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function idOf(exchange: JsonRecord): string {
  return typeof exchange["id"] === "string" ? exchange["id"] : "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the same as any other text that is no conversation
  }
}

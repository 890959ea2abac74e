/** A conversation as JSON, for files: `fromJson(toJson(c))` is `c`, but for an answer that was being written. Pure. */
import { numberOr, stringOr, type JsonRecord } from "../../base/json";
import {
  FormatError,
  optional,
  requireList,
  requireNumber,
  requireRecord,
  requireString,
  within,
} from "../../base/parse";
import type { AnswerStatus } from "../../protocol/chatView";
import type { GenerationFigures, UserTurn } from "../../protocol/engine";
import { parseEngineErrorCode } from "../../protocol/engineErrors";
import { parseExplainLevel } from "../../protocol/explain";
import { parseSamplingOverrides } from "../../protocol/sampling";
import { parseAttachment, parseCodeAttachment } from "./attachment";
import {
  isRunning,
  type Answer,
  type ConversationData,
  type Exchange,
  type Explained,
  type FromPrompt,
} from "./conversationData";

/** Grows with every change that older versions of the extension would read wrongly. */
export const CONVERSATION_FORMAT = 1;

export type ParsedConversation =
  | { readonly kind: "conversation"; readonly conversation: ConversationData }
  /** Not a conversation of a format that is known; `reason` is for the log. */
  | { readonly kind: "damaged"; readonly reason: string };

/** What `JSON.stringify` takes. An answer that is being written is saved as stopped: that is what it is if we die now. */
export function toJson(conversation: ConversationData): JsonRecord {
  const exchanges = conversation.exchanges.map((exchange) =>
    isRunning(exchange.answer)
      ? { ...exchange, answer: { ...exchange.answer, status: { kind: "stopped" } } }
      : exchange,
  );
  return { format: CONVERSATION_FORMAT, ...conversation, exchanges };
}

/** Reads what `toJson` wrote. Unknown fields are left out; anything missing or of the wrong type makes it damaged. */
export function fromJson(value: unknown): ParsedConversation {
  try {
    return { kind: "conversation", conversation: parseConversation(value) };
  } catch (error) {
    if (error instanceof FormatError) {
      return { kind: "damaged", reason: error.message };
    }
    throw error;
  }
}

function parseConversation(value: unknown): ConversationData {
  const record = requireRecord(value, "");
  if (record["format"] !== CONVERSATION_FORMAT) {
    throw new FormatError("format", String(CONVERSATION_FORMAT));
  }
  const systemPrompt = optional(record, "systemPrompt", "", parseText);
  return {
    id: requireId(record, "id", ""),
    title: requireString(record, "title", ""),
    createdAt: requireTime(record, "createdAt"),
    updatedAt: requireTime(record, "updatedAt"),
    sampling: parseSamplingOverrides(record["sampling"]),
    ...(systemPrompt === undefined ? {} : { systemPrompt }),
    exchanges: requireList(record, "exchanges", "", parseExchange),
  };
}

function parseExchange(value: unknown, path: string): Exchange {
  const record = requireRecord(value, path);
  const turn = optional(record, "turn", path, parseTurn);
  const prompt = optional(record, "prompt", path, parsePrompt);
  const explained = optional(record, "explained", path, parseExplained);
  const seenFrom = optional(record, "seenFrom", path, parseText);
  return {
    id: requireId(record, "id", path),
    text: requireString(record, "text", path),
    attachments: requireList(record, "attachments", path, parseCodeAttachment),
    ...(turn === undefined ? {} : { turn }),
    ...(prompt === undefined ? {} : { prompt }),
    ...(explained === undefined ? {} : { explained }),
    answer: parseAnswer(record["answer"], within(path, "answer")),
    ...(seenFrom === undefined ? {} : { seenFrom }),
  };
}

function parsePrompt(value: unknown, path: string): FromPrompt {
  const record = requireRecord(value, path);
  return {
    sampling: parseSamplingOverrides(record["sampling"]),
    ownAttachments: requireNumber(record, "ownAttachments", path, 0),
  };
}

function parseExplained(value: unknown, path: string): Explained {
  const record = requireRecord(value, path);
  const request = optional(record, "request", path, parseText);
  const level = parseExplainLevel(record["level"]);
  if (level === undefined) {
    throw new FormatError(within(path, "level"), "a level of explanations");
  }
  return { level, ...(request === undefined ? {} : { request }) };
}

function parseTurn(value: unknown, path: string): UserTurn {
  const record = requireRecord(value, path);
  const attachments = optional(record, "attachments", path, () =>
    requireList(record, "attachments", path, parseAttachment),
  );
  return {
    role: "user",
    content: requireString(record, "content", path),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

function parseAnswer(value: unknown, path: string): Answer {
  const record = requireRecord(value, path);
  return {
    id: requireId(record, "id", path),
    text: requireString(record, "text", path),
    status: parseStatus(record["status"], within(path, "status")),
  };
}

function parseStatus(value: unknown, path: string): AnswerStatus {
  const record = requireRecord(value, path);
  const kind = record["kind"];
  switch (kind) {
    case "done": {
      const note = optional(record, "note", path, parseText);
      const figures = parseFigures(record["figures"], within(path, "figures"));
      return { kind, figures, ...(note === undefined ? {} : { note }) };
    }
    case "stopped": {
      const figures = optional(record, "figures", path, parseFigures);
      return { kind, ...(figures === undefined ? {} : { figures }) };
    }
    case "failed": {
      const code = parseEngineErrorCode(record["code"]);
      return { kind, message: requireString(record, "message", path), ...(code === undefined ? {} : { code }) };
    }
    case "waiting":
    case "streaming":
      return { kind: "stopped" };
    default:
      throw new FormatError(within(path, "kind"), '"done", "stopped" or "failed"');
  }
}

/** Figures that are missing are 0: they are worth less than the conversation. */
function parseFigures(value: unknown, path: string): GenerationFigures {
  const record = requireRecord(value, path);
  const figure = (key: string): number => numberOr(record[key], 0, 0, Number.MAX_SAFE_INTEGER);
  return {
    model: stringOr(record["model"], ""),
    device: stringOr(record["device"], ""),
    promptTokens: figure("promptTokens"),
    cachedTokens: figure("cachedTokens"),
    answerTokens: figure("answerTokens"),
    firstTokenMs: figure("firstTokenMs"),
    totalMs: figure("totalMs"),
    tokensPerSecond: figure("tokensPerSecond"),
  };
}

function parseText(value: unknown, path: string): string {
  if (typeof value !== "string") {
    throw new FormatError(path, "a text");
  }
  return value;
}

function requireId(record: JsonRecord, key: string, path: string): string {
  const id = requireString(record, key, path);
  if (!/^[\w-]{1,64}$/.test(id)) {
    throw new FormatError(within(path, key), "an id of letters, digits, _ and -");
  }
  return id;
}

function requireTime(record: JsonRecord, key: string): string {
  const time = requireString(record, key, "");
  if (Number.isNaN(Date.parse(time))) {
    throw new FormatError(key, "a time");
  }
  return time;
}

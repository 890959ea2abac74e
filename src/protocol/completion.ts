/**
 * `textDocument/inlineCompletion` as it is between our client and our server: LSP's own request, with an optional field of
 * the request that other clients do not send, and one of the answer that they do not look at.
 */
import {
  FormattingOptions,
  InlineCompletionTriggerKind,
  ProtocolNotificationType,
  ProtocolRequestType,
  Range,
  type InlineCompletionItem,
  type InlineCompletionList,
  type InlineCompletionParams,
  type InlineCompletionRegistrationOptions,
} from "vscode-languageserver-protocol";
import { isRecord } from "../base/json";
import type { GenerationFigures } from "./engine";

const COMPLETION_METHOD = "textDocument/inlineCompletion";

/** A text in place of a range of the document, as if it had been typed there. */
export interface AssumedEdit {
  readonly range: Range;
  readonly text: string;
}

export type CompletionParams = InlineCompletionParams & {
  readonly llama2?: {
    /** What would follow once this suggestion was accepted? Then the answer begins where the range ends. */
    readonly accepted?: AssumedEdit;
    /** How the editor indents; used where the document has too few indented lines to show it. */
    readonly formatting?: Pick<FormattingOptions, "tabSize" | "insertSpaces">;
  };
};

export type CompletionItem = InlineCompletionItem;

type CompletionResult = InlineCompletionList | InlineCompletionItem[] | null;

/** What the server answers in a file that the user excluded. */
export const EXCLUDED_RESULT = { items: [], llama2: { excluded: true } } as const;

/** An answer as the client uses it. */
export interface CompletionAnswer {
  readonly items: readonly CompletionItem[];
  /** Whether nothing is suggested because the user excluded the file. */
  readonly excluded: boolean;
}

export function parseCompletionResult(result: CompletionResult): CompletionAnswer {
  const items = result === null ? [] : Array.isArray(result) ? result : result.items;
  const ours: unknown = result !== null && "llama2" in result ? result.llama2 : undefined;
  return { items, excluded: isRecord(ours) && ours["excluded"] === true };
}

export const CompletionRequest = {
  method: COMPLETION_METHOD,
  type: new ProtocolRequestType<
    CompletionParams,
    CompletionResult,
    InlineCompletionItem[],
    void,
    InlineCompletionRegistrationOptions
  >(COMPLETION_METHOD),
} as const;

/** What a completion cost. */
export interface CompletionFigures extends GenerationFigures {
  /** Whether it was prepared for later: what would follow a suggestion. */
  readonly isPrepared: boolean;
  /** Whether it was ended because nobody wanted it any more. */
  readonly isCancelled: boolean;
  /** 0 to 1: what the model gives the first line of its answer; absent where it wrote nothing. */
  readonly firstLineProbability?: number;
}

/** Sent by the server after the answer to every completion for which the model was asked. */
export const CompletionFiguresNotification = {
  method: "llama2/completionFigures",
  type: new ProtocolNotificationType<CompletionFigures, void>("llama2/completionFigures"),
} as const;

/** How LSP says whether the user asked, or typed. */
export function triggerKind(explicit: boolean): InlineCompletionTriggerKind {
  return explicit ? InlineCompletionTriggerKind.Invoked : InlineCompletionTriggerKind.Automatic;
}

/** The field `llama2.accepted` of a request, from any client. */
export function parseAccepted(params: object): AssumedEdit | undefined {
  const { accepted } = ourField(params);
  if (!isRecord(accepted)) {
    return undefined;
  }
  const { range, text } = accepted;
  return Range.is(range) && typeof text === "string" ? { range, text } : undefined;
}

/** The field `llama2.formatting` of a request, from any client. */
export function parseFormatting(params: object): { tabSize: number; insertSpaces: boolean } | undefined {
  const { formatting } = ourField(params);
  if (!FormattingOptions.is(formatting) || formatting.tabSize < 1) {
    return undefined;
  }
  const { tabSize, insertSpaces } = formatting;
  return { tabSize, insertSpaces };
}

function ourField(params: object): Readonly<Record<string, unknown>> {
  return "llama2" in params && isRecord(params.llama2) ? params.llama2 : {};
}

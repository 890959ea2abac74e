/** What the page shows, as a pure function of the messages that came from the extension. */
import { assertNever } from "../base/assertNever";
import type {
  ConversationOptions,
  ModelState,
  TokenCounts,
  ToView,
  ViewAnswer,
  ViewAttachment,
  ViewMessage,
} from "../protocol/chatView";

export interface PageState {
  /** False until the extension has sent the conversation; before that the page must not look empty. */
  readonly connected: boolean;
  readonly messages: readonly ViewMessage[];
  readonly pending: readonly ViewAttachment[];
  /** Absent until the extension has told it. */
  readonly engine?: ModelState;
  /** The oldest question that the model still sees; absent: it sees all of them. */
  readonly seenFrom?: string | undefined;
  /** How many questions can be brought back after a deletion. */
  readonly restorable: number;
  /** What the question in the box would use of the context, where that is known. */
  readonly usage?: TokenCounts | undefined;
  /** Absent until the extension has told it. */
  readonly options?: ConversationOptions;
}

export const initialState: PageState = { connected: false, messages: [], pending: [], restorable: 0 };

/** The state after a message. `focusInput`, `takenBack` and `suggestions` change none: they are for the message box. */
export function reduce(state: PageState, message: ToView): PageState {
  switch (message.type) {
    case "conversation":
      return { ...state, connected: true, messages: message.messages, pending: message.pending };
    case "message":
      return { ...state, messages: withMessage(state.messages, message.message) };
    case "append":
      return { ...state, messages: withText(state.messages, message.id, message.text) };
    case "pending":
      return { ...state, pending: message.pending };
    case "engine":
      return { ...state, engine: message.state };
    case "focusInput":
    case "suggestions":
    case "pastedIsCode":
    case "takenBack":
      return state;
    case "removed":
      return { ...state, messages: state.messages.filter(({ id }) => !message.ids.includes(id)) };
    case "seenFrom":
      return { ...state, seenFrom: message.id };
    case "restorable":
      return { ...state, restorable: message.count };
    case "usage":
      return { ...state, usage: message.usage };
    case "options":
      return { ...state, options: message.options };
    default:
      return assertNever(message);
  }
}

/** The answer that is being computed, if any. Only the last message can be one. */
export function runningAnswer(state: PageState): ViewAnswer | undefined {
  const last = state.messages.at(-1);
  return last?.role === "assistant" && isRunning(last) ? last : undefined;
}

export function isRunning(answer: ViewAnswer): boolean {
  return answer.status.kind === "waiting" || answer.status.kind === "streaming";
}

/** The text of the newest question; empty where nothing was asked. */
export function lastQuestion(state: PageState): string {
  return state.messages.findLast((message) => message.role === "user")?.text ?? "";
}

function withMessage(messages: readonly ViewMessage[], message: ViewMessage): readonly ViewMessage[] {
  const index = messages.findLastIndex(({ id }) => id === message.id);
  return index === -1 ? [...messages, message] : messages.with(index, message);
}

/** Text can only come while the answer streams, so a waiting one does from then on. Text for an unknown id is dropped. */
function withText(messages: readonly ViewMessage[], id: string, text: string): readonly ViewMessage[] {
  const index = messages.findLastIndex((message) => message.id === id);
  const answer = messages[index];
  if (answer?.role !== "assistant" || text === "") {
    return messages;
  }
  const status = answer.status.kind === "waiting" ? ({ kind: "streaming" } as const) : answer.status;
  return messages.with(index, { ...answer, text: answer.text + text, status });
}

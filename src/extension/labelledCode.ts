/** A piece of code as the features hand it to each other: what the model is sent, and what the chat shows of it. */
import type { Attachment } from "../protocol/engine";
import type { Sampling } from "../protocol/sampling";

export interface LabelledCode extends Attachment {
  readonly label: string;
}

/** A question that was written by a prompt file. */
export interface PromptQuestion {
  /** What the conversation shows: the command and what was typed behind it. */
  readonly shown: string;
  /** What the model is asked. */
  readonly content: string;
  /** Code that goes with the question, beside what the user attached. */
  readonly attachments: readonly LabelledCode[];
  /** What stands in `content`, for people to look at. */
  readonly contained: readonly LabelledCode[];
  readonly sampling: Partial<Sampling>;
}

/** What a message that is a command comes to. */
export type PreparedCommand =
  | { readonly kind: "question"; readonly question: PromptQuestion }
  /** The product's own explanation, which knows more of the code than a prompt file can. */
  | { readonly kind: "explain"; readonly request: string }
  /** It cannot be asked; the message is a sentence that says why and what to do. */
  | { readonly kind: "refused"; readonly message: string };

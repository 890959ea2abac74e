/** What a contestant of the completion benchmark does with a session, and what is counted. */
import type { Keystroke, TypingTask } from "./typingSession";

/** One request that reached the engine. */
export interface EngineRequest {
  /** Prompt tokens that were evaluated, not taken from the KV cache. */
  readonly evaluatedTokens: number;
  readonly firstTokenMs: number;
}

export interface Shown {
  /** From the keystroke to the moment the suggestion could be drawn. */
  readonly latencyMs: number;
  /** Whether what was shown begins with what is typed next. */
  readonly right: boolean;
}

export interface Contestant {
  readonly name: string;
  /** Opens the document of a task, and ends what was going on. */
  begin(task: TypingTask): Promise<void>;
  /** A key was pressed; resolves with the text to show, or undefined where it was superseded or there is nothing. */
  keystroke(key: Keystroke, signal: AbortSignal): Promise<string | undefined>;
  /** The requests of the session so far. */
  readonly requests: readonly EngineRequest[];
  close(): Promise<void>;
}

export interface Figures {
  readonly keystrokes: number;
  readonly requests: readonly EngineRequest[];
  readonly shown: readonly Shown[];
}

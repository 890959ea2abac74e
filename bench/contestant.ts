/** What a contestant of the completion benchmark does with a session, and what is counted. */
import type { Keystroke, TypingTask } from "./typingSession";

/** One request that the engine has answered. */
export interface EngineRequest {
  /** Prompt tokens that were evaluated, not taken from the KV cache. */
  readonly evaluatedTokens: number;
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

export interface Shown {
  /** From the keystroke to the moment the suggestion could be drawn. */
  readonly latencyMs: number;
  /** Whether what was shown begins with what is typed next. */
  readonly right: boolean;
}

/** What was asked of the engine, and what was not. */
export interface RequestCounts {
  readonly sent: number;
  /** Keys that were answered from what is known. */
  readonly avoided: number;
}

export interface Contestant {
  readonly name: string;
  /** Opens the document of a task, and ends what was going on. */
  begin(task: TypingTask): Promise<void>;
  /** A key was pressed; resolves with the text to show, or undefined where it was superseded or there is nothing. */
  keystroke(key: Keystroke, signal: AbortSignal): Promise<string | undefined>;
  /** What was counted since the last call. */
  take(): { readonly requests: readonly EngineRequest[]; readonly counts: RequestCounts };
  /** Asks at the end of a text that nothing is known of, cancels after a time, and measures until the engine is idle again, in ms. */
  cancelAfter(text: string, delayMs: number): Promise<number>;
  close(): Promise<void>;
}

/** Of one replay. */
export interface Figures {
  readonly keystrokes: number;
  readonly requests: readonly EngineRequest[];
  readonly counts: RequestCounts;
  readonly shown: readonly Shown[];
  readonly cancelMs: readonly number[];
}

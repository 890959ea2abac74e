/** Whether a suggestion is asked for, and whether one that arrived is still shown. Pure. */

export interface CompletionFacts {
  readonly enabled: boolean;
  /** Language id to on or off; "*" stands for the languages that are not listed. */
  readonly languages: Readonly<Record<string, boolean>>;
  readonly languageId: string;
  /** Whether the document is mirrored to the inference process. */
  readonly synced: boolean;
  /** Whether the inference process runs; while it restarts a request would only wait and come late. */
  readonly engineRunning: boolean;
}

export function mayComplete(facts: CompletionFacts): boolean {
  return facts.enabled && facts.synced && facts.engineRunning && isLanguageEnabled(facts.languages, facts.languageId);
}

export function isLanguageEnabled(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages["*"] ?? true;
}

/** Where a suggestion belongs. */
export interface CompletionPlace {
  readonly version: number;
  readonly line: number;
  readonly character: number;
}

/** Whether the text and the cursor are still what they were when the suggestion was asked for. */
export function isSamePlace(asked: CompletionPlace, now: CompletionPlace): boolean {
  return asked.version === now.version && asked.line === now.line && asked.character === now.character;
}

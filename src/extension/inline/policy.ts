/** Whether a suggestion is asked for. Pure. */

export interface CompletionFacts {
  readonly enabled: boolean;
  /** Language id to on or off; "*" stands for the languages that are not listed. */
  readonly languages: Readonly<Record<string, boolean>>;
  readonly languageId: string;
  /** Whether the document is mirrored to the inference process; output channels and the like never are. */
  readonly synced: boolean;
  /** Whether the model can answer now; while the process restarts a request would only wait and come late. */
  readonly engineReady: boolean;
  /** False where the file system says that nothing can be written. */
  readonly writable: boolean;
  /** Of the document, in UTF-16 units. */
  readonly documentLength: number;
  readonly cursors: number;
  /** Asked for by command, not by typing. */
  readonly explicit: boolean;
  /** The characters next to the cursor, "" at the ends of the line. */
  readonly before: string;
  readonly after: string;
  /** The item that IntelliSense has selected, and what it would replace. */
  readonly selected: { readonly text: string; readonly replaced: string } | undefined;
}

/** Beyond this, what is edited is data or generated, and reading it at every key would be felt. */
export const MAX_COMPLETED_LENGTH = 1_000_000;

export function mayComplete(facts: CompletionFacts): boolean {
  const on = facts.enabled && isLanguageEnabled(facts.languages, facts.languageId);
  const possible = facts.synced && facts.engineReady && facts.writable;
  return on && possible && facts.documentLength <= MAX_COMPLETED_LENGTH && isPlaceWanted(facts);
}

export function isLanguageEnabled(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages["*"] ?? true;
}

/** Where what is suggested is nearly always noise, only a user who asks for it gets it; several cursors cannot be served. */
function isPlaceWanted({ cursors, explicit, before, after, selected }: CompletionFacts): boolean {
  if (cursors > 1 || (selected !== undefined && !selected.text.startsWith(selected.replaced))) {
    return false;
  }
  return explicit || !(isWordPart(before) && isWordPart(after));
}

function isWordPart(character: string): boolean {
  return /^[\p{L}\p{N}_$]$/u.test(character);
}

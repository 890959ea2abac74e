/** Whether a suggestion is asked for, and else why not. Pure. */

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

export type Refusal =
  | "off"
  | "languageOff"
  | "engineNotReady"
  | "readOnly"
  | "notCode"
  | "tooLong"
  | "manyCursors"
  | "otherItem"
  | "insideWord"
  /** By `llama2.exclude` or `.llama2ignore`: only the server knows. */
  | "excluded";

/** Why nothing is asked for; undefined where a suggestion is. What the user can change comes first. */
export function refusalOf(facts: CompletionFacts): Refusal | undefined {
  const { cursors, explicit, before, after, selected } = facts;
  const refusals: readonly (readonly [boolean, Refusal])[] = [
    [!facts.enabled, "off"],
    [!isLanguageEnabled(facts.languages, facts.languageId), "languageOff"],
    [!facts.engineReady, "engineNotReady"],
    [!facts.writable, "readOnly"],
    [facts.documentLength > MAX_COMPLETED_LENGTH, "tooLong"],
    [!facts.synced, "notCode"],
    [cursors > 1, "manyCursors"],
    [selected !== undefined && !selected.text.startsWith(selected.replaced), "otherItem"],
    // nearly always noise: only a user who asks for it gets it
    [!explicit && isWordPart(before) && isWordPart(after), "insideWord"],
  ];
  return refusals.find(([applies]) => applies)?.[1];
}

export function isLanguageEnabled(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages["*"] ?? true;
}

function isWordPart(character: string): boolean {
  return /^[\p{L}\p{N}_$]$/u.test(character);
}

/**
 * Chooses what of other files a completion's prompt shows: pieces that were edited lately, and those of other open documents
 * that are most like the code around the cursor. The choice stands while the cursor stays in its region, for the KV cache.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Snippet } from "../../prompt/snippets";
import type { Exclusion } from "./exclusion";
import { linesAround, type Chunk, type RecentEdits } from "./recentEdits";
import { similarity, wordsOf } from "./similarity";
import type { WorkspaceFolders } from "./workspaceFolders";

/** The cursor leaves its region when it is so many lines from where the choice was made. */
const REGION_LINES = 30;
const WINDOW_LINES = 30;
/** Longer documents are data, or generated. */
const MAX_CHARACTERS = 500_000;
const MAX_RECENT = 4;
const MAX_SIMILAR = 3;
/** Code of one project shares some words always. */
const MIN_SIMILARITY = 0.1;
const NEAR_DUPLICATE = 0.7;

export interface CrossFileParts {
  readonly edits: RecentEdits;
  readonly exclusion: Exclusion;
  readonly folders: WorkspaceFolders;
  readonly openDocuments: () => readonly TextDocument[];
}

interface Choice {
  readonly uri: string;
  readonly line: number;
  readonly chunks: readonly Chunk[];
}

export class CrossFileContext {
  private choice: Choice = { uri: "", line: 0, chunks: [] };

  constructor(private readonly parts: CrossFileParts) {}

  /** What to show at a line of a document; what matters most comes last, next to the code. */
  snippets(document: TextDocument, line: number): Snippet[] {
    const { exclusion } = this.parts;
    const { choice } = this;
    if (choice.uri !== document.uri || Math.abs(choice.line - line) > REGION_LINES) {
      this.choice = { uri: document.uri, line, chunks: this.choose(document, line) };
    }
    return this.choice.chunks
      .filter(({ uri }) => exclusion.isSource(uri))
      .map(({ uri, text }) => ({ path: this.pathOf(uri), text }));
  }

  pathOf(uri: string): string {
    return this.parts.folders.locate(uri).path;
  }

  private choose(document: TextDocument, line: number): Chunk[] {
    const { edits, exclusion } = this.parts;
    const isOther = ({ uri }: { readonly uri: string }): boolean => uri !== document.uri && exclusion.isSource(uri);
    const recent = edits.chunks.filter(isOther).slice(-MAX_RECENT);
    const here = wordsOf(linesAround(document, line));
    const similar = this.parts
      .openDocuments()
      .filter((other) => isOther(other) && other.getText().length <= MAX_CHARACTERS)
      .flatMap((other) => mostSimilar(other, here))
      .sort((a, b) => a.score - b.score)
      .slice(-MAX_SIMILAR);
    return withoutDuplicates([...recent, ...similar]);
  }
}

/** The window of a document that is most like some words; none where nothing is. */
function mostSimilar(document: TextDocument, words: ReadonlySet<string>): (Chunk & { readonly score: number })[] {
  const lines = document.getText().split(/\r\n?|\n/);
  let best = { uri: document.uri, text: "", score: MIN_SIMILARITY };
  for (let start = 0; start < lines.length; start += WINDOW_LINES / 2) {
    const text = lines.slice(start, start + WINDOW_LINES).join("\n");
    const score = similarity(wordsOf(text), words);
    if (score > best.score) {
      best = { ...best, text: text.trimEnd(), score };
    }
  }
  return best.text === "" ? [] : [best];
}

/** The later of two pieces that are nearly the same stays. */
function withoutDuplicates(chunks: readonly Chunk[]): Chunk[] {
  const words = chunks.map(({ text }) => wordsOf(text));
  return chunks.filter((_chunk, index) =>
    words.slice(index + 1).every((later) => similarity(words[index] ?? new Set(), later) < NEAR_DUPLICATE),
  );
}

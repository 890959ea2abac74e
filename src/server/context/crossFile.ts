/**
 * Chooses what of other files a completion's prompt shows: pieces that were edited lately, those of other open documents
 * that are most like the code around the cursor, and declarations of the names near it. The choice stands while the cursor
 * stays in its region, for the KV cache; declarations that come later can only join it.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Snippet } from "../../prompt/snippets";
import type { Declarations, Lookup } from "./declarations";
import type { Exclusion } from "./exclusion";
import { linesAround, type Chunk, type RecentEdits } from "./recentEdits";
import { isInRegion, type Region } from "./region";
import { similarity, wordsOf } from "./similarity";
import type { WorkspaceFolders } from "./workspaceFolders";

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
  readonly declarations: Declarations;
  readonly exclusion: Exclusion;
  readonly folders: WorkspaceFolders;
  readonly openDocuments: () => readonly TextDocument[];
  /** The URI of the file that a document belongs to: for a cell its notebook. */
  readonly fileOf: (uri: string) => string;
}

interface Choice extends Region {
  readonly chunks: readonly Chunk[];
  readonly declared: Lookup;
}

export class CrossFileContext {
  private choice: Choice | undefined;

  constructor(private readonly parts: CrossFileParts) {}

  /**
   * What to show at a line of a document; what matters most comes last, next to the code. Where a region is entered, waits so
   * long for declarations.
   */
  async snippets(document: TextDocument, line: number, waitMs: number): Promise<Snippet[]> {
    const { uri } = document;
    const declared = this.parts.declarations.lookUp(document, line);
    if (this.choice !== undefined && isInRegion(this.choice, uri, line)) {
      this.choice = { ...this.choice, declared };
      return this.snippetsOf(this.choice);
    }
    const choice = { uri, line, chunks: this.choose(document, line), declared };
    this.choice = choice;
    await atMost(declared.settled, waitMs);
    return this.snippetsOf(choice);
  }

  pathOf(uri: string): string {
    return this.parts.folders.locate(this.parts.fileOf(uri)).path;
  }

  /** Excluding a file has an effect at once. */
  private snippetsOf({ uri, chunks, declared }: Choice): Snippet[] {
    const isShown = (declaration: Chunk): boolean =>
      chunks.some((chunk) => chunk.uri === declaration.uri && chunk.text.includes(declaration.text));
    const missing = declared.found.filter((declaration) => !isShown(declaration));
    const all = withoutDuplicates([...chunks, ...missing].filter(this.isSourceFor(uri)));
    return all.map((chunk) => ({ path: this.pathOf(chunk.uri), text: chunk.text }));
  }

  private isSourceFor(uri: string): (other: { readonly uri: string }) => boolean {
    const { exclusion, fileOf } = this.parts;
    return (other) => fileOf(other.uri) !== fileOf(uri) && exclusion.isSource(fileOf(other.uri));
  }

  private choose(document: TextDocument, line: number): Chunk[] {
    const isSource = this.isSourceFor(document.uri);
    const recent = this.parts.edits.chunks.filter(isSource).slice(-MAX_RECENT);
    const here = wordsOf(linesAround(document, line));
    const similar = this.parts
      .openDocuments()
      .filter((other) => isSource(other) && other.getText().length <= MAX_CHARACTERS)
      .flatMap((other) => mostSimilar(other, here))
      .sort((a, b) => a.score - b.score)
      .slice(-MAX_SIMILAR);
    return [...recent, ...similar];
  }
}

/** Resolves with the promise, or when the time is over. */
async function atMost(settled: Promise<void>, ms: number): Promise<void> {
  const timer = new AbortController();
  const over = delay(ms, undefined, { signal: timer.signal }).catch(() => undefined); // rejects when it is not needed any more
  await Promise.race([settled, over]);
  timer.abort();
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

/**
 * Declarations of the names near the cursor, as the client knows them. It is asked as soon as a region is edited, and once
 * for each; a request uses what has arrived until then.
 */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { LruCache } from "../../base/lruCache";
import type { Declaration, DeclarationsParams, SymbolUse } from "../../protocol/declarations";
import { declarationOutline } from "./declarationOutline";
import type { Chunk } from "./recentEdits";
import { isInRegion, type Region } from "./region";
import { symbolsNear } from "./symbols";

const MAX_DECLARATIONS = 6;
const CACHED_SYMBOLS = 500;

export interface DeclarationParts {
  /** Asks the client; gives nothing where it cannot answer. */
  readonly ask: (
    params: DeclarationsParams,
    signal: AbortSignal,
  ) => Promise<readonly Declaration[]> | readonly Declaration[];
  /** The version of a document that is open, which is known to be current. */
  readonly versionOf: (uri: string) => number | undefined;
  readonly logError: (error: unknown) => void;
}

/** What was asked for a region. */
export interface Lookup {
  /** Of other files and of this one, the most important last; changes once, when the answer has arrived. */
  readonly found: readonly Chunk[];
  /** Resolves when it will not change any more; never rejects. */
  readonly settled: Promise<void>;
}

interface Current extends Region {
  readonly lookup: Lookup;
  readonly abort: AbortController;
}

interface Known {
  readonly chunk: Chunk;
  /** Of the declaring document. */
  readonly version: number | undefined;
}

export class Declarations {
  private current: Current | undefined;
  private readonly known = new LruCache<string, Known>(CACHED_SYMBOLS);

  constructor(private readonly parts: DeclarationParts) {}

  /** The lookup for the region of a line; begins one where the last was for another region. */
  lookUp(document: TextDocument, line: number): Lookup {
    const { current } = this;
    if (current !== undefined && isInRegion(current, document.uri, line)) {
      return current.lookup;
    }
    current?.abort.abort(); // the user has gone elsewhere
    const abort = new AbortController();
    const lookup = this.begin(document, line, abort.signal);
    this.current = { uri: document.uri, line, lookup, abort };
    return lookup;
  }

  private begin(document: TextDocument, line: number, signal: AbortSignal): Lookup {
    const symbols = symbolsNear(document, line);
    const { uri } = document;
    const state = { found: this.chunksOf(uri, symbols), settled: Promise.resolve() };
    const unknown = symbols.filter(({ name }) => !this.isCurrent(uri, name));
    if (unknown.length > 0) {
      state.settled = this.ask(uri, unknown, signal).then(() => {
        state.found = this.chunksOf(uri, symbols);
      });
    }
    return state;
  }

  private async ask(uri: string, symbols: readonly SymbolUse[], signal: AbortSignal): Promise<void> {
    try {
      for (const declaration of await this.parts.ask({ textDocument: { uri }, symbols }, signal)) {
        const chunk = { uri: declaration.uri, text: declarationOutline(declaration.text) };
        this.known.set(key(uri, declaration.name), { chunk, version: this.parts.versionOf(chunk.uri) });
      }
    } catch (error) {
      if (!signal.aborted) {
        this.parts.logError(error);
      }
    }
  }

  /** A file that is not open may have changed on the disk; then the last answer serves until a new one has come. */
  private isCurrent(uri: string, name: string): boolean {
    const known = this.known.get(key(uri, name));
    return known?.version !== undefined && known.version === this.parts.versionOf(known.chunk.uri);
  }

  private chunksOf(uri: string, symbols: readonly SymbolUse[]): readonly Chunk[] {
    const chunks = symbols.flatMap(({ name }) => this.known.get(key(uri, name))?.chunk ?? []);
    const others = chunks.filter(
      (chunk, index) =>
        chunk.uri !== uri && chunk.text !== "" && chunks.findIndex(({ text }) => text === chunk.text) === index,
    );
    return others.slice(0, MAX_DECLARATIONS).reverse();
  }
}

/** The same name in another document may be declared elsewhere. */
function key(uri: string, name: string): string {
  return `${uri}\0${name}`;
}

/**
 * Declarations of the names near the cursor, as the client knows them. It is asked as soon as a region is edited; a request
 * uses what has arrived until then. What is found stays while the cursor is in the region, and more can only join it: for
 * names that were typed since, or that the client's language servers did not know yet.
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
/**
 * In a region the client is asked again after this time; for the same name after twice the time each time, up to a minute:
 * a language server that is starting has it in the end, and what none knows costs next to nothing.
 */
const ASK_AGAIN_MS = 3_000;
const SELDOM_MS = 60_000;

export interface DeclarationParts {
  /** Asks the client; gives nothing where it cannot answer. */
  readonly ask: (
    params: DeclarationsParams,
    signal: AbortSignal,
  ) => Promise<readonly Declaration[]> | readonly Declaration[];
  /** The version of a document that is open, which is known to be current. */
  readonly versionOf: (uri: string) => number | undefined;
  /** Milliseconds of a clock that does not run backwards. */
  readonly now: () => number;
  readonly logError: (error: unknown) => void;
}

/** What was asked for a region. */
export interface Lookup {
  /** Of other documents, the most important last. */
  readonly found: readonly Chunk[];
  /** Resolves when the client has answered what it was asked last; never rejects. */
  readonly settled: Promise<void>;
}

interface Known {
  readonly chunk: Chunk;
  /** Of the declaring document. */
  readonly version: number | undefined;
}

export class Declarations {
  private current: RegionLookup | undefined;
  private readonly known = new LruCache<string, Known>(CACHED_SYMBOLS);

  constructor(private readonly parts: DeclarationParts) {}

  /** The lookup for the region of a line; begins one where the last was for another region. */
  lookUp(document: TextDocument, line: number): Lookup {
    if (this.current === undefined || !isInRegion(this.current.region, document.uri, line)) {
      this.current?.leave();
      this.current = new RegionLookup({ uri: document.uri, line }, this.known, this.parts);
    }
    this.current.update(symbolsNear(document, line));
    return this.current;
  }
}

class RegionLookup implements Lookup {
  found: readonly Chunk[] = [];
  settled: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();
  private readonly asked = new Map<string, { readonly atMs: number; readonly waitMs: number }>();
  private lastAskedMs = -Infinity;
  private isAsking = false;

  constructor(
    readonly region: Region,
    private readonly known: LruCache<string, Known>,
    private readonly parts: DeclarationParts,
  ) {}

  /** The user has gone elsewhere. */
  leave(): void {
    this.abort.abort();
  }

  /** Takes the names that are near now, and asks for those that are not known. */
  update(symbols: readonly SymbolUse[]): void {
    if (this.isAsking || this.parts.now() - this.lastAskedMs < ASK_AGAIN_MS) {
      return;
    }
    this.join(symbols);
    const unknown = symbols.filter(({ name }) => !this.isCurrent(name) && this.isDue(name));
    if (unknown.length > 0) {
      this.settled = this.ask(unknown, symbols);
    }
  }

  private async ask(unknown: readonly SymbolUse[], symbols: readonly SymbolUse[]): Promise<void> {
    const { uri } = this.region;
    this.isAsking = true;
    const atMs = this.parts.now();
    this.lastAskedMs = atMs;
    for (const { name } of unknown) {
      const before = this.asked.get(name)?.waitMs ?? ASK_AGAIN_MS / 2;
      this.asked.set(name, { atMs, waitMs: Math.min(2 * before, SELDOM_MS) });
    }
    try {
      const params = { textDocument: { uri }, symbols: unknown };
      for (const declaration of await this.parts.ask(params, this.abort.signal)) {
        const chunk = { uri: declaration.uri, text: declarationOutline(declaration.text) };
        this.known.set(key(uri, declaration.name), { chunk, version: this.parts.versionOf(chunk.uri) });
      }
      this.join(symbols);
    } catch (error) {
      if (!this.abort.signal.aborted) {
        this.parts.logError(error);
      }
    } finally {
      this.isAsking = false;
    }
  }

  private isDue(name: string): boolean {
    const asked = this.asked.get(name);
    return asked === undefined || this.parts.now() - asked.atMs >= asked.waitMs;
  }

  /** A file that is not open may have changed on the disk; then the last answer serves until a new one has come. */
  private isCurrent(name: string): boolean {
    const known = this.known.get(key(this.region.uri, name));
    return known?.version !== undefined && known.version === this.parts.versionOf(known.chunk.uri);
  }

  /** What is found already keeps its place, for the KV cache; of more than there is room for, the oldest goes. */
  private join(symbols: readonly SymbolUse[]): void {
    const nearestLast = symbols
      .flatMap(({ name }) => this.known.get(key(this.region.uri, name))?.chunk ?? [])
      .reverse();
    const all = [...this.found];
    for (const chunk of nearestLast.slice(-MAX_DECLARATIONS)) {
      const isNew = !all.some(({ uri, text }) => uri === chunk.uri && text === chunk.text);
      if (isNew && chunk.uri !== this.region.uri && chunk.text !== "") {
        all.push(chunk);
      }
    }
    if (all.length > this.found.length) {
      this.found = all.slice(-MAX_DECLARATIONS);
    }
  }
}

/** The same name in another document may be declared elsewhere. */
function key(uri: string, name: string): string {
  return `${uri}\0${name}`;
}

/** Symbols of the workspace as context: what "Go to Symbol in Workspace" finds, with the whole of its code. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import type { Suggestion } from "../../../protocol/chatView";
import { itemId, type ContextItem } from "./contextItem";
import { nothing, read, type ContextSource, type Reading } from "./contextParts";
import { keptBack, pieceOf } from "./documents";
import type { MayAttach } from "./exclusions";
import { bestMatches } from "./fuzzy";
import { namedEntries } from "./namedEntries";
import { symbolIcon, symbolRange, type FoundSymbol } from "./symbols";

type SymbolItem = Extract<ContextItem, { kind: "symbol" }>;

const MAX_ENTRIES = 20;
/** With one letter language servers answer with everything they have. */
const MIN_LETTERS = 2;
const PREFIX = "symbol:";

export class SymbolSource implements ContextSource<"symbol"> {
  constructor(private readonly exclusions: () => Promise<MayAttach>) {}

  async find(query: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
    const wanted = query.startsWith(PREFIX) ? query.slice(PREFIX.length) : query;
    if (wanted.length < MIN_LETTERS) {
      return [];
    }
    const [symbols, mayAttach] = await Promise.all([workspaceSymbols(wanted), this.exclusions()]);
    const allowed = signal.aborted ? [] : symbols.filter(({ location }) => mayAttach(location.uri));
    const found = bestMatches(wanted, allowed, {
      name: ({ name }) => name,
      also: ({ containerName }) => containerName,
      limit: MAX_ENTRIES,
    });
    return found.map(({ value, matches }) => symbolEntry(value, matches));
  }

  /** The text is kept as it is now, like that of a selection. */
  async read({ uri, name, line, character }: SymbolItem): Promise<Reading> {
    const target = vscode.Uri.parse(uri);
    if (!(await this.exclusions())(target)) {
      return nothing(keptBack(basename(target.path)));
    }
    try {
      const document = await vscode.workspace.openTextDocument(target);
      const symbols = await vscode.commands.executeCommand<readonly FoundSymbol[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        target,
      );
      const position = document.validatePosition(new vscode.Position(line, character));
      const range = symbolRange(symbols ?? [], name, position);
      const piece = pieceOf(
        document,
        range === undefined
          ? document.lineAt(position.line).range
          : new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character),
      );
      return piece.text.trim() === ""
        ? nothing(vscode.l10n.t("{0} is not there any more.", name))
        : read({ ...piece, label: `${name} (${piece.label})`, icon: "symbol-method" });
    } catch {
      return nothing(vscode.l10n.t("{0} cannot be read. Was it moved or deleted?", basename(target.path)));
    }
  }
}

async function workspaceSymbols(query: string): Promise<readonly vscode.SymbolInformation[]> {
  try {
    const found = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
      "vscode.executeWorkspaceSymbolProvider",
      query,
    );
    return found ?? [];
  } catch {
    return []; // a broken provider is not ours to report; the rest of the list is there
  }
}

/** The entry that narrows the list to symbols: its text goes on in the box. */
export function narrowToSymbols(query: string): Promise<readonly Suggestion[]> {
  const suggestion: Suggestion = {
    id: "symbols",
    label: vscode.l10n.t("Symbols…"),
    detail: vscode.l10n.t("functions and classes by name"),
    icon: "symbol-class",
    group: vscode.l10n.t("Collected"),
    insert: `@${PREFIX}`,
  };
  return Promise.resolve(namedEntries(query, [{ keyword: "symbols", suggestion }]));
}

function symbolEntry(symbol: vscode.SymbolInformation, matches: readonly number[]): Suggestion {
  const { name, containerName, location, kind } = symbol;
  const { line, character } = location.range.start;
  return {
    id: itemId({ kind: "symbol", uri: location.uri.toString(), name, line, character }),
    label: name,
    matches,
    detail: [containerName, vscode.workspace.asRelativePath(location.uri)].filter((part) => part !== "").join(" · "),
    icon: symbolIcon(kind),
    group: vscode.l10n.t("Symbols"),
  };
}

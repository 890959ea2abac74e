/**
 * Answers `llama2/declarations` from what VS Code knows: its definition, type definition and hover providers, whichever
 * extension they come from. Reads files without opening them as documents, which every extension would hear of.
 */
import * as vscode from "vscode";
import type { Declaration, DeclarationsParams, SymbolUse } from "../../protocol/declarations";
import { isDependency, signatureOf } from "./declarationPolicy";

/** Whoever types does not wait for this, but an answer that comes later is about another place. */
const TIME_LIMIT_MS = 1_000;
/** More than the server shows of a declaration. */
const MAX_LINES = 60;
/** Longer files are generated. */
const MAX_BYTES = 500_000;

type Lines = readonly string[];

/** Gives what is found within the time limit; never rejects. */
export async function findDeclarations(
  { textDocument, symbols }: DeclarationsParams,
  token: vscode.CancellationToken,
  logError: (error: unknown) => void,
): Promise<Declaration[]> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === textDocument.uri);
  if (document === undefined || token.isCancellationRequested) {
    return [];
  }
  const found: Declaration[] = [];
  const search = new Search(document);
  const all = symbols.map(async (symbol) => {
    try {
      const declaration = await search.find(symbol);
      found.push(...(declaration === undefined ? [] : [declaration]));
    } catch (error) {
      logError(error); // another extension's, most likely
    }
  });
  await endOf(Promise.all(all), token);
  return [...found];
}

class Search {
  private readonly files = new Map<string, Promise<Lines>>();

  constructor(private readonly document: vscode.TextDocument) {}

  async find({ name, position }: SymbolUse): Promise<Declaration | undefined> {
    const { document } = this;
    const place = new vscode.Position(position.line, position.character);
    const end = new vscode.Position(position.line, position.character + name.length);
    if (document.getText(new vscode.Range(place, end)) !== name) {
      return undefined; // edited since
    }
    const location =
      (await this.elsewhere("vscode.executeDefinitionProvider", place)) ??
      (await this.typeOf(document.lineAt(place.line).text.charAt(end.character), place));
    if (location === undefined || !isOurs(location.uri, document.uri)) {
      return undefined;
    }
    const text = isDependency(location.uri.path)
      ? await this.signature(place)
      : linesOf(await this.read(location.uri), location.range);
    return text === "" ? undefined : { name, uri: location.uri.toString(), text };
  }

  /** Of an object of this file, what its class or interface declares. */
  private typeOf(next: string, place: vscode.Position): Promise<vscode.Location | undefined> {
    return next === "." ? this.elsewhere("vscode.executeTypeDefinitionProvider", place) : Promise.resolve(undefined);
  }

  /** The first place that a provider names, unless it is in the document itself. */
  private async elsewhere(command: string, place: vscode.Position): Promise<vscode.Location | undefined> {
    const locations = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[] | undefined>(
      command,
      this.document.uri,
      place,
    );
    const [first] = (locations ?? []).map(asLocation);
    return first?.uri.toString() === this.document.uri.toString() ? undefined : first;
  }

  private async signature(place: vscode.Position): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[] | undefined>(
      "vscode.executeHoverProvider",
      this.document.uri,
      place,
    );
    const texts = (hovers ?? []).flatMap(({ contents }) => contents.map(markdownOf));
    return texts.map(signatureOf).find((signature) => signature !== "") ?? "";
  }

  private read(uri: vscode.Uri): Promise<Lines> {
    const key = uri.toString();
    const lines = this.files.get(key) ?? readLines(uri);
    this.files.set(key, lines);
    return lines;
  }
}

async function readLines(uri: vscode.Uri): Promise<Lines> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) {
    return split(open.getText());
  }
  const { size } = await vscode.workspace.fs.stat(uri);
  return size > MAX_BYTES ? [] : split(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
}

function split(text: string): Lines {
  return text.split(/\r\n?|\n/);
}

/** The whole declaration where the provider says how long it is, else what begins there. */
function linesOf(lines: Lines, { start, end }: vscode.Range): string {
  const last = end.line > start.line ? end.line : start.line + MAX_LINES;
  return lines.slice(start.line, Math.min(last, start.line + MAX_LINES) + 1).join("\n");
}

/** What lies outside of the workspace is the language's own, which models know. */
function isOurs(uri: vscode.Uri, from: vscode.Uri): boolean {
  const hasFolders = (vscode.workspace.workspaceFolders ?? []).length > 0;
  return hasFolders
    ? vscode.workspace.getWorkspaceFolder(uri) !== undefined
    : uri.scheme === from.scheme && vscode.Uri.joinPath(uri, "..").path === vscode.Uri.joinPath(from, "..").path;
}

function asLocation(one: vscode.Location | vscode.LocationLink): vscode.Location {
  return "targetUri" in one ? new vscode.Location(one.targetUri, one.targetRange) : one;
}

/** VS Code gives every hover of every provider in this form. */
function markdownOf(content: vscode.Hover["contents"][number]): string {
  return content instanceof vscode.MarkdownString ? content.value : "";
}

/** Resolves with the promise, at the time limit or when the server has no more use for the answer. */
async function endOf(work: Promise<unknown>, token: vscode.CancellationToken): Promise<void> {
  let stop: (() => void) | undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const timer = setTimeout(() => stop?.(), TIME_LIMIT_MS);
  const subscription = token.onCancellationRequested(() => stop?.());
  await Promise.race([work, stopped]);
  clearTimeout(timer);
  subscription.dispose();
}

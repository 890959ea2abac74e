/** Files as context: those with an open editor first, then all of the workspace that Quick Open would find. */
import { basename, dirname } from "node:path/posix";
import * as vscode from "vscode";
import type { Suggestion } from "../../../protocol/chatView";
import { itemId, type ContextItem } from "./contextItem";
import type { ContextSource, Reading } from "./contextParts";
import { readDocument } from "./documents";
import { openEditorUris } from "./editorSource";
import type { MayAttach } from "./exclusions";
import { bestMatches } from "./fuzzy";
import type { WorkspaceFiles } from "./workspaceFiles";

const MAX_ENTRIES = 50;
/** With nothing typed, the list is for what is at hand. */
const MAX_UNASKED = 20;

interface NamedFile {
  readonly uri: vscode.Uri;
  readonly name: string;
  /** Relative to the workspace, with slashes. */
  readonly path: string;
}

export interface FileSourceParts {
  readonly exclusions: () => Promise<MayAttach>;
  readonly files: WorkspaceFiles;
}

export class FileSource implements ContextSource<"file"> {
  constructor(private readonly parts: FileSourceParts) {}

  async find(typed: string): Promise<readonly Suggestion[]> {
    const query = typed.replace(/^file:/, "");
    const mayAttach = await this.parts.exclusions();
    const open = openEditorUris().filter(mayAttach);
    const isOpen = new Set(open.map(String));
    const others = (await this.parts.files.list()).filter((uri) => !isOpen.has(uri.toString()) && mayAttach(uri));
    return [
      ...entries(query, open, MAX_ENTRIES, vscode.l10n.t("Open Editors")),
      ...entries(query, others, query === "" ? MAX_UNASKED : MAX_ENTRIES, vscode.l10n.t("Files")),
    ];
  }

  async read({ uri }: Extract<ContextItem, { kind: "file" }>): Promise<Reading> {
    return readDocument(vscode.Uri.parse(uri), await this.parts.exclusions());
  }
}

function entries(query: string, uris: readonly vscode.Uri[], limit: number, group: string): Suggestion[] {
  const found = bestMatches(query, uris.map(named), { name: ({ name }) => name, also: ({ path }) => path, limit });
  return found.map(({ value: { uri, name, path }, matches }) => ({
    id: itemId({ kind: "file", uri: uri.toString() }),
    label: name,
    matches,
    ...(dirname(path) === "." ? {} : { detail: dirname(path) }),
    icon: "file",
    group,
  }));
}

function named(uri: vscode.Uri): NamedFile {
  return { uri, name: basename(uri.path), path: vscode.workspace.asRelativePath(uri) };
}

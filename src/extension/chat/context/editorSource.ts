/** The active editor and its neighbours as context: the selection, the current file, all open editors. */
import { basename } from "node:path/posix";
import * as vscode from "vscode";
import type { Suggestion } from "../../../protocol/chatView";
import { rangeLabel } from "../../codeLabel";
import { itemId, type ContextItem } from "./contextItem";
import { nothing, read, type ContextSource, type Reading } from "./contextParts";
import { isAttachable, keptBack, pieceOf, readDocument } from "./documents";
import type { MayAttach } from "./exclusions";
import { namedEntries, type NamedEntry } from "./namedEntries";

type EditorKind = "selection" | "openEditors";

export class EditorSource implements ContextSource<EditorKind> {
  constructor(private readonly exclusions: () => Promise<MayAttach>) {}

  find(query: string): Promise<readonly Suggestion[]> {
    return Promise.resolve(namedEntries(query, [...currentEntries(), ...openEditorsEntry()]));
  }

  async read({ kind }: Extract<ContextItem, { kind: EditorKind }>): Promise<Reading> {
    const mayAttach = await this.exclusions();
    return kind === "selection" ? readSelection(mayAttach) : readOpenEditors(mayAttach);
  }
}

/** The documents of all text tabs, once each: what is open for the user, whether or not it is on screen. */
export function openEditorUris(): readonly vscode.Uri[] {
  const uris = new Map<string, vscode.Uri>();
  for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    const uri =
      input instanceof vscode.TabInputText
        ? input.uri
        : input instanceof vscode.TabInputTextDiff
          ? input.modified
          : null;
    if (uri !== null && isAttachable(uri)) {
      uris.set(uri.toString(), uri);
    }
  }
  return [...uris.values()];
}

function currentEntries(): NamedEntry[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isAttachable(editor.document.uri)) {
    return [];
  }
  const { document, selection } = editor;
  const name = basename(document.uri.path);
  const selected = entry(
    "selection",
    { kind: "selection" },
    {
      label: vscode.l10n.t("Selection"),
      detail: rangeLabel(name, selection),
      icon: "list-selection",
    },
  );
  const file = entry(
    "file",
    { kind: "file", uri: document.uri.toString() },
    {
      label: vscode.l10n.t("Current File"),
      detail: name,
      icon: "file-code",
    },
  );
  return selection.isEmpty ? [file] : [selected, file];
}

function openEditorsEntry(): NamedEntry[] {
  const count = openEditorUris().length;
  const shown = { label: vscode.l10n.t("All Open Editors"), detail: vscode.l10n.t("{0} files", count), icon: "files" };
  return count < 2 ? [] : [entry("editors", { kind: "openEditors" }, shown)];
}

function entry(keyword: string, item: ContextItem, shown: Omit<Suggestion, "id" | "group">): NamedEntry {
  return { keyword, suggestion: { ...shown, id: itemId(item), group: vscode.l10n.t("Editor") } };
}

/** The text is kept as it is now: it is this code that the question is about, whatever becomes of the lines. */
function readSelection(mayAttach: MayAttach): Reading {
  const editor = vscode.window.activeTextEditor;
  const selections = editor?.selections.filter((selection) => editor.document.getText(selection).trim() !== "") ?? [];
  if (editor === undefined || selections.length === 0) {
    return nothing(vscode.l10n.t("Nothing is selected. Select code in an editor, then add it to the chat."));
  }
  return mayAttach(editor.document.uri)
    ? read(...selections.map((selection) => pieceOf(editor.document, selection)))
    : nothing(keptBack(basename(editor.document.uri.path)));
}

async function readOpenEditors(mayAttach: MayAttach): Promise<Reading> {
  const readings = await Promise.all(openEditorUris().map((uri) => readDocument(uri, mayAttach)));
  const attachments = readings.flatMap((reading) => (reading.kind === "read" ? reading.attachments : []));
  return attachments.length === 0
    ? nothing(vscode.l10n.t("No open editor has text that can be attached."))
    : read(...attachments);
}

/** Commands for prompt files: make one, change a built-in one, open one. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import { LanguageIds, BUILT_IN_PROMPT_SCHEME } from "../contributions";
import { promptDescription } from "./commandSuggestions";
import { isPromptName } from "./promptFile";
import { loadPrompts, userPromptFolder, workspacePromptFolder } from "./promptFolders";
import { nameOf, type LoadedPrompt, type PromptSource } from "./promptSet";

export interface PromptFileParts {
  readonly extensionUri: vscode.Uri;
  readonly logError: (error: unknown) => void;
}

/** Asks for a place and a name, writes a file that works at once, and opens it. */
export async function newPromptFile(): Promise<void> {
  const folder = await chooseFolder(vscode.l10n.t("Where should the prompt file be?"));
  if (folder === undefined) {
    return;
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("New Prompt File"),
    prompt: vscode.l10n.t("The name of the command: what will be typed after / in the chat."),
    placeHolder: "review",
    validateInput: (value) =>
      value === "" || isPromptName(value)
        ? undefined
        : vscode.l10n.t("A name has letters, digits, - and _, and begins with a letter."),
  });
  if (name !== undefined && name !== "") {
    await openNew(vscode.Uri.joinPath(folder, `${name}.md`), template(name));
  }
}

/** Copies a built-in prompt to where it goes before the built-in one, and opens the copy. */
export async function customizePrompt(parts: PromptFileParts): Promise<void> {
  const { prompts } = await loadPrompts(parts.extensionUri, parts.logError);
  const chosen = await pickPrompt(prompts, vscode.l10n.t("Which prompt do you want to change?"));
  if (chosen === undefined) {
    return;
  }
  if (chosen.source !== "builtIn") {
    await vscode.window.showTextDocument(vscode.Uri.parse(chosen.uri)); // it is the user's own already
    return;
  }
  const folder = await chooseFolder(vscode.l10n.t("Where should your version of /{0} be?", chosen.name));
  if (folder !== undefined) {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(chosen.uri)));
    await openNew(vscode.Uri.joinPath(folder, `${chosen.name}.md`), text);
  }
}

/** Lists all prompt files, those that cannot be used with their error, and opens the chosen one. */
export async function openPromptFiles(parts: PromptFileParts): Promise<void> {
  const { prompts, broken } = await loadPrompts(parts.extensionUri, parts.logError);
  const items: (vscode.QuickPickItem & { readonly uri: string; readonly source: PromptSource })[] = [
    ...broken.map(({ name, error, line, uri, source }) => ({
      label: `$(error) ${name}`,
      description: sourceText(source),
      detail: vscode.l10n.t("Cannot be used, line {0}: {1}", line, error),
      uri,
      source,
    })),
    ...prompts.map((prompt) => ({ ...promptItem(prompt), uri: prompt.uri, source: prompt.source })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Prompt Files"),
    matchOnDetail: true,
  });
  if (chosen !== undefined) {
    const uri = vscode.Uri.parse(chosen.uri);
    await show(
      chosen.source === "builtIn"
        ? uri.with({ scheme: BUILT_IN_PROMPT_SCHEME, path: `/${nameOf(chosen.uri)}.md`, query: uri.path })
        : uri,
    );
  }
}

/** Built-in prompts are shown as documents that cannot be edited: an update would undo what was changed in them. */
export function builtInPromptDocuments(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(BUILT_IN_PROMPT_SCHEME, {
    provideTextDocumentContent: async (uri) =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(uri.query))),
  });
}

function template(name: string): string {
  return [
    "---",
    `name: ${name}`,
    `description: ${vscode.l10n.t("What the list of commands says")}`,
    "needsSelection: true",
    "---",
    "",
    "Review this {{language}} code. Name the three most important things to change, each in one sentence.",
    "",
    "{{input}}",
    "",
  ].join("\n");
}

async function chooseFolder(title: string): Promise<vscode.Uri | undefined> {
  const workspace = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const user = { label: vscode.l10n.t("$(account) For me, in every workspace"), uri: userPromptFolder() };
  const items = [
    ...workspace.map((folder) => ({
      label: vscode.l10n.t("$(root-folder) For everybody in {0}", folder.name),
      uri: workspacePromptFolder(folder),
    })),
    user,
  ].map((item) => ({ ...item, description: shortPath(item.uri) }));
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}

function shortPath(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.asRelativePath(uri);
  return uri.scheme === "file" && inWorkspace === uri.fsPath ? uri.fsPath.replace(homedir(), "~") : inWorkspace;
}

async function pickPrompt(prompts: readonly LoadedPrompt[], title: string): Promise<LoadedPrompt | undefined> {
  const items = prompts.map((prompt) => ({ ...promptItem(prompt), prompt }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true }))?.prompt;
}

function promptItem(prompt: LoadedPrompt): vscode.QuickPickItem {
  const { name, source } = prompt;
  return { label: `/${name}`, description: sourceText(source), detail: promptDescription(prompt, vscode.l10n.t) };
}

function sourceText(source: PromptSource): string {
  switch (source) {
    case "workspace":
      return vscode.l10n.t("workspace");
    case "user":
      return vscode.l10n.t("yours");
    case "builtIn":
      return vscode.l10n.t("built in");
  }
}

/** Writes the file unless there is one of that name, which is opened instead: nothing is written over. */
async function openNew(uri: vscode.Uri, text: string): Promise<void> {
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  if (!exists) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text)); // makes the folders, too
  }
  await show(uri);
}

async function show(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== LanguageIds.promptFile) {
    await vscode.languages.setTextDocumentLanguage(document, LanguageIds.promptFile);
  }
  await vscode.window.showTextDocument(document);
}

/** Where prompt files are: with the extension, in the user's home, and in trusted workspaces. Reads them. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import { promptSet, type PromptSet, type PromptSource, type PromptText } from "./promptSet";

/** In a workspace folder and in the user's home alike, so that both are files of the same language. */
const FOLDER = [".llama2", "prompts"] as const;

/** A prompt is a page or two; what is larger is no prompt. */
const MAX_BYTES = 256 * 1024;
const MAX_FILES = 200;

interface PromptFolder {
  readonly source: PromptSource;
  readonly uri: vscode.Uri;
}

export function userPromptFolder(): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(homedir()), ...FOLDER);
}

export function workspacePromptFolder(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, ...FOLDER);
}

function builtInPromptFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "media", "prompts");
}

/** A workspace that is not trusted has none: its prompts would speak for the user. */
function promptFolders(extensionUri: vscode.Uri): readonly PromptFolder[] {
  const workspace = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  return [
    ...workspace.map((folder) => ({ source: "workspace", uri: workspacePromptFolder(folder) }) as const),
    { source: "user", uri: userPromptFolder() },
    { source: "builtIn", uri: builtInPromptFolder(extensionUri) },
  ];
}

/** The prompts as they are now. Read whenever they are needed: the files are few and small, and so an edit counts at once. */
export async function loadPrompts(extensionUri: vscode.Uri, logError: (error: unknown) => void): Promise<PromptSet> {
  const texts = await Promise.all(promptFolders(extensionUri).map((folder) => readFolder(folder, logError)));
  return promptSet(texts.flat(), vscode.l10n.t);
}

/** Its Markdown files by name. A folder that is not there has none; a file that cannot be read is told to `logError`. */
async function readFolder({ source, uri }: PromptFolder, logError: (error: unknown) => void): Promise<PromptText[]> {
  const entries = await vscode.workspace.fs.readDirectory(uri).then(undefined, () => []);
  const names = entries
    .filter(([name, type]) => /\.md$/i.test(name) && (type & vscode.FileType.File) !== 0)
    .map(([name]) => name)
    .sort()
    .slice(0, MAX_FILES);
  const texts = await Promise.all(
    names.map(async (name): Promise<PromptText[]> => {
      const file = vscode.Uri.joinPath(uri, name);
      try {
        const { size } = await vscode.workspace.fs.stat(file);
        if (size > MAX_BYTES) {
          throw new Error(`${file.toString()} is too large for a prompt file`);
        }
        const bytes = await vscode.workspace.fs.readFile(file);
        return [{ source, uri: file.toString(), text: new TextDecoder().decode(bytes) }];
      } catch (error) {
        logError(error);
        return [];
      }
    }),
  );
  return texts.flat();
}

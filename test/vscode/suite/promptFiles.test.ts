/** Writing prompt files in a real editor: their language, problems, completions, hovers and quick fixes. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAllEditors, eventually, extensionApi } from "../host";

const TEXT = "---\nname: review\ncolour: red\n---\n\nReview {{selektion}} and {{ input }}. {{\n";

function folder(): vscode.Uri {
  const workspace = vscode.workspace.workspaceFolders?.[0];
  assert.ok(workspace, "the sample workspace is open");
  return vscode.Uri.joinPath(workspace.uri, ".llama2/prompts");
}

/** A file of its own for each test: of one that was just deleted VS Code may still have the old text. */
async function openPromptFile(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder(), `${name}.md`);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

async function problems(document: vscode.TextDocument, count: number): Promise<string[]> {
  const found = await eventually(`${count} problems`, () => {
    const all = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "Llama 2");
    return all.length === count && all;
  });
  return found.map(({ range, code }) => `${document.getText(range)}: ${typeof code === "string" ? code : ""}`);
}

async function offered(document: vscode.TextDocument, behind: string): Promise<readonly string[]> {
  const position = document.positionAt(document.getText().indexOf(behind) + behind.length);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

suite("prompt files", () => {
  suiteSetup(async () => {
    await extensionApi();
  });

  teardown(async () => {
    await closeAllEditors();
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), ".."), { recursive: true });
  });

  test("a file below .llama2/prompts has the language of prompt files, and its problems are told", async () => {
    const document = await openPromptFile("review", TEXT);
    assert.equal(document.languageId, "llama2-prompt-file");
    assert.deepEqual(await problems(document, 3), [
      "colour: unknownKey",
      "{{selektion}}: unknownVariable",
      "{{: unclosedVariable",
    ]);
  });

  test("problems follow the text and go with the document", async () => {
    const document = await openPromptFile("words", "---\nname: two words\n---\nHello");
    assert.deepEqual(await problems(document, 1), ["two words: badName"]);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(1).range, "name: words");
    await vscode.workspace.applyEdit(edit);
    await problems(document, 0);
  });

  test("variables and keys are completed", async () => {
    const document = await openPromptFile("keys", "---\nname: a\nd\n---\n\nLook at {{ and go\n");
    assert.ok((await offered(document, "{{")).includes("selection"));
    const keys = await offered(document, "\nd");
    assert.ok(keys.includes("description") && !keys.includes("name"), keys.join());
  });

  test("a variable says what it stands for", async () => {
    const document = await openPromptFile("hover", TEXT);
    const position = document.positionAt(TEXT.indexOf("input"));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : "")),
    );
    assert.match(texts.join(), /written after the command/);
  });

  test("a quick fix takes the nearest variable", async () => {
    const document = await openPromptFile("fix", TEXT);
    const place = document.positionAt(TEXT.indexOf("selektion"));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(place, place),
    );
    const fix = actions.find(({ title }) => title === "Change to {{selection}}");
    assert.ok(fix?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /Review \{\{selection\}\} and/);
  });
});

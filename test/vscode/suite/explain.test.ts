/** What an explanation is told, read from the prompt that the model got. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAllEditors, configure, eventually, extensionApi, lastAnswer, modelsReady, openText } from "../host";

const CODE = "def mean(values):\n    total = sum(values)\n    return total / lenght\n";

suite("explaining code with what the editor knows", () => {
  const diagnostics = vscode.languages.createDiagnosticCollection("llama2-test");

  suiteSetup(async () => {
    await configure("chat.maxTokens", 8);
  });

  suiteTeardown(async () => {
    diagnostics.dispose();
    await configure("chat.maxTokens", undefined);
    await configure("chat.answerLanguage", undefined);
  });

  teardown(closeAllEditors);

  async function openWithProblem(): Promise<vscode.TextEditor> {
    const api = await extensionApi();
    await modelsReady(api);
    await api.fromPage({ type: "newChat" });
    const editor = await openText(`‸${CODE}`, "python");
    const problem = new vscode.Diagnostic(new vscode.Range(2, 19, 2, 25), '"lenght" is not defined');
    problem.source = "checker";
    diagnostics.set(editor.document.uri, [problem]);
    editor.selection = new vscode.Selection(0, 0, 2, 25);
    return editor;
  }

  /** The prompt, once the document of it has this; one that is open already is brought up to date by and by. */
  async function promptWith(text: string): Promise<string> {
    await vscode.commands.executeCommand("llama2.showLastPrompt");
    return eventually(`a prompt with "${text}"`, () =>
      vscode.workspace.textDocuments
        .filter(({ uri }) => uri.scheme === "llama2-prompt")
        .map((document) => document.getText())
        .find((prompt) => prompt.includes(text)),
    );
  }

  test("the prompt has the numbered lines, the problems on them, the level and the language", async () => {
    await configure("chat.answerLanguage", "es");
    await openWithProblem();
    await vscode.commands.executeCommand("llama2.explainLineByLine");
    const prompt = await promptWith("line by line");
    assert.ok(prompt.includes("3 |     return total / lenght"));
    assert.ok(prompt.includes('- Line 3, error (checker): "lenght" is not defined'));
    assert.ok(prompt.includes("Answer in Spanish."));
    await configure("chat.answerLanguage", undefined);
  });

  test("a quick fix of a problem explains the problem", async () => {
    const { document } = await openWithProblem();
    const action = await eventually("the quick fix", async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new vscode.Range(2, 19, 2, 25),
        vscode.CodeActionKind.QuickFix.value,
      );
      return actions.find(({ title }) => title.includes("Llama 2"));
    });
    assert.ok(action.command);
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
    const api = await extensionApi();
    const question = api.messages().at(-2);
    assert.ok(question?.role === "user");
    assert.equal(question.text, 'Explain this problem: "lenght" is not defined');
    const prompt = await promptWith("Explain this problem in the code:");
    assert.ok(prompt.includes('- Line 3, error (checker): "lenght" is not defined'));
    assert.equal(lastAnswer(api).status.kind, "done");
  });

  test("a finished answer may link to the lines of the code while it stands there", async () => {
    const { document } = await openWithProblem();
    const api = await extensionApi();
    const linked: unknown[] = [];
    const posted = api.onDidPost((message) => {
      if (
        message.type === "message" &&
        message.message.role === "assistant" &&
        message.message.status.kind === "done"
      ) {
        linked.push(message.message.lines);
      }
    });
    await vscode.commands.executeCommand("llama2.explainBriefly");
    posted.dispose();
    assert.deepEqual(linked.at(-1), { first: 1, last: 3 });
    await api.fromPage({ type: "openLines", messageId: lastAnswer(api).id, first: 2, last: 3 });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document, document);
    assert.deepEqual([editor.selection.start.line, editor.selection.end.line], [1, 2]);
  });

  test("a link opens a file that is not open, where the code stands by now, and nothing where it is changed", async () => {
    const api = await extensionApi();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, "mean.py");
    const write = (text: string): Thenable<void> => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    /** Closed documents stay in memory for a while, and follow their files by and by. */
    const rewrite = async (text: string): Promise<void> => {
      await closeAllEditors();
      await write(text);
      await eventually("the new text", async () => (await vscode.workspace.openTextDocument(uri)).getText() === text);
    };
    await rewrite(CODE);
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand("editor.action.selectAll");
    await api.fromPage({ type: "newChat" });
    await vscode.commands.executeCommand("llama2.explainBriefly");
    const { id } = lastAnswer(api);
    await rewrite(`import os\n\n${CODE}`);
    await api.fromPage({ type: "openLines", messageId: id, first: 2, last: 2 });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), uri.toString());
    assert.equal(editor.document.getText(editor.selection).trim(), "total = sum(values)");
    await rewrite("other = 1\n");
    await api.fromPage({ type: "openLines", messageId: id, first: 2, last: 2 });
    assert.equal(vscode.window.activeTextEditor, undefined);
    await vscode.workspace.fs.delete(uri);
  });

  test("an explanation is asked again at another level, in the place of the one before", async () => {
    await openWithProblem();
    const api = await extensionApi();
    await vscode.commands.executeCommand("llama2.explainBriefly");
    assert.equal(lastAnswer(api).level, "brief");
    await api.fromPage({ type: "explainAgain", level: "lineByLine" });
    const [question, ...others] = api.messages();
    assert.equal(others.length, 1);
    assert.equal(question?.role === "user" && question.text, "Explain this code line by line.");
    assert.equal(lastAnswer(api).level, "lineByLine");
    const prompt = await promptWith("line by line");
    assert.ok(prompt.includes('- Line 3, error (checker): "lenght" is not defined'), "the problems are read again");
    assert.ok(!prompt.includes("two or three sentences"));
  });
});

/** Chat and explanation with the tiny model as the chat model: weak text, real streaming. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ViewMessage } from "../../../src/protocol/chatView";
import {
  beginAnswer,
  closeAllEditors,
  configure,
  eventually,
  extensionApi,
  lastAnswer,
  modelsReady,
  openSample,
  openText,
} from "../host";
import type { TestApi } from "../../../src/extension/testApi";

async function cleanChat(): Promise<TestApi> {
  const api = await extensionApi();
  await modelsReady(api);
  await api.fromPage({ type: "newChat" });
  return api;
}

function question(messages: readonly ViewMessage[]): Extract<ViewMessage, { role: "user" }> {
  const last = messages.at(-2);
  assert.ok(last?.role === "user");
  return last;
}

/** Selects from the first occurrence of a text to the last one of another. */
function select(editor: vscode.TextEditor, from: string, to: string): void {
  const text = editor.document.getText();
  const end = text.indexOf(to, text.indexOf(from)) + to.length;
  editor.selection = new vscode.Selection(
    editor.document.positionAt(text.indexOf(from)),
    editor.document.positionAt(end),
  );
}

suite("chat", () => {
  suiteSetup(async () => {
    await configure("chat.maxTokens", 24);
  });

  suiteTeardown(async () => {
    await configure("chat.maxTokens", undefined);
  });

  teardown(closeAllEditors);

  test("the view opens", async () => {
    await extensionApi();
    await vscode.commands.executeCommand("llama2.focusChat");
  });

  test("an answer is streamed and ends with figures", async () => {
    const api = await cleanChat();
    const kinds: string[] = [];
    const posted = api.onDidPost((message) => {
      if (message.type === "message" && message.message.role === "assistant") {
        kinds.push(message.message.status.kind);
      }
    });
    await api.fromPage({ type: "send", text: "Implement k-nearest neighbours in Python" });
    posted.dispose();
    const { text, status } = lastAnswer(api);
    assert.ok(status.kind === "done");
    assert.ok(text.length > 0, "there is text");
    assert.ok(status.figures.promptTokens > 0 && status.figures.answerTokens > 0);
    assert.deepEqual([...new Set(kinds)], ["waiting", "streaming", "done"]);
  });

  test("Stop ends the answer and keeps its text", async () => {
    await configure("chat.maxTokens", undefined);
    const api = await cleanChat();
    // The tiny model may be done before this test gets to say Stop: asked again until it is not.
    const text = await eventually("an answer that was stopped while it was written", async () => {
      const answer = await beginAnswer(api);
      await api.fromPage({ type: "stop" });
      await answer?.ended;
      return lastAnswer(api).status.kind === "stopped" && lastAnswer(api).text;
    });
    await configure("chat.maxTokens", 24);
    assert.ok(text !== "");
  });

  test("a new chat is empty, also in the middle of an answer", async () => {
    const api = await cleanChat();
    const done = api.fromPage({ type: "send", text: "Count to a million." });
    await vscode.commands.executeCommand("llama2.newChat");
    await done;
    assert.deepEqual(api.messages(), []);
  });

  test("Explain Selection asks about the selection, shown as an attachment", async () => {
    const api = await cleanChat();
    const editor = await openSample("knn.py");
    select(editor, "def distance", "zip(a, b)))");
    await vscode.commands.executeCommand("llama2.explainSelection");
    const [attachment] = question(api.messages()).attachments;
    assert.equal(attachment?.label, "knn.py:7-9");
    assert.equal(attachment.languageId, "python");
    assert.equal(attachment.text, editor.document.getText(editor.selection));
    assert.ok(lastAnswer(api).status.kind === "done");
    assert.ok(lastAnswer(api).text.length > 0);
  });

  test("with nothing selected it explains the function around the cursor", async () => {
    const api = await cleanChat();
    const provider = vscode.languages.registerDocumentSymbolProvider("plaintext", {
      provideDocumentSymbols: () => {
        const range = new vscode.Range(1, 0, 2, 5);
        return [new vscode.DocumentSymbol("f", "", vscode.SymbolKind.Function, range, range)];
      },
    });
    try {
      await openText("one\ntwo\nth‸ree\nfour", "plaintext");
      await vscode.commands.executeCommand("llama2.explainSelection");
    } finally {
      provider.dispose();
    }
    assert.equal(question(api.messages()).attachments[0]?.text, "two\nthree");
  });

  test("outside of any function it explains the line", async () => {
    const api = await cleanChat();
    await openText("one\ntw‸o\nthree", "plaintext");
    await vscode.commands.executeCommand("llama2.explainSelection");
    assert.equal(question(api.messages()).attachments[0]?.text, "two");
  });

  test("code is inserted at the cursor with its indentation, as one undo step", async () => {
    const api = await cleanChat();
    const editor = await openText("def f():\n    ‸\n", "python");
    await api.fromPage({ type: "insert", code: "if x:\n    y()\n" });
    assert.equal(editor.document.getText(), "def f():\n    if x:\n        y()\n");
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), "def f():\n    \n");
  });

  test("code is copied", async () => {
    const api = await cleanChat();
    await api.fromPage({ type: "copy", code: "x = 1" });
    assert.equal(await vscode.env.clipboard.readText(), "x = 1");
  });

  test("an attachment opens its code in its file", async () => {
    const api = await cleanChat();
    const editor = await openSample("knn.py");
    select(editor, "def nearest", "[:k]");
    const expected = editor.document.getText(editor.selection);
    await vscode.commands.executeCommand("llama2.explainSelection");
    await closeAllEditors();
    await api.fromPage({ type: "openAttachment", messageId: question(api.messages()).id, index: 0 });
    const opened = vscode.window.activeTextEditor;
    assert.equal(opened?.document.getText(opened.selection), expected);
  });

  test("Show Last Prompt shows the exact prompt of the last request in its language", async () => {
    const api = await cleanChat();
    await api.fromPage({ type: "send", text: "What is a monad?" });
    await vscode.commands.executeCommand("llama2.showLastPrompt");
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, "llama2-prompt");
    assert.match(document.getText(), /What is a monad\?/);
    assert.match(document.getText(), /\[INST\]/);
  });
});

/** Commands of the chat: what "/fix" and a workspace's own prompt file ask, in a real editor. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { ViewMessage } from "../../../src/protocol/chatView";
import type { TestApi } from "../../../src/extension/testApi";
import { closeAllEditors, configure, extensionApi, lastAnswer, modelsReady, openSample, openText } from "../host";

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

function promptFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, ".llama2/prompts");
}

async function lastPrompt(): Promise<string> {
  await vscode.commands.executeCommand("llama2.showLastPrompt");
  return vscode.window.activeTextEditor?.document.getText() ?? "";
}

suite("chat commands", () => {
  suiteSetup(async () => {
    await configure("chat.maxTokens", 8);
  });

  suiteTeardown(async () => {
    await configure("chat.maxTokens", undefined);
    await vscode.workspace.fs
      .delete(vscode.Uri.joinPath(promptFolder(), ".."), { recursive: true })
      .then(undefined, () => undefined);
  });

  teardown(closeAllEditors);

  test("/fix shows the command and the selection, and asks what its prompt file says", async () => {
    const api = await cleanChat();
    const editor = await openSample("knn.py");
    editor.selection = new vscode.Selection(6, 0, 8, 0);
    await api.fromPage({ type: "send", text: "/fix the distance" });
    const { text, attachments } = question(api.messages());
    assert.deepEqual([text, attachments.map(({ label }) => label)], ["/fix the distance", ["knn.py:7-8"]]);
    assert.notEqual(lastAnswer(api).status.kind, "failed");
    assert.match(
      await lastPrompt(),
      /knn\.py, lines 7-8:\n```python\n[^]*\n```\n\nFind the mistakes in this python code[^]*the distance/,
    );
  });

  test("the same by command of the palette", async () => {
    const api = await cleanChat();
    const editor = await openSample("knn.py");
    editor.selection = new vscode.Selection(6, 0, 8, 0);
    await vscode.commands.executeCommand("llama2.refactor");
    assert.equal(question(api.messages()).text, "/refactor");
  });

  test("/explain is the product's own explanation", async () => {
    const api = await cleanChat();
    const editor = await openSample("knn.py");
    editor.selection = new vscode.Selection(6, 0, 8, 0);
    await api.fromPage({ type: "send", text: "/explain" });
    assert.doesNotMatch(question(api.messages()).text, /^\//);
    await api.fromPage({ type: "send", text: "/explain why is it quick?" });
    assert.equal(question(api.messages()).text, "/explain why is it quick?");
    assert.match(await lastPrompt(), /7 \| def distance[^]*Answer this about it in particular: why is it quick\?/);
  });

  test("a workspace's file counts at once, before the built-in one, and its values are not expanded again", async () => {
    const api = await cleanChat();
    const file = vscode.Uri.joinPath(promptFolder(), "fix.md");
    const text = "---\nname: fix\nsampling:\n  maxTokens: 2\n---\nShorten <{{selection}}> {{input}}";
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await openText("{{input}} {{file}}‸", "plaintext");
    await vscode.commands.executeCommand("editor.action.selectAll");
    await api.fromPage({ type: "send", text: "/fix now" });
    const { status } = lastAnswer(api);
    assert.ok(status.kind === "done" && status.figures.answerTokens <= 2);
    assert.match(await lastPrompt(), /Shorten <\{\{input\}\} \{\{file\}\}> now/);
    await vscode.workspace.fs.delete(file);
  });

  test("what cannot be asked goes back into the box, and the conversation stays empty", async () => {
    const api = await cleanChat();
    await closeAllEditors();
    const back: string[] = [];
    const posted = api.onDidPost((message) => {
      if (message.type === "takenBack") {
        back.push(message.text);
      }
    });
    await api.fromPage({ type: "send", text: "/fix" });
    await api.fromPage({ type: "send", text: "/fixx it" });
    posted.dispose();
    assert.deepEqual([back, api.messages()], [["/fix", "/fixx it"], []]);
  });

  test("a path at the start of a message is no command", async () => {
    const api = await cleanChat();
    await api.fromPage({ type: "send", text: "/usr/lib is full" });
    assert.equal(question(api.messages()).text, "/usr/lib is full");
  });
});

/** A block of code on its way into a file: proposed in the diff editor, accepted or rejected, never written without that. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { closeAllEditors, eventually, extensionApi, openText } from "../host";

const OLD = "def a():\n    return 1\n\n\ndef b():\n    return 2\n\n\ndef c():\n    return 3\n";
const BLOCK = "def a():\n    return 10\n\n\ndef b():\n    return 2\n\n\ndef c():\n    return 30\n";

/** Applies the block to a document with this text, and waits for the diff editor. */
async function propose(text = OLD): Promise<{ document: vscode.TextDocument; proposed: vscode.TextDocument }> {
  const api = await extensionApi();
  const { document } = await openText(`‸${text}`, "python");
  await api.fromPage({ type: "apply", code: BLOCK, messageId: "" });
  const editor = await eventually("the diff editor", () =>
    vscode.window.visibleTextEditors.find(({ document: { uri } }) => uri.scheme === "llama2-proposal"),
  );
  return { document, proposed: editor.document };
}

function proposalTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff);
}

suite("applying a block of code", () => {
  teardown(closeAllEditors);

  test("the diff editor shows what the file would become, and the file is as it was", async () => {
    const { document, proposed } = await propose();
    assert.equal(proposed.getText(), BLOCK);
    assert.equal(proposed.languageId, "python");
    assert.equal(document.getText(), OLD);
    const [tab] = proposalTabs();
    assert.ok(tab?.label.includes("Llama 2"));
  });

  test("Accept All writes it as one step to undo, and closes the diff editor", async () => {
    const { document } = await propose();
    await vscode.commands.executeCommand("llama2.acceptProposal");
    assert.equal(document.getText(), BLOCK);
    assert.deepEqual(proposalTabs(), []);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), OLD);
  });

  test("Reject All closes the diff editor and writes nothing", async () => {
    const { document } = await propose();
    await vscode.commands.executeCommand("llama2.rejectProposal");
    assert.deepEqual(proposalTabs(), []);
    assert.equal(document.getText(), OLD);
  });

  test("a change alone is accepted, another rejected, and then there is nothing left to decide", async () => {
    const { document, proposed } = await propose();
    const editor = vscode.window.visibleTextEditors.find((some) => some.document === proposed);
    assert.ok(editor);
    editor.selection = new vscode.Selection(9, 0, 9, 0);
    await vscode.commands.executeCommand("llama2.acceptProposedChange");
    assert.equal(document.getText(), OLD.replace("return 3", "return 30"));
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.commands.executeCommand("llama2.rejectProposedChange");
    assert.equal(document.getText(), OLD.replace("return 3", "return 30"));
    assert.deepEqual(proposalTabs(), []);
  });

  test("what is typed into the proposal is accepted with it", async () => {
    const { document, proposed } = await propose();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(proposed.uri, new vscode.Position(0, 0), "# mine\n");
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand("llama2.acceptProposal");
    assert.equal(document.getText(), `# mine\n${BLOCK}`);
    assert.deepEqual(proposalTabs(), []);
  });

  test("the proposal follows what is typed elsewhere in the file", async () => {
    const { document, proposed } = await propose();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(4, 0), "# between\n");
    await vscode.workspace.applyEdit(edit);
    await eventually("the proposal with the new line", () => proposed.getText().includes("# between"));
    await vscode.commands.executeCommand("llama2.acceptProposal");
    assert.equal(document.getText(), BLOCK.replace("def b", "# between\ndef b"));
  });

  test("a file that was changed in the same place is not written over", async () => {
    const { document } = await propose();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(1, 0, 1, 99), "    return 111");
    await vscode.workspace.applyEdit(edit);
    void vscode.commands.executeCommand("llama2.acceptProposal"); // asks whether to apply again, until the message is closed
    await vscode.commands.executeCommand("notifications.clearAll");
    assert.equal(document.getText(), OLD.replace("return 1\n", "return 111\n"));
    await vscode.commands.executeCommand("llama2.rejectProposal");
  });

  test("line ends stay those of the file", async () => {
    const crlf = OLD.replaceAll("\n", "\r\n");
    const { document, proposed } = await propose(crlf);
    assert.equal(proposed.getText(), BLOCK.replaceAll("\n", "\r\n"));
    await vscode.commands.executeCommand("llama2.acceptProposal");
    assert.equal(document.getText(), BLOCK.replaceAll("\n", "\r\n"));
  });

  test("where no place is found nothing opens", async () => {
    const api = await extensionApi();
    const { document } = await openText(`‸${OLD}`, "python");
    void api.fromPage({ type: "apply", code: "console.log('elsewhere')\n", messageId: "" });
    await vscode.commands.executeCommand("notifications.clearAll");
    assert.deepEqual(proposalTabs(), []);
    assert.equal(document.getText(), OLD);
  });
});

suite("other actions on a block of code", () => {
  teardown(closeAllEditors);

  test("Replace Selection puts it in the place of whole lines, indented as they were", async () => {
    const api = await extensionApi();
    const editor = await openText("class A:\n    ‸def a(self):\n        return 1\n\n    x = 2\n", "python");
    editor.selection = new vscode.Selection(1, 4, 2, 16);
    await api.fromPage({ type: "replaceSelection", code: "def a(self):\n    return 10\n" });
    assert.equal(editor.document.getText(), "class A:\n    def a(self):\n        return 10\n\n    x = 2\n");
    await vscode.commands.executeCommand("undo");
    assert.ok(editor.document.getText().includes("return 1\n"));
  });

  test("New File opens it as an unsaved document of its language", async () => {
    const api = await extensionApi();
    await api.fromPage({ type: "newFile", code: "print(1)", language: "py" });
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, "python");
    assert.equal(document.getText(), "print(1)\n");
    assert.ok(document.isUntitled);
  });
});

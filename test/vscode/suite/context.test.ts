/** What can be attached to a question, from VS Code's real diagnostics, symbols, Git, terminals and files. */
import * as assert from "node:assert/strict";
import { skipBecause } from "../../support/skip";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Suggestion, ToView } from "../../../src/protocol/chatView";
import type { TestApi } from "../../../src/extension/testApi";
import { closeAllEditors, configure, eventually, extensionApi, openSample, openText } from "../host";

async function cleanChat(): Promise<TestApi> {
  const api = await extensionApi();
  await api.fromPage({ type: "newChat" });
  return api;
}

/** What the list shows for some letters when nothing more comes. */
async function suggestions(api: TestApi, query: string): Promise<readonly Suggestion[]> {
  const replies: Extract<ToView, { type: "suggestions" }>[] = [];
  const posted = api.onDidPost((message) => {
    if (message.type === "suggestions") {
      replies.push(message);
    }
  });
  await api.fromPage({ type: "suggest", id: 1, trigger: "@", query });
  posted.dispose();
  assert.equal(replies.at(-1)?.done, true);
  return replies.at(-1)?.items ?? [];
}

async function pick(api: TestApi, query: string, label: string): Promise<void> {
  const items = await suggestions(api, query);
  const item = items.find((one) => one.label === label);
  assert.ok(item, `no "${label}" among ${items.map((one) => one.label).join(", ")}`);
  await api.fromPage({ type: "pick", trigger: "@", item: item.id });
}

function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
}

async function write(name: string, text: string | Uint8Array): Promise<void> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  await vscode.workspace.fs.writeFile(workspaceFile(name), bytes);
}

suite("context", () => {
  teardown(async () => {
    await closeAllEditors();
    await configure("exclude", undefined);
  });

  test("the selection, the file and the open editors come first, then the files of the workspace", async () => {
    const api = await cleanChat();
    await vscode.window.showTextDocument(workspaceFile("stack.ts"), { preview: false });
    const editor = await openSample("knn.py");
    editor.selection = new vscode.Selection(6, 0, 9, 0);
    const items = await eventually("the files of the workspace", async () => {
      const found = await suggestions(api, "");
      return found.some(({ label }) => label === "inventory.js") && found;
    });
    const labels = items.map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 3), ["Selection", "Current File", "All Open Editors"]);
    assert.ok(labels.indexOf("stack.ts") < labels.indexOf("inventory.js"));
    assert.equal(items[0]?.detail, "knn.py:7-9");
  });

  test("a file is attached once, as it is when the question is sent, unsaved changes too", async () => {
    const api = await cleanChat();
    const editor = await openSample("inventory.js");
    await pick(api, "inv", "inventory.js");
    await pick(api, "inv", "inventory.js");
    assert.deepEqual(
      api.pending().map(({ label }) => label),
      ["inventory.js"],
    );
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), "// edited since\n");
    });
    await configure("chat.maxTokens", 4);
    await api.fromPage({ type: "send", text: "What is this?" });
    await configure("chat.maxTokens", undefined);
    const question = api.messages().at(-2);
    assert.ok(question?.role === "user");
    assert.match(question.attachments[0]?.text ?? "", /^\/\/ edited since/);
    assert.deepEqual(api.pending(), []);
  });

  test("Add Selection to Chat keeps the code as it was selected", async () => {
    const api = await cleanChat();
    const editor = await openText("one\ntwo‸\nthree", "plaintext");
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    await vscode.commands.executeCommand("llama2.attachSelection");
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand("llama2.attachSelection");
    assert.deepEqual(
      api.pending().map(({ text }) => text),
      ["two"],
    );
  });

  test("Add File to Chat takes the files that a menu names", async () => {
    const api = await cleanChat();
    const uris = [workspaceFile("knn.py"), workspaceFile("stack.ts")];
    await vscode.commands.executeCommand("llama2.attachFile", uris[0], uris);
    assert.deepEqual(
      api.pending().map(({ label }) => label),
      ["knn.py", "stack.ts"],
    );
  });

  test("excluded files, secrets, ignored files and search.exclude are not offered, and not attached either", async () => {
    const api = await cleanChat();
    await write("private.sql", "select 1");
    await write(".env", "KEY=1");
    await write("built/out.js", "x");
    await write(".gitignore", "built/\n");
    await configure("exclude", ["*.sql"]);
    await eventually("the new file to be listed, without the ignored one", async () => {
      const labels = (await suggestions(api, "")).map(({ label }) => label);
      return labels.includes(".gitignore") && !labels.includes("out.js");
    });
    for (const query of ["private", "env", "out.js"]) {
      assert.deepEqual(
        (await suggestions(api, query)).filter(({ label }) => ["private.sql", ".env", "out.js"].includes(label)),
        [],
      );
    }
    await vscode.commands.executeCommand("llama2.attachFile", workspaceFile(".env"));
    await vscode.commands.executeCommand("llama2.attachFile", workspaceFile("private.sql"));
    assert.deepEqual(api.pending(), []);
  });

  test("binary files, folders, empty and missing files are refused, and what was attached stays", async () => {
    const api = await cleanChat();
    await write("empty.txt", "\n");
    await write("data.bin", new Uint8Array([0, 1, 2, 0, 255, 0]));
    await vscode.commands.executeCommand("llama2.attachFile", workspaceFile("knn.py"));
    for (const name of ["empty.txt", "data.bin", "", "gone.txt"]) {
      await vscode.commands.executeCommand("llama2.attachFile", workspaceFile(name));
    }
    assert.deepEqual(
      api.pending().map(({ label }) => label),
      ["knn.py"],
    );
  });

  test("a file that was deleted goes with the text it had", async () => {
    const api = await cleanChat();
    await write("short-lived.txt", "remember me");
    await vscode.commands.executeCommand("llama2.attachFile", workspaceFile("short-lived.txt"));
    await vscode.workspace.fs.delete(workspaceFile("short-lived.txt"));
    await configure("chat.maxTokens", 4);
    await api.fromPage({ type: "send", text: "What is this?" });
    await configure("chat.maxTokens", undefined);
    const question = api.messages().at(-2);
    assert.ok(question?.role === "user");
    assert.equal(question.attachments[0]?.text, "remember me");
  });

  test("problems of the file and of the workspace are attached with their code", async () => {
    const api = await cleanChat();
    const editor = await openSample("knn.py");
    const problems = vscode.languages.createDiagnosticCollection("test");
    try {
      const diagnostic = new vscode.Diagnostic(new vscode.Range(6, 0, 6, 3), "bad name");
      diagnostic.source = "lint";
      problems.set(editor.document.uri, [diagnostic]);
      problems.set(workspaceFile(".env"), [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), "secret problem")]);
      await pick(api, "problems", "Problems in This File");
      await pick(api, "problems", "Problems in the Workspace");
    } finally {
      problems.dispose();
    }
    const [file, workspace] = api.pending();
    assert.equal(file?.label, "Problems in knn.py (1)");
    assert.equal(file.text, "line 7: error: bad name (lint)\n    def distance(a, b):");
    assert.match(workspace?.text ?? "", /bad name/);
    assert.doesNotMatch(workspace?.text ?? "", /secret problem/);
  });

  test("a symbol of the workspace is attached with the whole of its code", async () => {
    const api = await cleanChat();
    const uri = workspaceFile("knn.py");
    const whole = new vscode.Range(6, 0, 8, 55);
    const providers = [
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: () => [
          new vscode.SymbolInformation(
            "distance",
            vscode.SymbolKind.Function,
            "",
            new vscode.Location(uri, new vscode.Range(6, 4, 6, 12)),
          ),
        ],
      }),
      vscode.languages.registerDocumentSymbolProvider("python", {
        provideDocumentSymbols: () => [
          new vscode.DocumentSymbol("distance", "", vscode.SymbolKind.Function, whole, new vscode.Range(6, 4, 6, 12)),
        ],
      }),
    ];
    try {
      await pick(api, "symbol:dist", "distance");
    } finally {
      vscode.Disposable.from(...providers).dispose();
    }
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(api.pending()[0]?.label, "distance (knn.py:7-9)");
    assert.equal(api.pending()[0]?.text, document.getText(whole));
  });

  test("changes under Git are attached, staged and not, without excluded files", async function () {
    const git = vscode.extensions.getExtension<{
      getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
    }>("vscode.git");
    if (git === undefined) {
      return skipBecause(this, "this VS Code has no Git extension");
    }
    const root = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-git-"));
    const run = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: root });
    };
    try {
      run("init", "-q");
      await fs.writeFile(path.join(root, "a.txt"), "one\n");
      await fs.writeFile(path.join(root, ".env"), "KEY=1\n");
      run("add", "-A");
      run("commit", "-qm", "first");
      await fs.writeFile(path.join(root, "a.txt"), "two\n");
      await fs.writeFile(path.join(root, ".env"), "KEY=2\n");
      run("add", "-A");
      await fs.writeFile(path.join(root, "a.txt"), "three\n");
      await (await git.activate()).getAPI(1).openRepository(vscode.Uri.file(root));
      const api = await cleanChat();
      await pick(api, "git", "Git: Staged Changes");
      await pick(api, "git", "Git: Changes");
      const [staged, changes] = api.pending();
      assert.match(staged?.text ?? "", /^diff --git a\/a\.txt[^]*\n-one\n\+two/);
      assert.match(changes?.text ?? "", /\n-two\n\+three/);
      assert.doesNotMatch(staged?.text ?? "", /KEY=/);
    } finally {
      await fs.rm(root, { recursive: true, force: true });
    }
  });

  test("without a command in a terminal nothing is attached", async () => {
    const api = await cleanChat();
    await pick(api, "terminal", "Last Terminal Command");
    assert.deepEqual(api.pending(), []);
  });
});

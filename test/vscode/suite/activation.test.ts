/** The extension starts, and what package.json promises is there. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { CommandIds, EXTENSION_ID } from "../../../src/extension/contributions";
import { extensionApi, modelsReady } from "../host";

suite("activation", () => {
  test("the extension activates by itself and starts its process", async () => {
    const api = await extensionApi();
    await modelsReady(api);
    const pid = api.enginePid();
    assert.ok(pid !== undefined && pid !== process.pid);
    process.kill(pid, 0); // throws where there is no such process
  });

  test("every command is registered", async () => {
    await extensionApi();
    const commands = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(CommandIds).filter((id) => !commands.has(id)),
      [],
    );
  });

  test("the status bar says model and device when the models are loaded", async () => {
    const api = await extensionApi();
    await modelsReady(api);
    const { text, tooltip, severity } = api.status();
    const state = api.engineState();
    assert.ok(state.kind === "running" && state.models.chat.kind === "ready");
    const { name, device } = state.models.chat.model;
    assert.ok(text.startsWith("$(check) Llama 2: ") && text.includes(name) && text.includes(device), text);
    assert.match(tooltip, /Chat: .*\nCompletion: /);
    assert.equal(severity, "normal");
  });

  test("texts of package.json are those of package.nls.json", () => {
    const manifest = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON as { displayName: string };
    assert.equal(manifest.displayName, "Llama 2 Assistant");
  });

  test("the light bulb offers to explain a selection, and is silent without one", async () => {
    await extensionApi();
    const document = await vscode.workspace.openTextDocument({
      language: "python",
      content: "def f():\n    return 1\n",
    });
    await vscode.window.showTextDocument(document);
    const titles = async (range: vscode.Range): Promise<string[]> => {
      const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
      );
      return actions.map(({ title }) => title);
    };
    assert.ok((await titles(new vscode.Range(0, 0, 1, 12))).includes("Explain selection with Llama 2"));
  });
});

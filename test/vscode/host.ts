/** What the tests inside VS Code share: the running extension, and waiting for what they name. */
import * as assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { EXTENSION_ID } from "../../src/extension/contributions";
import type { ConnectionState } from "../../src/extension/engineApi";
import type { TestApi } from "../../src/extension/testApi";
import type { ViewAnswer } from "../../src/protocol/chatView";

/** The extension, active. */
export async function extensionApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi | undefined>(EXTENSION_ID);
  assert.ok(extension, "the extension is installed");
  const api = await extension.activate();
  assert.ok(api, "outside production it exports an API");
  return api;
}

/** Waits until the engine's state is one of those wanted. */
export async function engineState(
  api: TestApi,
  what: string,
  wanted: (state: ConnectionState) => boolean,
): Promise<ConnectionState> {
  return new Promise((resolve, reject) => {
    const settle = (state: ConnectionState): boolean => {
      if (!wanted(state)) {
        return false;
      }
      clearTimeout(timer);
      subscription.dispose();
      resolve(state);
      return true;
    };
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`waited for ${what}; the state is ${JSON.stringify(api.engineState())}`));
    }, 50_000);
    const subscription = api.onDidChangeEngineState(settle);
    settle(api.engineState());
  });
}

/** Waits until both models are in memory. */
export async function modelsReady(api: TestApi): Promise<void> {
  await engineState(
    api,
    "both models",
    (state) =>
      state.kind === "running" && state.models.chat.kind === "ready" && state.models.completion.kind === "ready",
  );
}

/** Tries until something comes that is neither undefined nor false. */
export async function eventually<T>(
  what: string,
  attempt: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    const value = await attempt();
    if (value !== undefined && value !== false) {
      return value;
    }
    assert.ok(Date.now() < deadline, `waited ${String(timeoutMs)} ms for ${what}`);
    await delay(25); // VS Code has no event for everything
  }
}

/** A file of the sample workspace in an editor. */
export async function openSample(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "the sample workspace is open");
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

/** An unsaved document whose text has the cursor as `‸`. */
export async function openText(textWithCursor: string, language: string): Promise<vscode.TextEditor> {
  const offset = textWithCursor.indexOf("‸");
  const document = await vscode.workspace.openTextDocument({ language, content: textWithCursor.replace("‸", "") });
  const editor = await vscode.window.showTextDocument(document);
  const cursor = document.positionAt(offset);
  editor.selection = new vscode.Selection(cursor, cursor);
  return editor;
}

export async function closeAllEditors(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}

/** Sets a setting of the extension for the user; `undefined` puts its default back. */
export async function configure(key: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration("llama2").update(key, value, vscode.ConfigurationTarget.Global);
}

/** The last answer of the conversation. */
export function lastAnswer(api: TestApi): ViewAnswer {
  const last = api.messages().at(-1);
  assert.ok(last?.role === "assistant", "the conversation ends with an answer");
  return last;
}

/** Asks, and answers when the first text is there; undefined where the model was faster than this test. */
export async function beginAnswer(api: TestApi): Promise<{ readonly ended: Promise<void> } | undefined> {
  const ended = api.fromPage({ type: "send", text: "Count to a million." });
  const { kind } = await eventually("the first text", () => lastAnswer(api).text !== "" && lastAnswer(api).status);
  return kind === "streaming" ? { ended } : undefined;
}

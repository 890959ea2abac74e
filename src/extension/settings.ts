/** The settings that the extension itself reads. Those of the engine are read by the inference process (src/protocol/engineSettings.ts). */
import * as vscode from "vscode";
import { booleanOr, isRecord, numberOr, stringOr } from "../base/json";
import { SETTINGS_SECTION, SettingDefinitions as Definitions } from "./contributions";

export interface Settings {
  /** Absolute paths of GGUF files, "" for none. */
  readonly chatModelPath: string;
  readonly completionModelPath: string;
  /** What the model is told before the conversation, "" for nothing. */
  readonly systemPrompt: string;
  readonly completionEnabled: boolean;
  /** Language id to on or off; "*" stands for the languages that are not listed. */
  readonly completionLanguages: Readonly<Record<string, boolean>>;
  readonly completionDebounceMs: number;
}

/** Reads the settings as they are now; whatever has the wrong type takes its default. */
export function readSettings(): Settings {
  const value = (definition: { readonly key: string }): unknown =>
    vscode.workspace.getConfiguration().get<unknown>(definition.key);
  return {
    chatModelPath: stringOr(value(Definitions.chatModelPath), "").trim(),
    completionModelPath: stringOr(value(Definitions.completionModelPath), "").trim(),
    systemPrompt: stringOr(value(Definitions.chatSystemPrompt), Definitions.chatSystemPrompt.default).trim(),
    completionEnabled: booleanOr(value(Definitions.completionEnabled), Definitions.completionEnabled.default),
    completionLanguages: readLanguages(value(Definitions.completionLanguages)),
    completionDebounceMs: numberOr(
      value(Definitions.completionDebounceMs),
      Definitions.completionDebounceMs.default,
      0,
      5000,
    ),
  };
}

/** Calls back whenever any setting of the extension changed. */
export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SETTINGS_SECTION)) {
      listener();
    }
  });
}

/** Writes the model file for a role; machine-scoped, so it goes to the settings of the machine that runs the model. */
export async function saveModelPath(role: "chat" | "completion", path: string): Promise<void> {
  const definition = role === "chat" ? Definitions.chatModelPath : Definitions.completionModelPath;
  await vscode.workspace.getConfiguration().update(definition.key, path, vscode.ConfigurationTarget.Global);
}

export async function saveCompletionEnabled(enabled: boolean): Promise<void> {
  await update(Definitions.completionEnabled.key, enabled);
}

export async function saveCompletionForLanguage(languageId: string, enabled: boolean): Promise<void> {
  await update(Definitions.completionLanguages.key, { ...readSettings().completionLanguages, [languageId]: enabled });
}

/** Writes where the value that counts comes from, so that the change has an effect. */
async function update(key: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const values = configuration.inspect(key);
  const inWorkspace = values?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(key, value, target);
}

function readLanguages(value: unknown): Readonly<Record<string, boolean>> {
  const languages: Record<string, boolean> = { ...Definitions.completionLanguages.default };
  for (const [languageId, enabled] of Object.entries(isRecord(value) ? value : {})) {
    if (typeof enabled === "boolean") {
      languages[languageId] = enabled;
    }
  }
  return languages;
}

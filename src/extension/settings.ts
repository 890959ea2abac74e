/** The settings that the extension itself reads. Those of the engine are read by the inference process (src/protocol/engineSettings.ts). */
import * as vscode from "vscode";
import { booleanOr, isRecord, numberOr, oneOf, stringOr, stringsOf } from "../base/json";
import { parseEngineSettings } from "../protocol/engineSettings";
import { EXPLAIN_LEVELS, type ExplainLevel } from "../protocol/explain";
import { parseSampling, type Sampling } from "../protocol/sampling";
import type { ProxySettings } from "../protocol/models";
import {
  SETTINGS_SECTION,
  SPECULATION_CHOICES,
  SettingDefinitions as Definitions,
  type SpeculationChoice,
} from "./contributions";

export interface Settings {
  /** Absolute paths of GGUF files, "" for none. */
  readonly chatModelPath: string;
  readonly completionModelPath: string;
  /** As the user has written them: addresses of models, and absolute paths. */
  readonly customModels: readonly string[];
  /** What the model is told before the conversation, "" for nothing. */
  readonly systemPrompt: string;
  /** "auto", the code of a language, or its name. */
  readonly answerLanguage: string;
  readonly explainLevel: ExplainLevel;
  /** Files that are kept from the model, as patterns of .gitignore. */
  readonly exclude: readonly string[];
  /** How the chat's answers are sampled; a conversation can say otherwise. */
  readonly sampling: Sampling;
  /** So many conversations of a workspace are kept; 0: none is saved. */
  readonly historyLimit: number;
  /** Tokens that a conversation can have, if the model was trained for as many. */
  readonly contextSize: number;
  readonly completionEnabled: boolean;
  /** Language id to on or off; "*" stands for the languages that are not listed. */
  readonly completionLanguages: Readonly<Record<string, boolean>>;
  /** How long typing has to pause; `null` lets the rhythm of typing and the engine's speed decide. */
  readonly completionDebounceMs: number | null;
  /** What is felt as immediate. */
  readonly completionLatencyTargetMs: number;
  /** Whether what would follow a suggestion is prepared while nothing else happens. */
  readonly completionSpeculative: SpeculationChoice;
}

/** Reads the settings as they are now; whatever has the wrong type takes its default. */
export function readSettings(): Settings {
  const value = (definition: { readonly key: string }): unknown =>
    vscode.workspace.getConfiguration().get<unknown>(definition.key);
  return {
    chatModelPath: stringOr(value(Definitions.chatModelPath), "").trim(),
    completionModelPath: stringOr(value(Definitions.completionModelPath), "").trim(),
    customModels: stringsOf(value(Definitions.modelsCustom)),
    systemPrompt: stringOr(value(Definitions.chatSystemPrompt), Definitions.chatSystemPrompt.default).trim(),
    answerLanguage: stringOr(value(Definitions.chatAnswerLanguage), Definitions.chatAnswerLanguage.default).trim(),
    explainLevel: oneOf(value(Definitions.explainLevel), EXPLAIN_LEVELS, Definitions.explainLevel.default),
    exclude: stringsOf(value(Definitions.exclude)),
    sampling: parseSampling(vscode.workspace.getConfiguration(SETTINGS_SECTION).get<unknown>("chat")),
    historyLimit: Math.round(
      numberOr(value(Definitions.chatHistoryLimit), Definitions.chatHistoryLimit.default, 0, 10_000),
    ),
    contextSize: parseEngineSettings(vscode.workspace.getConfiguration().get<unknown>(SETTINGS_SECTION)).contextSize,
    completionEnabled: booleanOr(value(Definitions.completionEnabled), Definitions.completionEnabled.default),
    completionLanguages: readLanguages(value(Definitions.completionLanguages)),
    completionDebounceMs: readDebounce(value(Definitions.completionDebounceMs)),
    completionLatencyTargetMs: numberOr(
      value(Definitions.completionLatencyTargetMs),
      Definitions.completionLatencyTargetMs.default,
      50,
      10_000,
    ),
    completionSpeculative: oneOf(
      value(Definitions.completionSpeculative),
      SPECULATION_CHOICES,
      Definitions.completionSpeculative.default,
    ),
  };
}

/** VS Code's own `http.*`, which downloads go by too. What is not set is left to the environment. */
export function readProxySettings(): ProxySettings {
  const http = vscode.workspace.getConfiguration("http");
  const url = stringOr(http.get<unknown>("proxy"), "").trim();
  const noProxy: unknown = http.get("noProxy");
  const off = http.get<unknown>("proxySupport") === "off";
  return {
    ...(off ? { url: "" } : url === "" ? {} : { url }),
    ...(Array.isArray(noProxy) && noProxy.length > 0
      ? { noProxy: noProxy.filter((host) => typeof host === "string") }
      : {}),
    ...(http.get<unknown>("proxyStrictSSL") === false ? { strictTls: false } : {}),
  };
}

/** Every setting of the extension as it is now, for diagnostics. */
export function allSettings(): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration();
  return Object.fromEntries(Object.values(Definitions).map(({ key }) => [key, configuration.get<unknown>(key)]));
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

/** Machine-scoped, too. */
export async function saveCustomModels(entries: readonly string[]): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(Definitions.modelsCustom.key, entries, vscode.ConfigurationTarget.Global);
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

function readDebounce(value: unknown): number | null {
  return typeof value === "number" ? numberOr(value, 0, 0, 5000) : null;
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

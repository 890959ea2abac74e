/**
 * The language client as the extension needs it: without its notifications, for what it has to say goes to the log and
 * the extension decides what is shown; without its own ghost text, which inline/ makes from the same request; and with the
 * capability that the protocol of our server adds to LSP.
 */
import {
  InlineCompletionRequest,
  LanguageClient,
  type ClientCapabilities,
  type FeatureState,
  type InitializeParams,
  type StaticFeature,
} from "vscode-languageclient/node";
import { maskSecrets } from "../../base/maskSecrets";
import { DECLARATIONS_CAPABILITY } from "../../protocol/declarations";

type Feature = Parameters<LanguageClient["registerFeature"]>[0];

export class QuietLanguageClient extends LanguageClient {
  override registerFeature(feature: Feature): void {
    super.registerFeature(isInlineCompletion(feature) ? ANNOUNCED_ONLY : feature);
  }

  protected override fillInitializeParams(params: InitializeParams): void {
    super.fillInitializeParams(params);
    params.capabilities.experimental = DECLARATIONS_CAPABILITY;
  }

  /** What a verbose trace shows are whole messages, and some carry the user's access token. */
  override trace(message: string, data?: unknown): void {
    super.trace(message, typeof data === "string" ? maskSecrets(data) : data);
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}

function isInlineCompletion(feature: Feature): boolean {
  return "registrationType" in feature && feature.registrationType.method === InlineCompletionRequest.method;
}

/** Tells the server that there is a client of inline completions, and registers nothing with VS Code. */
const ANNOUNCED_ONLY: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.textDocument = { ...capabilities.textDocument, inlineCompletion: { dynamicRegistration: false } };
  },
  initialize: () => undefined,
  getState: (): FeatureState => ({ kind: "static" }),
  clear: () => undefined,
};

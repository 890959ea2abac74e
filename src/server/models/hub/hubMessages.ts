/** The messages between the server and the hub process that are not of the protocol. */
import { ProtocolNotificationType, ProtocolRequestType } from "vscode-languageserver/node";
import type { EngineErrorData } from "../../../protocol/engineErrors";
import type { ModelDescription } from "../../../protocol/engine";
import type { ListModelsParams, ModelHeader, ModelHeaderParams } from "../../../protocol/localModels";
import type { ModelShape } from "../fit/memory";
import type { FoundModel } from "../local/foundModel";
import type { HubSettings } from "./places";

/** Sent before each request. */
export const HubSettingsNotification = {
  type: new ProtocolNotificationType<HubSettings, void>("hub/settings"),
} as const;

/** Looks which models lie on the disk; their content is not read. */
export const FindModelsRequest = {
  type: new ProtocolRequestType<ListModelsParams, readonly FoundModel[], never, void, void>("hub/findModels"),
} as const;

/** What a header tells: of a model, why it cannot be used, or that it is no language model at all. */
export type HeaderReading =
  | { readonly kind: "model"; readonly description: ModelDescription; readonly shape?: ModelShape }
  | { readonly kind: "problem"; readonly problem: EngineErrorData }
  | { readonly kind: "other" };

export interface ReadHeadersParams {
  /** The paths of the parts of each. */
  readonly models: readonly (readonly string[])[];
}

/** Reads the headers of models; answers in their order. */
export const ReadHeadersRequest = {
  type: new ProtocolRequestType<ReadHeadersParams, readonly HeaderReading[], never, void, void>("hub/readHeaders"),
} as const;

/** A header with what the server computes its fit from. */
export interface FullHeader {
  readonly header: Omit<ModelHeader, "fit">;
  readonly shape?: ModelShape;
}

export const FullHeaderRequest = {
  type: new ProtocolRequestType<ModelHeaderParams, FullHeader, never, void, void>("hub/fullHeader"),
} as const;

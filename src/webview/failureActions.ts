/** Which buttons help after which failure of an answer. */
import type { EngineErrorCode } from "../protocol/chatView";
import { strings } from "./strings";

export interface FailureAction {
  readonly type: "downloadModel" | "selectModel" | "restartEngine" | "showLog";
  readonly label: string;
}

const downloadModel: FailureAction = { type: "downloadModel", label: strings.downloadModel };
const selectModel: FailureAction = { type: "selectModel", label: strings.selectModel };
const restartEngine: FailureAction = { type: "restartEngine", label: strings.restartEngine };
const showLog: FailureAction = { type: "showLog", label: strings.showLog };

/** In the order to show them; none where only the question can be changed. */
export function failureActions(code: EngineErrorCode | undefined): readonly FailureAction[] {
  switch (code) {
    case "noModel":
      return [downloadModel, selectModel];
    case "modelIsDirectory":
    case "notGguf":
    case "unsupportedModel":
      return [selectModel];
    case "modelNotFound":
    case "modelNotReadable":
    case "truncatedGguf":
    case "outOfMemory":
      return [selectModel, restartEngine];
    case "promptTooLong":
    case "unknownDocument":
      return [];
    case "noBackend":
    case "loadFailed":
    case "adapterFailed":
    case "generationFailed":
    case "crashed":
      return [restartEngine, showLog];
    case undefined:
      return [showLog];
    default:
      return []; // of downloads, which are not reported in the chat
  }
}

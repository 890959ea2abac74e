/** The page's side of the border to the extension: typed messages out, and what VS Code keeps for a page that it discards. */
import type { FromView } from "../protocol/chatView";
import { parseSavedState, type SavedState } from "./savedState";

/** What VS Code gives a webview; it may be acquired once. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: SavedState): void;
};

export interface ViewHost {
  post(message: FromView): void;
  load(): SavedState;
  save(state: SavedState): void;
}

export function acquireHost(): ViewHost {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    load: () => parseSavedState(api.getState()),
    save: (state) => {
      api.setState(state);
    },
  };
}

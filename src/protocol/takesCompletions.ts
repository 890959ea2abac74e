/** What the state of a model means for suggestions, which client and server decide alike. Pure. */
import type { ModelState } from "./engine";

/** Whether a suggestion can be asked for. A keystroke never waits for a model that is loading; who asks for a suggestion does. */
export function takesCompletions(state: ModelState, isAsked: boolean): boolean {
  switch (state.kind) {
    case "ready":
    case "unloaded":
      return true;
    case "loading":
      return isAsked || state.serving !== undefined;
    case "stopped":
    case "failed":
      return false;
  }
}

/** What people do on the page travels up to its root as one kind of event; the root saves it or tells the extension. */
import type { FromView } from "../protocol/chatView";
import type { QuestionEdit, ScrollPosition } from "./savedState";

export type PageAction =
  | FromView
  /** Begins or goes on with the editing of an earlier question; without `edit` it ends, and nothing is asked. */
  | { readonly type: "edit"; readonly edit?: QuestionEdit }
  /** Opens or closes the drawer with sampling and system prompt. */
  | { readonly type: "showOptions"; readonly open: boolean }
  | { readonly type: "scrolled"; readonly position: ScrollPosition };

export class ActionEvent extends Event {
  static readonly eventName = "llama2-action";

  constructor(readonly action: PageAction) {
    super(ActionEvent.eventName, { bubbles: true });
  }
}

/** A listener for a control: reports this action from where it was used. */
export function onUse(action: PageAction): (event: Event) => void {
  return (event) => {
    event.currentTarget?.dispatchEvent(new ActionEvent(action));
  };
}

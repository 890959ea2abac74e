/** A row of the models view: what it says, and what can be done with it. No VS Code in here. */
import type { InstalledModel } from "../../protocol/localModels";
import type { ModelOffer } from "../../protocol/modelOffers";
import type { ModelSource } from "../../protocol/models";
import type { CustomModel } from "./customModels";
import type { ModelUse } from "./modelUse";

/** Names of actions; package.json shows those of a row by its context value. */
export type ModelAction =
  | "useForChat"
  | "useForCompletion"
  | "unload"
  | "reveal"
  | "copyPath"
  | "verify"
  | "header"
  | "delete"
  | "download"
  | "cancel"
  | "resume"
  | "discard"
  | "removeEntry";

/** What a row is about. */
export type Subject =
  | { readonly kind: "group" }
  /** A line that only tells something. */
  | { readonly kind: "note" }
  | { readonly kind: "installed"; readonly model: InstalledModel; readonly use: ModelUse; readonly entry?: string }
  | { readonly kind: "offer"; readonly offer: ModelOffer }
  | { readonly kind: "running"; readonly source: ModelSource; readonly title: string }
  | { readonly kind: "unfinished"; readonly source: ModelSource; readonly title: string }
  | { readonly kind: "custom"; readonly custom: CustomModel };

export interface NodeIcon {
  /** Of VS Code's product icons. */
  readonly id: string;
  /** Of the theme; it underlines what the icon's shape and the words say, too. */
  readonly color?: string;
}

export interface ModelNode {
  /** Unique in the tree, and the same as long as it is about the same thing. */
  readonly id: string;
  readonly subject: Subject;
  readonly label: string;
  readonly description?: string;
  /** Markdown. */
  readonly tooltip?: string;
  readonly icon?: NodeIcon;
  /** What the icon says, for who does not see it. */
  readonly iconMeaning?: string;
  readonly actions: readonly ModelAction[];
  /** For the when clauses besides the actions, such as which of them stand in the row. */
  readonly flags?: readonly string[];
  readonly children?: readonly ModelNode[];
  /** Whether its children are shown when it appears for the first time. */
  readonly expanded?: boolean;
}

/** e.g. ";verify;delete;": when clauses look for ";verify;". */
export function contextValue({ subject, actions, flags = [] }: ModelNode): string {
  return `;${[subject.kind, ...actions, ...flags].join(";")};`;
}

/** Everything a row says, for screen readers. */
export function spokenLabel({ label, description, iconMeaning }: ModelNode): string {
  return [label, iconMeaning, description].filter((text) => text !== undefined && text !== "").join(", ");
}

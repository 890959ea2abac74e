/** What the commands of the models view have in common: the row they are about, and telling what went wrong. */
import { notifyError } from "../notifyUser";
import { chooseNode, type NodeSource } from "./chooseNode";
import type { ModelAction, ModelNode, Subject } from "./modelNode";

export type Handler = (...args: readonly unknown[]) => Promise<void>;
export type Installed = Extract<Subject, { kind: "installed" }>;

export class NodeCommands {
  constructor(private readonly view: NodeSource) {}

  /** A command on a row that has this action. */
  on(action: ModelAction, run: (node: ModelNode) => unknown): Handler {
    return (...args) =>
      telling(async () => {
        const node = await chooseNode(this.view, action, args);
        await (node && run(node));
      });
  }

  onInstalled(action: ModelAction, run: (subject: Installed) => unknown): Handler {
    return this.on(action, ({ subject }) => (subject.kind === "installed" ? run(subject) : undefined));
  }
}

/** What goes wrong is told; what the user cancels is not. */
export async function telling(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) {
      await notifyError(error);
    }
  }
}

/** Context for questions: the "@" list over the message box, and adding what is chosen there or by a command. */
import { assertNever } from "../../../base/assertNever";
import type { Suggestion } from "../../../protocol/chatView";
import type { CodeAttachment } from "../attachment";
import type { SuggestSource } from "../suggester";
import { parseItem, type ContextItem } from "./contextItem";
import type { ContextSource, Reading } from "./contextParts";

export interface ContextParts {
  readonly editor: ContextSource<"selection" | "openEditors">;
  readonly files: ContextSource<"file">;
  readonly attach: (attachment: CodeAttachment) => void;
  /** Says why there is nothing to attach. */
  readonly say: (message: string) => void;
}

export class Context implements SuggestSource {
  constructor(private readonly parts: ContextParts) {}

  async suggest(query: string, show: (items: readonly Suggestion[]) => void, signal: AbortSignal): Promise<void> {
    const { editor, files } = this.parts;
    const found: Suggestion[] = [];
    for (const source of [editor, files]) {
      found.push(...(await source.find(query, signal)));
      show([...found]);
    }
  }

  async pick(id: string): Promise<void> {
    const item = parseItem(id);
    if (item !== undefined) {
      await this.add(item);
    }
  }

  /** Adds what an entry stands for to the next question, or says why it cannot be added. */
  async add(item: ContextItem): Promise<void> {
    const reading = await this.read(item);
    if (reading.kind === "nothing") {
      this.parts.say(reading.message);
      return;
    }
    for (const attachment of reading.attachments) {
      this.parts.attach(attachment);
    }
  }

  private read(item: ContextItem): Promise<Reading> {
    const { editor, files } = this.parts;
    switch (item.kind) {
      case "file":
        return files.read(item);
      case "selection":
      case "openEditors":
        return editor.read(item);
      default:
        return assertNever(item);
    }
  }
}

/** Context for questions: the "@" list over the message box, and adding what is chosen there or by a command. */
import type { Translate } from "../../../base/localize";
import type { Suggestion } from "../../../protocol/chatView";
import type { CodeAttachment } from "../attachment";
import type { SuggestSource } from "../suggester";
import { parseItem, type ContextItem } from "./contextItem";
import type { ContextSource, Reading } from "./contextParts";
import { narrowToSymbols } from "./symbolSource";

export interface ContextSources {
  readonly editor: ContextSource<"selection" | "openEditors">;
  readonly problems: ContextSource<"problems">;
  readonly terminal: ContextSource<"terminal">;
  readonly changes: ContextSource<"changes">;
  readonly files: ContextSource<"file">;
  readonly symbols: ContextSource<"symbol">;
}

export interface ContextParts {
  readonly sources: ContextSources;
  /** The code of a document that a pasted text is, where it may be attached. */
  readonly findCode: (text: string) => Promise<readonly CodeAttachment[]>;
  readonly attach: (attachment: CodeAttachment) => void;
  readonly attached: () => readonly CodeAttachment[];
  /** Says why there is nothing to attach. */
  readonly say: (message: string) => void;
  readonly translate: Translate;
  readonly logError: (error: unknown) => void;
}

export class Context implements SuggestSource {
  constructor(private readonly parts: ContextParts) {}

  /**
   * Everything is asked at once and shown in one order, from its beginning to the first source that is not done: entries
   * never appear above the chosen one. Symbols, which may take a language server's time, are the last.
   */
  async suggest(query: string, show: (items: readonly Suggestion[]) => void, signal: AbortSignal): Promise<void> {
    const { editor, problems, terminal, changes, files, symbols } = this.parts.sources;
    const order = [editor, problems, terminal, changes, { find: narrowToSymbols }, files, symbols];
    const found: (readonly Suggestion[] | undefined)[] = order.map(() => undefined);
    const find = async (source: Pick<ContextSource<never>, "find">, index: number): Promise<void> => {
      try {
        found[index] = await source.find(query, signal);
      } catch (error) {
        found[index] = []; // the others go on
        this.parts.logError(error);
      }
      const pending = found.indexOf(undefined);
      show(found.slice(0, pending === -1 ? undefined : pending).flatMap((items) => items ?? []));
    };
    await Promise.all(order.map(find));
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

  /** Whether anything attached stands for something that may have changed since. */
  get needsRefresh(): boolean {
    return this.parts.attached().some(({ source }) => source !== undefined);
  }

  /**
   * Reads files, problems and changes again, for the question that is sent now: as in VS Code's own chat they stand for
   * what is there at that time. What can no longer be read goes as it was when it was attached, and that is said.
   */
  async refresh(): Promise<void> {
    for (const attachment of this.parts.attached()) {
      const item = attachment.source === undefined ? undefined : parseItem(attachment.source);
      if (item === undefined) {
        continue;
      }
      const reading = await this.read(item);
      if (reading.kind === "read") {
        reading.attachments.forEach(this.parts.attach);
      } else if (item.kind === "file") {
        this.parts.say(`${reading.message} ${this.parts.translate("The question has its text as it was when added.")}`);
      } else {
        this.parts.attach({ ...attachment, text: "(none)" }); // solved, or committed: that is the state of things
      }
    }
  }

  /** Attaches the code that a pasted text is; false where it is none, or is kept from the model: then it stays text. */
  async paste(text: string): Promise<boolean> {
    const found = await this.parts.findCode(text);
    found.forEach(this.parts.attach);
    return found.length > 0;
  }

  private read(item: ContextItem): Promise<Reading> {
    const { editor, problems, terminal, changes, files, symbols } = this.parts.sources;
    switch (item.kind) {
      case "file":
        return files.read(item);
      case "selection":
      case "openEditors":
        return editor.read(item);
      case "problems":
        return problems.read(item);
      case "terminal":
        return terminal.read(item);
      case "changes":
        return changes.read(item);
      case "symbol":
        return symbols.read(item);
    }
  }
}

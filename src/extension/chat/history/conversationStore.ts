/**
 * The saved conversations of a workspace. The files are the only truth, also for what other windows do: what is kept here is
 * a copy of their heads, taken again when a file has changed. Of two windows that save one conversation the last one counts,
 * but its title and its pin stay what somebody chose, wherever they did.
 */
import type { ConversationData } from "../conversationData";
import type { ConversationFiles, FileStamp } from "./conversationFiles";
import { ProblemList, type StoreProblem } from "./storeProblems";
import {
  headOf,
  nothingUnknown,
  parseStored,
  serializeStored,
  type ConversationHead,
  type StoredConversation,
} from "./storedConversation";

/** What is remembered of a file: enough to list it, and to write it again around a conversation that has gone on. */
interface Known {
  readonly stamp: FileStamp | undefined;
  /** Both absent for a file that cannot be read: one of a later version of the extension, or one without the permission. */
  readonly head?: ConversationHead;
  readonly kept?: Kept;
}

/** What a save takes over from the file. */
type Kept = Pick<StoredConversation, "pinned" | "unknown"> & Pick<ConversationData, "title">;

export class ConversationStore {
  private readonly known = new Map<string, Known>();
  /** One thing at a time: to change a file is to read it first. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly files: ConversationFiles,
    /** Gets what was found in the folder and is not shown, each file once. */
    private readonly report: (problem: StoreProblem) => void,
  ) {}

  /** All that can be read, the latest first. Files that are damaged are set aside and reported. */
  list(): Promise<readonly ConversationHead[]> {
    return this.inTurn(async () => {
      await this.refresh();
      return this.heads();
    });
  }

  /** `undefined` where there is none, or it cannot be read. */
  load(id: string): Promise<ConversationData | undefined> {
    return this.inTurn(async () => (await this.read(id))?.data);
  }

  /**
   * Writes a conversation as it is now. Its title in the file stays: `rename` changes it.
   * @throws Error where it cannot be written
   */
  save(data: ConversationData): Promise<void> {
    return this.inTurn(async () => {
      const stamp = await this.files.stamp(data.id);
      if (stamp === undefined || stamp !== this.known.get(data.id)?.stamp) {
        await this.read(data.id);
      }
      const known = this.known.get(data.id);
      if (known !== undefined && known.kept === undefined) {
        throw new Error(`The file of the conversation ${data.id} cannot be read, so it is not replaced`);
      }
      await this.write(merged(data, known?.kept));
    });
  }

  /** `save` for the moment in which the extension ends and nothing is waited for. */
  saveNow(data: ConversationData): void {
    const known = this.known.get(data.id);
    if (known === undefined || known.kept !== undefined) {
      this.files.writeNow(data.id, serializeStored(merged(data, known?.kept)));
    }
  }

  /** Nothing happens where the conversation is gone. @throws Error as `save` */
  rename(id: string, title: string): Promise<void> {
    return this.change(id, (stored) => ({ ...stored, data: { ...stored.data, title } }));
  }

  /** As `rename`. */
  pin(id: string, pinned: boolean): Promise<void> {
    return this.change(id, (stored) => ({ ...stored, pinned }));
  }

  /** Gives what was removed, so that it can be put back. */
  remove(id: string): Promise<StoredConversation | undefined> {
    return this.inTurn(async () => {
      const stored = await this.read(id);
      await this.forget(id);
      return stored;
    });
  }

  /** `remove` for the moment in which the extension ends. */
  removeNow(id: string): void {
    this.files.removeNow(id);
  }

  /** Puts back what was removed. @throws Error as `save` */
  restore(stored: StoredConversation): Promise<void> {
    return this.inTurn(() => this.write(stored));
  }

  /** Removes the oldest that are not pinned until at most `limit` are left. The one with the id `keep` stays in any case. */
  prune(limit: number, keep: string): Promise<void> {
    return this.inTurn(async () => {
      await this.refresh();
      const heads = this.heads();
      const oldestFirst = heads.filter(({ id, pinned }) => !pinned && id !== keep).reverse();
      for (const { id } of oldestFirst.slice(0, Math.max(0, heads.length - limit))) {
        await this.forget(id);
      }
    });
  }

  /** Whether the file is another one than this store last read or wrote; false where there is none. */
  changedElsewhere(id: string): Promise<boolean> {
    return this.inTurn(async () => {
      const stamp = await this.files.stamp(id);
      return stamp !== undefined && stamp !== this.known.get(id)?.stamp;
    });
  }

  private heads(): readonly ConversationHead[] {
    return [...this.known.values()]
      .flatMap(({ head }) => head ?? [])
      .sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1));
  }

  private async refresh(): Promise<void> {
    const entries = await this.files.list();
    const present = new Set(entries.map(({ id }) => id));
    for (const id of [...this.known.keys()].filter((each) => !present.has(each))) {
      this.known.delete(id);
    }
    const problems = new ProblemList();
    for (const { id, stamp } of entries) {
      if (this.known.get(id)?.stamp !== stamp) {
        await this.readFile(id, problems);
      }
    }
    problems.tell(this.report);
  }

  private async read(id: string): Promise<StoredConversation | undefined> {
    const problems = new ProblemList();
    const stored = await this.readFile(id, problems);
    problems.tell(this.report);
    return stored;
  }

  private async readFile(id: string, problems: ProblemList): Promise<StoredConversation | undefined> {
    const isNews = this.known.get(id)?.head !== undefined || !this.known.has(id);
    this.known.delete(id);
    const file = await this.files.read(id).catch(async (error: unknown) => {
      this.known.set(id, { stamp: await this.files.stamp(id) });
      problems.unreadable(isNews, `${id}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
    if (file === undefined) {
      return undefined;
    }
    const result = parseStored(id, file.text);
    if (result.kind === "conversation") {
      this.remember(result.stored, file.stamp);
      return result.stored;
    }
    if (result.kind === "newer") {
      this.known.set(id, { stamp: file.stamp });
      problems.newer(isNews);
    } else if ((await this.files.stamp(id)) === file.stamp) {
      await problems.damaged(result.reason, () => this.files.setAside(id));
    }
    return undefined;
  }

  private change(id: string, change: (stored: StoredConversation) => StoredConversation): Promise<void> {
    return this.inTurn(async () => {
      const stored = await this.read(id);
      if (stored !== undefined) {
        await this.write(change(stored));
      }
    });
  }

  private async write(stored: StoredConversation): Promise<void> {
    this.remember(stored, await this.files.write(stored.data.id, serializeStored(stored)));
  }

  private async forget(id: string): Promise<void> {
    await this.files.remove(id);
    this.known.delete(id);
  }

  private remember(stored: StoredConversation, stamp: FileStamp | undefined): void {
    const { data, pinned, unknown } = stored;
    this.known.set(data.id, { stamp, head: headOf(stored), kept: { title: data.title, pinned, unknown } });
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.queue.then(task);
    this.queue = result.catch(() => undefined); // whoever asked is told
    return result;
  }
}

function merged(data: ConversationData, kept: Kept | undefined): StoredConversation {
  return {
    data: kept === undefined ? data : { ...data, title: kept.title },
    pinned: kept?.pinned ?? false,
    unknown: kept?.unknown ?? nothingUnknown,
  };
}

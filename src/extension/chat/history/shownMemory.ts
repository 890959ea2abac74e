/**
 * Remembers which conversation is shown, in a file beside the conversations. VS Code's own state would do, but a window in a
 * browser writes it seconds later, and a reload or a crash before that shows another conversation.
 */
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { IdMemory } from "./chatHistory";

export class ShownMemory implements IdMemory {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {}

  get(key: string): unknown {
    try {
      return readFileSync(this.fileOf(key), "utf8");
    } catch {
      return undefined; // never written, or not readable: then the latest conversation is shown
    }
  }

  /** One write after the other, so that the last one stays. */
  update(key: string, value: string): Promise<void> {
    const write = this.writing.then(async () => {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFileAtomic(this.fileOf(key), value, { mode: 0o600 });
    });
    this.writing = write.catch(() => undefined); // told to whoever asked for it
    return write;
  }

  private fileOf(key: string): string {
    return path.join(this.folder, `${key}.id`);
  }
}

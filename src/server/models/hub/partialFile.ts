/**
 * The file that grows: takes pieces as they come, hashes them, and writes them in large blocks while the next ones come. What
 * an earlier attempt has left is hashed first.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { Hasher } from "./hasher";
import { codeOf } from "./systemErrors";

/** What can be lost with a process that is killed: it has come, and is not in the file yet. */
export const BUFFER_BYTES = 1 << 20;
/** A slow connection fills no buffer; what it has brought is written after so long. */
const FLUSH_MS = 1_000;

export class PartialFile {
  private hasher: Hasher;
  private buffer = sharedBuffer();
  private spare = sharedBuffer();
  private filled = 0;
  private written = 0;
  private writing: Promise<unknown> = Promise.resolve();
  private flushedAt = performance.now();
  private firstBytes = Buffer.alloc(0);

  private constructor(
    private readonly handle: fs.FileHandle,
    private readonly createHasher: () => Hasher,
  ) {
    this.hasher = createHasher();
  }

  /** Opens or creates; what is there counts from `readExisting` on. */
  static async open(file: string, createHasher: () => Hasher): Promise<PartialFile> {
    await fs.mkdir(path.dirname(file), { recursive: true });
    const handle = await fs.open(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o644);
    return new PartialFile(handle, createHasher);
  }

  /** How many bytes have come. */
  get bytes(): number {
    return this.written + this.filled;
  }

  /** The first four bytes, or as many as there are. */
  get magic(): string {
    return this.firstBytes.toString("latin1");
  }

  /** Hashes what is there, up to `mostBytes`; the rest is cut off. */
  async readExisting(mostBytes: number, onRead: (bytes: number) => void, signal: AbortSignal): Promise<void> {
    const { size } = await this.handle.stat();
    const end = Math.min(size, mostBytes);
    while (this.written < end) {
      signal.throwIfAborted();
      const length = Math.min(BUFFER_BYTES, end - this.written);
      const { bytesRead } = await this.handle.read(this.buffer, 0, length, this.written);
      if (bytesRead === 0) {
        break;
      }
      this.noteFirstBytes(this.buffer);
      await this.hasher.update(this.buffer.subarray(0, bytesRead));
      this.written += bytesRead;
      onRead(this.written);
    }
    await this.handle.truncate(this.written);
  }

  /** Takes the next piece. Resolves when there is room for another one; `undefined` where there is at once, as mostly. */
  append(piece: Buffer): Promise<void> | undefined {
    this.noteFirstBytes(piece);
    const isDue = performance.now() - this.flushedAt > FLUSH_MS;
    if (isDue || this.filled + piece.length >= BUFFER_BYTES) {
      return this.appendAndFlush(piece);
    }
    piece.copy(this.buffer, this.filled);
    this.filled += piece.length;
    return undefined;
  }

  private async appendAndFlush(piece: Buffer): Promise<void> {
    for (let offset = 0; offset < piece.length;) {
      const copied = piece.copy(this.buffer, this.filled, offset);
      offset += copied;
      this.filled += copied;
      if (this.filled === BUFFER_BYTES) {
        await this.flush();
      }
    }
    if (performance.now() - this.flushedAt > FLUSH_MS) {
      await this.flush();
    }
  }

  /** Begins anew. */
  async clear(): Promise<void> {
    await this.settle();
    this.filled = 0;
    this.written = 0;
    this.hasher.dispose();
    this.hasher = this.createHasher();
    this.firstBytes = Buffer.alloc(0);
    await this.handle.truncate(0);
  }

  /** The SHA-256 of all that has come, which is on the disk then; nothing can be added afterwards. */
  async finish(): Promise<{ readonly sha256: string; readonly bytes: number }> {
    await this.flush();
    await this.settle();
    const [{ size }, sha256] = await Promise.all([this.handle.stat(), this.hasher.digest(), sync(this.handle)]);
    return { sha256, bytes: size };
  }

  /** Writes what has come and closes. */
  async close(): Promise<void> {
    try {
      await this.flush();
      await this.settle();
    } finally {
      this.hasher.dispose();
      await this.handle.close();
    }
  }

  private noteFirstBytes(piece: Buffer): void {
    if (this.firstBytes.length < 4) {
      this.firstBytes = Buffer.concat([this.firstBytes, piece.subarray(0, 4 - this.firstBytes.length)]);
    }
  }

  /** Begins to write and hash one buffer when that is done with the other one. */
  private async flush(): Promise<void> {
    await this.settle();
    this.flushedAt = performance.now();
    if (this.filled === 0) {
      return;
    }
    const [full, length, position] = [this.buffer, this.filled, this.written];
    [this.buffer, this.spare] = [this.spare, full];
    this.filled = 0;
    this.written += length;
    const block = full.subarray(0, length);
    this.writing = Promise.all([writeAll(this.handle, block, position), this.hasher.update(block)]);
    this.writing.catch(() => undefined); // reported by the next settle()
  }

  private async settle(): Promise<void> {
    await this.writing;
  }
}

/** So that no cut of the power leaves a name without its content. Some network file systems know no such thing. */
async function sync(handle: fs.FileHandle): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    if (!["EINVAL", "ENOSYS", "ENOTSUP"].includes(codeOf(error) ?? "")) {
      throw error;
    }
  }
}

/** In memory that the hashing thread sees too. */
function sharedBuffer(): Buffer {
  return Buffer.from(new SharedArrayBuffer(BUFFER_BYTES));
}

async function writeAll(handle: fs.FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

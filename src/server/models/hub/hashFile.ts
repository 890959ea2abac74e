/** The SHA-256 of a file: reads one block while the thread hashes the other. */
import * as fs from "node:fs/promises";
import type { Hasher } from "./hasher";

const BLOCK_BYTES = 4 << 20;

/** `onRead` gets how many bytes have been read so far. Rejects with the system's error, or the signal's reason. */
export async function hashFile(
  file: string,
  createHasher: () => Hasher,
  onRead: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const handle = await fs.open(file, "r");
  const hasher = createHasher();
  try {
    let [block, spare] = [sharedBlock(), sharedBlock()];
    let hashing: Promise<void> = Promise.resolve();
    for (let position = 0; ;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(block, 0, BLOCK_BYTES, position);
      await hashing;
      if (bytesRead === 0) {
        return await hasher.digest();
      }
      hashing = hasher.update(block.subarray(0, bytesRead));
      hashing.catch(() => undefined); // reported by the next await
      [block, spare] = [spare, block];
      position += bytesRead;
      onRead(position);
    }
  } finally {
    hasher.dispose();
    await handle.close();
  }
}

function sharedBlock(): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(BLOCK_BYTES));
}

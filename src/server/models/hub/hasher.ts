/** SHA-256 of blocks that come one after the other: in a thread of its own, so that it costs the download no time. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { Worker } from "node:worker_threads";

export interface Hasher {
  /** Resolves when the block may be changed again. */
  update(block: Uint8Array): Promise<void>;
  /** In hexadecimal digits; nothing can be added afterwards. */
  digest(): Promise<string>;
  dispose(): void;
}

/** In this thread. */
export function inlineHasher(): Hasher {
  const hash = createHash("sha256");
  return {
    update: (block) => {
      hash.update(block);
      return Promise.resolve();
    },
    digest: () => Promise.resolve(hash.digest("hex")),
    dispose: () => undefined,
  };
}

/** What the thread is sent: a block in shared memory, or the wish for the sum. It answers each with a text. */
export type ToHashThread = { readonly block: Uint8Array } | "digest";

/** In a thread that runs dist/hashThread.js. Blocks must lie in shared memory, else each is copied. */
export function threadHasher(modulePath: string): Hasher {
  const worker = new Worker(modulePath);
  const ask = async (message: ToHashThread): Promise<string> => {
    const answered = once(worker, "message"); // rejects where the thread fails
    worker.postMessage(message);
    const values: unknown[] = await answered;
    return String(values[0]);
  };
  return {
    update: async (block) => {
      await ask({ block });
    },
    digest: () => ask("digest"),
    dispose: () => void worker.terminate(),
  };
}

/** The arithmetic of memory against what llama.cpp says it allocates: its log names every buffer with its size. */
import * as assert from "node:assert/strict";
import { LocalEngine } from "../../src/server/engine/localEngine";
import { memoryNeed } from "../../src/server/models/fit/memory";
import { inspectFile } from "../../src/server/models/inspect";
import type { ModelRole } from "../../src/protocol/engine";
import { tinyCodeModelPath, tinyLlamaOrSkip } from "../support/models";

/** What LocalEngine evaluates at once on a CPU. */
const BATCH_TOKENS = 128;
const TOLERANCE = 0.15;

interface Case {
  readonly contextSize: number;
  readonly roles: readonly ModelRole[];
}

const both: readonly ModelRole[] = ["completion", "chat"];

suite("the estimate of a model's memory", () => {
  let onLog: (message: string) => void = () => undefined;
  // One for all tests: the log of a second backend in a process does not always come.
  const engine = new LocalEngine((_level, message) => {
    onLog(message);
  });

  suiteTeardown(() => engine.dispose());

  for (const { contextSize, roles } of [
    { contextSize: 256, roles: ["chat"] },
    { contextSize: 512, roles: ["chat"] },
    { contextSize: 512, roles: both },
  ] satisfies Case[]) {
    test(`of the tiny model for ${roles.join(" and ")} with ${String(contextSize)} tokens is what is allocated`, async () => {
      await assertEstimate(tinyCodeModelPath, { contextSize, roles });
    });
  }

  for (const { contextSize, roles } of [
    { contextSize: 512, roles: ["chat"] },
    { contextSize: 2048, roles: ["chat"] },
    { contextSize: 2048, roles: both },
  ] satisfies Case[]) {
    test(`of TinyLlama for ${roles.join(" and ")} with ${String(contextSize)} tokens is what is allocated`, async function () {
      await assertEstimate(await tinyLlamaOrSkip(this), { contextSize, roles });
    });
  }

  async function assertEstimate(path: string, { contextSize, roles }: Case): Promise<void> {
    const { shape } = await inspectFile(path);
    assert.ok(shape !== undefined);
    const context = { contextTokens: contextSize, sequences: roles.length, batchTokens: BATCH_TOKENS };
    const estimate = memoryNeed(shape, context);
    const { kvBytes, computeBytes } = await allocation(path, { contextSize, roles });
    assertClose(estimate.kvBytes, kvBytes, "KV cache");
    assertClose(estimate.totalBytes, shape.weightBytes + kvBytes + computeBytes, "all");
  }

  /** Loads the model and waits until the log, which comes a little later, has told of both buffers. */
  async function allocation(
    path: string,
    { contextSize, roles }: Case,
  ): Promise<Record<"kvBytes" | "computeBytes", number>> {
    const told = { kvBytes: 0, computeBytes: 0 };
    const all = new Promise<void>((resolve) => {
      onLog = (message) => {
        told.kvBytes ||= bufferSize(message, "KV");
        told.computeBytes ||= bufferSize(message, "compute");
        if (told.kvBytes > 0 && told.computeBytes > 0) {
          resolve();
        }
      };
    });
    const options = { path, roles, gpu: "cpu", gpuLayers: null, threads: 1, contextSize, adapters: [] } as const;
    const model = await engine.load(options, () => undefined, new AbortController().signal);
    await all;
    await model.dispose();
    return told;
  }
});

/** e.g. "llama_kv_cache:        CPU KV buffer size =     9.00 MiB" */
function bufferSize(message: string, kind: string): number {
  const mib = new RegExp(`\\b${kind} buffer size =\\s+([\\d.]+) MiB`).exec(message)?.[1] ?? "0";
  return Number(mib) * 1024 ** 2;
}

function assertClose(estimate: number, real: number, what: string): void {
  const off = Math.abs(estimate - real) / real;
  assert.ok(off <= TOLERANCE, `${what}: ${String(estimate)} estimated, ${String(real)} allocated`);
}

/** What models would have to run on: this machine, with the room of what is loaded now. */
import assert from "node:assert/strict";
import { machineNow, type MachineFacts } from "../../../../src/server/models/machineNow";

const GB = 1024 ** 3;
const shape = { weightBytes: 4 * GB, layers: 32, kvHeads: 32, headSize: 128, embedding: 4096, vocabulary: 32_000 };
const options = { roles: ["chat"], gpu: "auto", gpuLayers: null, threads: null, adapters: [] } as const;
const facts: MachineFacts = {
  graphics: { name: "RTX 3070", freeBytes: 3 * GB, sharesMemory: false },
  availableBytes: 10 * GB,
  memoryBytesPerSecond: 20e9,
  loaded: [],
  shapeOf: () => Promise.resolve(shape),
  settings: { contextSize: 2048 },
};
const loaded = [{ ...options, path: "/models/a.gguf", contextSize: 2048 }];
/** Keys and values of 2048 tokens. */
const KV = 32 * 32 * 128 * 4 * 2048;

suite("the machine as it is now", () => {
  test("has the graphics memory of what is loaded, which would make room", async () => {
    assert.equal((await machineNow(facts)).machine.gpu?.freeBytes, 3 * GB);
    const free = (await machineNow({ ...facts, loaded })).machine.gpu?.freeBytes ?? 0;
    assert.ok(free >= 7 * GB + KV && free < 7.5 * GB + KV, String(free));
  });

  test("has in ordinary memory all of it but its weights, which are mapped", async () => {
    const { machine } = await machineNow({ ...facts, graphics: undefined, loaded });
    assert.ok(machine.memory.freeBytes >= 10 * GB + KV && machine.memory.freeBytes < 11 * GB + KV);
  });

  test("counts only what is known of a file that cannot be read", async () => {
    const { machine } = await machineNow({ ...facts, loaded, shapeOf: () => Promise.resolve(undefined) });
    assert.equal(machine.gpu?.freeBytes, 3 * GB);
  });

  test("loads a model with the configured context, or what it was trained with where that is less", async () => {
    const { contextFor, fitFor } = await machineNow(facts);
    assert.deepEqual(
      [4096, 512, 0].map((trained) => contextFor(trained).contextTokens),
      [2048, 512, 2048],
    );
    assert.ok(fitFor(shape, 4096).neededBytes > fitFor(shape, 512).neededBytes);
  });
});

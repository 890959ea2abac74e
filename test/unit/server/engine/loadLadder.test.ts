/** What is given up where memory does not suffice, and in which order. */
import * as assert from "node:assert/strict";
import type { LoadOptions } from "../../../../src/server/engine/engine";
import { loadLadder } from "../../../../src/server/engine/loadLadder";

const options: LoadOptions = {
  path: "/m.gguf",
  roles: ["chat"],
  gpu: "auto",
  gpuLayers: null,
  threads: null,
  contextSize: 4096,
  adapters: [],
};
const steps = (changed: Partial<LoadOptions>, layers?: number): unknown[] =>
  loadLadder({ ...options, ...changed }, layers).map(({ options: { gpuLayers, contextSize }, reduced }) => [
    reduced,
    gpuLayers,
    contextSize,
  ]);

suite("load ladder", () => {
  test("with a graphics card: fewer layers, then less context, then the CPU", () => {
    assert.deepEqual(steps({}, 32), [
      [undefined, null, 4096],
      ["fewerGpuLayers", 16, 4096],
      ["smallerContext", 16, 2048],
      ["noGpu", 0, 4096],
    ]);
  });

  test("on the CPU there is only the context to give up", () => {
    assert.deepEqual(steps({ gpu: "cpu" }, 32), [
      [undefined, null, 4096],
      ["smallerContext", null, 2048],
    ]);
  });

  test("a small context is not made smaller", () => {
    assert.deepEqual(steps({ gpu: "cpu", contextSize: 1024 }, 32), [[undefined, null, 1024]]);
  });

  test("layers that were asked for are halved, unknown ones are not", () => {
    assert.deepEqual(steps({ gpuLayers: 20 }, 32)[1], ["fewerGpuLayers", 10, 4096]);
    assert.deepEqual(steps({})[1], ["smallerContext", null, 2048]);
  });
});

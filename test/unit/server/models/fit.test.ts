/** Whether a model fits, by arithmetic, and which one is recommended. */
import * as assert from "node:assert/strict";
import { CATALOGUE } from "../../../../src/server/models/catalogue/catalogue";
import { fitOf, type Machine } from "../../../../src/server/models/fit/fit";
import {
  kvBytesPerToken,
  memoryNeed,
  type ContextShape,
  type ModelShape,
} from "../../../../src/server/models/fit/memory";
import { offersFor } from "../../../../src/server/models/fit/recommend";

const GIB = 1024 ** 3;
const context: ContextShape = { contextTokens: 4096, sequences: 1, batchTokens: 512 };

function shapeOf(id: string, quantization = "Q4_K_M"): ModelShape {
  const model = CATALOGUE.find((candidate) => candidate.id === id);
  const file = model?.files.find((candidate) => candidate.quantization === quantization);
  assert.ok(model !== undefined && file !== undefined, id);
  return { ...model.shape, weightBytes: file.bytes };
}

function machine(memoryGib: number, gpuGib?: number): Machine {
  const gpu = { name: "card", freeBytes: (gpuGib ?? 0) * GIB, sharesMemory: false, bytesPerSecond: 400e9 };
  return {
    memory: { freeBytes: memoryGib * GIB, bytesPerSecond: 40e9 },
    ...(gpuGib === undefined ? {} : { gpu }),
  };
}

suite("memory of a model", () => {
  for (const [id, bytes] of [
    ["llama-2-7b", 524_288],
    ["llama-2-13b", 819_200],
    ["llama-2-70b", 327_680],
    ["codellama-34b", 196_608],
  ] as const) {
    test(`a token of ${id} takes ${String(bytes)} bytes of KV cache`, () => {
      assert.equal(kvBytesPerToken(shapeOf(id)), bytes);
    });
  }

  test("a context of 4,096 tokens of a 7B model takes 2 GiB, and twice that for two roles", () => {
    const model = shapeOf("llama-2-7b-chat");
    assert.equal(memoryNeed(model, context).kvBytes, 2 * GIB);
    assert.equal(memoryNeed(model, { ...context, sequences: 2 }).kvBytes, 4 * GIB);
  });

  test("the total is its parts", () => {
    const need = memoryNeed(shapeOf("codellama-13b"), context);
    assert.equal(need.totalBytes, need.weightBytes + need.kvBytes + need.computeBytes);
  });
});

suite("fit of a model", () => {
  const seven = shapeOf("llama-2-7b-chat");

  for (const [what, where, kind] of [
    ["a large card holds all of it", machine(16, 12), "gpu"],
    ["a small card holds some layers", machine(16, 4), "partly"],
    ["a card without room is not used", machine(16, 0.5), "cpu"],
    ["without a card the CPU computes", machine(16), "cpu"],
    ["with too little memory it does not fit", machine(4), "none"],
    ["what the card holds is not needed in memory", machine(4, 5), "partly"],
  ] as const) {
    test(what, () => {
      assert.equal(fitOf(seven, context, where).kind, kind);
    });
  }

  test("where the card shares the machine's memory, that memory is counted once", () => {
    const small = machine(4, 5);
    const gpu = small.gpu === undefined ? {} : { gpu: { ...small.gpu, sharesMemory: true } };
    assert.equal(fitOf(seven, context, { ...small, ...gpu }).kind, "none");
  });

  test("a card is faster than no card, and part of one is in between", () => {
    const speeds = [machine(16), machine(16, 4), machine(16, 12)].map(
      (where) => fitOf(seven, context, where).tokensPerSecond ?? 0,
    );
    assert.deepEqual(
      speeds,
      [...speeds].sort((a, b) => a - b),
    );
    assert.ok(new Set(speeds).size === 3);
  });

  test("what does not fit has no speed", () => {
    assert.equal(fitOf(seven, context, machine(1)).tokensPerSecond, undefined);
  });
});

suite("recommendation", () => {
  const recommended = (where: Machine): (string | undefined)[] => {
    const { chat, completion } = offersFor(where, () => context);
    return [chat?.file.name, completion?.file.name];
  };

  test("a machine of 16 GB without a card gets 7B models that it can wait for", () => {
    assert.deepEqual(recommended(machine(13)), ["codellama-7b-instruct.Q4_K_M.gguf", "codellama-7b.Q4_K_M.gguf"]);
  });

  test("a card of 24 GB gets 13B models or larger", () => {
    const [chat, completion] = recommended(machine(32, 23));
    assert.match(chat ?? "", /34b|13b/);
    assert.equal(completion, "codellama-13b.Q4_K_M.gguf");
  });

  test("a machine with hardly any memory is offered what it can run", () => {
    assert.deepEqual(recommended(machine(2.5)), ["tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf", undefined]);
  });

  test("what fits the card comes first, what does not fit last", () => {
    const kinds = offersFor(machine(16, 12), () => context).all.map(({ fit }) => fit.kind);
    assert.deepEqual(
      kinds,
      [...kinds].sort((a, b) => "gpu partly cpu none".indexOf(a) - "gpu partly cpu none".indexOf(b)),
    );
    assert.equal(kinds.at(-1), "none");
  });
});

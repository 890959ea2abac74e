/** What a header says, from the entries that conversions really have. */
import * as assert from "node:assert/strict";
import { describeModel, isLanguageModel, shapeOf } from "../../../../src/server/models/describe";
import { LANGUAGE_MODEL } from "../../../support/ggufFile";

const LLAMA_2_7B = { ...LANGUAGE_MODEL, "general.name": "LLaMA v2" };
const infill = {
  "tokenizer.ggml.prefix_token_id": 32_007,
  "tokenizer.ggml.suffix_token_id": 32_008,
  "tokenizer.ggml.middle_token_id": 32_009,
};
const describe = (name: string, more: Record<string, unknown> = {}): ReturnType<typeof describeModel> =>
  describeModel(`/models/${name}.gguf`, 1000, { metadata: { ...LLAMA_2_7B, ...more } });

suite("description of a model", () => {
  test("names architecture, quantisation, context and tokenizer", () => {
    const { name, architecture, quantization, trainedContext, tokenizer } = describe("llama-2-7b.Q4_K_M");
    assert.deepEqual(
      [name, architecture, quantization, trainedContext, tokenizer],
      ["llama-2-7b.Q4_K_M", "llama", "Q4_K_M", 4096, "llama"],
    );
  });

  test("chats by its name, or by a template in its header", () => {
    assert.equal(describe("llama-2-7b").capabilities.chat, false);
    assert.equal(describe("llama-2-7b-chat").capabilities.chat, true);
    assert.equal(describe("codellama-7b-instruct").capabilities.chat, true);
    const { capabilities, promptFormat } = describe("tiny", { "tokenizer.chat_template": "<|user|>{{ x }}" });
    assert.deepEqual([capabilities.chat, promptFormat], [true, "template"]);
  });

  test("fills in by the ids in its header, or by the pieces of its vocabulary", () => {
    assert.equal(describe("llama-2-7b").capabilities.infill, false);
    assert.equal(describe("codellama-7b", infill).capabilities.infill, true);
    const pieces = { "tokenizer.ggml.tokens": ["<s>", "▁<PRE>", "▁<SUF>", "▁<MID>", "▁<EOT>"] };
    assert.equal(describe("codellama-7b", pieces).capabilities.infill, true);
  });

  test("an old conversion of Code Llama has no rope base, which is warned of", () => {
    const codeLlama = { ...infill, "llama.context_length": 16_384 };
    assert.ok(describe("codellama-7b", codeLlama).warnings.includes("noRopeBase"));
    const newer = describe("codellama-7b", { ...codeLlama, "llama.rope.freq_base": 1e6 });
    assert.equal(newer.ropeBase, 1e6);
    assert.ok(!newer.warnings.includes("noRopeBase"));
    assert.ok(!describe("llama-2-7b").warnings.includes("noRopeBase"), "Llama 2 needs none");
  });

  test("another architecture is warned of", () => {
    assert.ok(describe("other", { "general.architecture": "gpt2" }).warnings.includes("otherArchitecture"));
  });

  test("a split file says which part it is", () => {
    assert.deepEqual(describe("part", { "split.no": 1, "split.count": 3 }).part, { index: 2, count: 3 });
    assert.equal(describe("whole", { "split.count": 1 }).part, undefined);
  });
});

suite("shape of a model", () => {
  test("is read from the header", () => {
    assert.deepEqual(shapeOf(1000, { metadata: LLAMA_2_7B }), {
      weightBytes: 1000,
      layers: 32,
      kvHeads: 32,
      headSize: 128,
      embedding: 4096,
      vocabulary: 3,
    });
  });

  test("without heads of keys and values, each head has its own", () => {
    const metadata = { ...LLAMA_2_7B, "llama.attention.head_count_kv": undefined };
    assert.equal(shapeOf(1000, { metadata })?.kvHeads, 32);
  });

  test("a file that is no language model has none", () => {
    assert.equal(shapeOf(1000, { metadata: { "general.architecture": "clip" } }), undefined);
  });
});

suite("whether a file is a language model", () => {
  const cases: readonly (readonly [what: string, more: Record<string, unknown>, expected: boolean])[] = [
    ["Llama 2", {}, true],
    ["one of another architecture", { "general.architecture": "qwen2" }, true],
    ["one whose header says that it is a model", { "general.type": "model" }, true],
    ["an adapter", { "general.type": "adapter" }, false],
    ["what sees for another model", { "general.architecture": "clip" }, false],
    ["what makes vectors", { "general.architecture": "nomic-bert" }, false],
    ["a language model that was trained to make vectors", { "llama.pooling_type": 3 }, false],
    ["one whose vectors are not pooled", { "llama.pooling_type": 0 }, true],
    ["what has no tokenizer", { "tokenizer.ggml.model": undefined }, false],
  ];
  for (const [what, more, expected] of cases) {
    test(`${what}: ${expected ? "yes" : "no"}`, () => {
      assert.equal(isLanguageModel({ metadata: { ...LLAMA_2_7B, ...more } }), expected);
    });
  }
});

/** Encoding with a real tokenizer: nothing is lost, and nothing in a text becomes a special token. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { encode, promptText } from "../../../src/prompt/encode";
import { continuation, markup, special, text } from "../../../src/prompt/segments";
import type { Vocabulary } from "../../../src/prompt/tokenizer";
import { metaVocabularyOrSkip, tinyVocabulary } from "../../support/vocabularies";

/** Code, names of special tokens, and all that is hard about Unicode, in any order. SentencePiece reads "▁" as a space. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<s>",
        "</s>",
        " <PRE>",
        "<SUF>",
        "▁<MID>",
        " <EOT>",
        "<EOT><EOT>",
        "[INST]",
        "<unk>",
        "<0x0A>",
        "☺",
      ),
      fc.constantFrom(
        " ",
        "    ",
        "\t",
        "\n",
        "\r\n",
        "\0",
        "\u{1f600}",
        "\u{1f468}\u200d\u{1f469}",
        "e\u0301",
        "ﬁ",
        "\ufeff",
        "\ud800",
      ),
      fc.constantFrom("const x = 1;", "def f(self):", "// größer", "名前"),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((parts) => parts.join(""));

/** What a tokenizer sees of a text: lone surrogates are no characters. */
function seen(value: string): string {
  return Buffer.from(value, "utf8").toString("utf8").replaceAll("▁", " ");
}

function checkRoundTrip(vocabulary: Vocabulary): void {
  const check = fc.property(anyText, (value) => {
    const tokens = encode([text(value)], vocabulary);
    const continued = encode([continuation(value)], vocabulary);
    assert.equal(vocabulary.decode(tokens), value === "" ? "" : ` ${seen(value)}`);
    assert.equal(vocabulary.decode(continued), seen(value));
    assert.deepEqual(
      [...tokens, ...continued].filter((id) => vocabulary.specialText(id) !== undefined),
      [],
    );
  });
  fc.assert(check, { numRuns: 300 });
}

suite("Encoding with the tiny model's vocabulary", () => {
  let tiny: Vocabulary | undefined;
  suiteSetup(async function () {
    tiny = await tinyVocabulary(this);
  });

  const vocabulary = (): Vocabulary => {
    assert.ok(tiny);
    return tiny;
  };

  test("any text decodes to itself and gives no special token", () => {
    checkRoundTrip(vocabulary());
  });

  test("a continuation works where the anchor is several byte tokens", () => {
    assert.ok(vocabulary().tokenize("☺").length > 2);
    assert.equal(vocabulary().decode(encode([continuation("  x\n")], vocabulary())), "  x\n");
  });

  test("markup finds special tokens, text beside it does not, and both are encoded as one", () => {
    const tokens = encode([markup("<s><|user|>\n"), text("He</s>llo"), markup("</s>\n")], vocabulary());
    assert.deepEqual(
      tokens.filter((id) => vocabulary().specialText(id) !== undefined),
      [1, 2],
    );
    assert.deepEqual(tokens.slice(1, tokens.indexOf(2)), vocabulary().tokenize("<|user|>\nHe</s>llo"));
    assert.equal(promptText(tokens, vocabulary()), "<s><|user|>\nHe</s>llo</s>\n");
  });

  test("a name that is half markup and half text is no special token", () => {
    assert.deepEqual(encode([markup("<"), text("s>")], vocabulary()), vocabulary().tokenize("<s>"));
  });

  test("the prompt's text joins characters of several tokens and drops SentencePiece's own space only", () => {
    const tokens = encode(
      [special("bos"), text("  \u{1f600}é"), special("eos"), special("bos"), text("x")],
      vocabulary(),
    );
    assert.equal(promptText(tokens, vocabulary()), "<s>  \u{1f600}é</s><s>x");
  });

  test("no segments are no tokens", () => {
    assert.deepEqual(encode([], vocabulary()), []);
    assert.deepEqual(encode([text(""), continuation(""), markup("")], vocabulary()), []);
    assert.equal(promptText([], vocabulary()), "");
  });
});

suite("Encoding with Code Llama's vocabulary", () => {
  let loaded: Vocabulary | undefined;
  suiteSetup(async function () {
    loaded = await metaVocabularyOrSkip(this, "codellama-vocab");
  });

  test("any text decodes to itself and gives no special token", () => {
    assert.ok(loaded);
    checkRoundTrip(loaded);
  });

  test("a file with thousands of infill names costs tokenizing in proportion to its length", () => {
    assert.ok(loaded);
    const counted = countCharacters(loaded);
    const file = " <EOT> x".repeat(3000);
    const tokens = encode([text(file)], counted.vocabulary);
    assert.equal(loaded.decode(tokens), ` ${file}`);
    assert.ok(counted.characters() < 4 * file.length, String(counted.characters()));
  });
});

function countCharacters(vocabulary: Vocabulary): { vocabulary: Vocabulary; characters: () => number } {
  let characters = 0;
  const tokenize = (value: string): number[] => {
    characters += value.length;
    return vocabulary.tokenize(value);
  };
  return { vocabulary: { ...vocabulary, tokenize }, characters: () => characters };
}

/** Code Llama's infilling prompts, token for token, and where they need care. */
import * as assert from "node:assert/strict";
import { encode, promptText } from "../../../src/prompt/encode";
import {
  infillForm,
  infillSegments,
  prefixSegments,
  splitTrailingWhitespace,
  type InfillForm,
} from "../../../src/prompt/infill";
import type { Vocabulary } from "../../../src/prompt/tokenizer";
import { infillVectors } from "../../support/promptVectors";
import { metaVocabularyOrSkip, tinyVocabulary, type MetaVocabulary } from "../../support/vocabularies";

const forms: readonly InfillForm[] = ["psm", "spm"];
const names: readonly MetaVocabulary[] = ["codellama-vocab", "codellama-vocab-noids"];
for (const name of names) {
  suite(`Infilling with ${name}`, () => {
    let loaded: Vocabulary | undefined;
    suiteSetup(async function () {
      loaded = await metaVocabularyOrSkip(this, name);
    });

    const vocabulary = (): Vocabulary => {
      assert.ok(loaded);
      return loaded;
    };

    for (const vector of infillVectors) {
      for (const form of forms) {
        test(`gives the reference's tokens: ${vector.name}, ${form}`, () => {
          assert.deepEqual(encode(infillSegments(vector.prefix, vector.suffix, form), vocabulary()), vector[form]);
        });
      }
    }

    test("knows the infill tokens and what ends infilling", () => {
      const ids = (["prefix", "suffix", "middle"] as const).map((token) => vocabulary().specialToken(token));
      assert.deepEqual(ids, [32007, 32008, 32009]);
      const ends = [2, 32010, 32011, 32012, 32013, 32014, 32015];
      assert.deepEqual(
        Array.from({ length: 32016 }, (_, id) => id).filter((id) => vocabulary().endsAnswer(id)),
        ends,
      );
    });

    const files = [
      "<EOT>",
      " <EOT>",
      "x <EOT> y <PRE>\n<SUF> <MID>",
      "a <EOT><EOT> <EOT>",
      "▁<EOT>",
      "\u00e9\u{1f600} <EOT>",
    ];
    for (const file of files) {
      test(`a file that says ${JSON.stringify(file)} gives no infill token, and its text is whole`, () => {
        for (const form of forms) {
          const tokens = encode(infillSegments(file, file, form), vocabulary());
          assert.equal(tokens.filter((id) => id >= 32007).length, 3);
          const written = file.replaceAll("▁", " ");
          const expected =
            form === "psm" ? `<s><PRE>${written}<SUF>${written}<MID>` : `<s><PRE><SUF>${written}<MID>${written}`;
          assert.equal(promptText(tokens, vocabulary()), expected);
        }
      });
    }

    test("text with the name of an infill token is encoded as a vocabulary without infill tokens encodes it", () => {
      assert.deepEqual(
        encode(prefixSegments("x <PRE> y <EOT>"), vocabulary()),
        [1, 921, 529, 15094, 29958, 343, 529, 29923, 2891, 29958],
      );
    });
  });
}

suite("Infilling without Meta's vocabulary", () => {
  let tiny: Vocabulary | undefined;
  suiteSetup(async function () {
    tiny = await tinyVocabulary(this);
  });

  test("uses the ids in the model's header", () => {
    assert.ok(tiny);
    const vocabulary = tiny;
    const text = (tokens: readonly number[]): string => promptText(tokens, vocabulary);
    const psm = encode(infillSegments("a = 1\n", "  b\n", "psm"), vocabulary);
    const spm = encode(infillSegments("a = 1\n", "  b\n", "spm"), vocabulary);
    assert.deepEqual([psm.slice(0, 2), psm.at(-1)], [[1, 3], 5]);
    assert.deepEqual(spm.slice(0, 3), [1, 3, 4]);
    assert.equal(text(psm), "<s><PRE>a = 1\n<SUF>  b\n<MID>");
    assert.equal(text(spm), "<s><PRE><SUF>  b\n<MID>a = 1\n");
    assert.equal(vocabulary.endsAnswer(6), true);
  });

  test("a model without infill tokens is never sent any", async function () {
    const vocabulary = await metaVocabularyOrSkip(this, "llama2-vocab");
    assert.throws(() => encode(infillSegments("a", "b", "psm"), vocabulary), /no prefix token/);
    assert.deepEqual(encode(prefixSegments("Hello"), vocabulary), [1, 15043]);
  });
});

suite("The form of an infilling prompt", () => {
  const cases: readonly (readonly [string, InfillForm])[] = [
    ["‸", "spm"],
    ["a = 1\n‸", "spm"],
    ["    ‸", "spm"],
    ["return ‸", "spm"],
    ["foo(‸", "spm"],
    ["foo.‸", "spm"],
    ["ret‸", "psm"],
    ["x1‸", "psm"],
    ["a_‸", "psm"],
    ["größe‸", "psm"],
    ["名‸", "psm"],
    ["𝑥‸", "psm"],
    ["$‸", "psm"],
  ];
  for (const [code, form] of cases) {
    test(`${JSON.stringify(code)} is asked as ${form}`, () => {
      assert.equal(infillForm(code.slice(0, code.indexOf("‸"))), form);
    });
  }
});

suite("White space before the cursor", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["def f():\n    ", "def f():\n", "    "],
    ["\t \t", "", "\t \t"],
    ["a = ", "a =", " "],
    ["a\n", "a\n", ""],
    ["a\r\n", "a\r\n", ""],
    ["", "", ""],
    [`x${" ".repeat(5000)}`, "x", " ".repeat(5000)],
  ];
  for (const [prefix, kept, heldBack] of cases) {
    test(`of ${JSON.stringify(prefix.slice(0, 20))} the prompt gets ${JSON.stringify(kept)}`, () => {
      assert.deepEqual(splitTrailingWhitespace(prefix), { prefix: kept, heldBack });
    });
  }
});

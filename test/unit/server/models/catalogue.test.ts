/** The catalogue's data holds together: nothing can be downloaded to find a slip of the pen. */
import * as assert from "node:assert/strict";
import { CATALOGUE, findInCatalogue } from "../../../../src/server/models/catalogue/catalogue";
import type { CatalogueModel } from "../../../../src/server/models/catalogue/catalogueModel";

const files = CATALOGUE.flatMap((model) => model.files.map((file) => ({ model, file })));

/** Bits of a weight in each quantisation, with the larger types that a few tensors have (llama.cpp's quantize table). */
const bitsPerWeight: Readonly<Record<string, readonly [least: number, most: number]>> = {
  Q2_K: [2.6, 3.5],
  Q4_0: [4.5, 4.7],
  Q4_K_S: [4.5, 4.7],
  Q4_K_M: [4.7, 4.95],
  Q5_K_S: [5.4, 5.65],
  Q5_K_M: [5.6, 5.8],
  Q6_K: [6.5, 6.7],
  Q8_0: [8.4, 8.6],
};

suite("catalogue", () => {
  test("has Llama 2 in three sizes, base and chat, Code Llama in three, base and Instruct, and one to try", () => {
    const names = (wanted: RegExp): number => CATALOGUE.filter(({ name }) => wanted.test(name)).length;
    assert.equal(names(/^Llama 2 (7|13|70)B( Chat)?$/), 6);
    assert.equal(names(/^Code Llama (7|13|34)B( Instruct)?$/), 6);
    assert.equal(CATALOGUE.length, 13);
    for (const { id, files: own } of CATALOGUE) {
      assert.ok(
        own.some(({ quantization }) => quantization === "Q4_K_M"),
        `${id} has no Q4_K_M`,
      );
    }
  });

  test("every checksum is a sha256, and no two files have the same", () => {
    const hashes = files.flatMap(({ file }) => (file.sha256 === undefined ? [] : [file.sha256]));
    assert.ok(hashes.length > 30);
    for (const hash of hashes) {
      assert.match(hash, /^[0-9a-f]{64}$/);
    }
    assert.equal(new Set(hashes).size, hashes.length);
  });

  test("file names are those of their model and quantisation", () => {
    for (const { model, file } of files) {
      assert.equal(file.name, `${model.id}.${file.quantization}.gguf`);
    }
  });

  test("a file is as large as its weights in its quantisation", () => {
    for (const { model, file } of files) {
      const bits = (8 * file.bytes) / model.parameters;
      const [least, most] = bitsPerWeight[file.quantization] ?? [0, 0];
      assert.ok(bits > least && bits < most, `${file.name}: ${bits.toFixed(2)} bits a weight`);
    }
  });

  test("files stand smallest first", () => {
    for (const { files: own } of CATALOGUE) {
      assert.deepEqual(
        own.map(({ bytes }) => bytes),
        own.map(({ bytes }) => bytes).sort((a, b) => a - b),
      );
    }
  });

  test("only Code Llama 7B and 13B fill in the middle", () => {
    const infilling = CATALOGUE.filter(({ infill }) => infill).map(({ id }) => id);
    assert.deepEqual(infilling, ["codellama-7b", "codellama-7b-instruct", "codellama-13b", "codellama-13b-instruct"]);
    const vocabulary = ({ shape }: CatalogueModel): number => shape.vocabulary;
    assert.ok(CATALOGUE.every((model) => (vocabulary(model) === 32_016) === model.infill));
  });

  test("a file is found by its repository and name", () => {
    const found = findInCatalogue("TheBloke/CodeLlama-13B-GGUF", "codellama-13b.Q4_K_M.gguf");
    assert.equal(found?.file.sha256, "b889f38ea793b823756e0eb9d3b60a5c5061c2df2d99b6f2fdb7c28328f043ce");
    assert.equal(found.model.name, "Code Llama 13B");
    assert.equal(findInCatalogue("TheBloke/CodeLlama-13B-GGUF", "other.gguf"), undefined);
  });
});

import assert from "node:assert/strict";
import * as fc from "fast-check";
import { TextStream } from "../../../src/server/engine/textStream";

/** Tokens are bytes of UTF-8: the worst case of SentencePiece's byte fallback. */
const decodeBytes = (tokens: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(tokens));
const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

suite("text stream", () => {
  test("gives a character only when it is whole", () => {
    const stream = new TextStream(decodeBytes);
    assert.deepEqual(
      bytesOf("é😀").map((byte) => stream.push(byte)),
      ["", "é", "", "", "", "😀"],
    );
  });

  test("keeps the space a token begins with", () => {
    const stream = new TextStream((tokens) => tokens.map((token) => [" the", " end"][token] ?? "").join(""));
    assert.equal(stream.push(0) + stream.push(1), " the end");
  });

  test("drops the pieces of an unfinished character at the end", () => {
    const stream = new TextStream(decodeBytes);
    const text = [...bytesOf("ab"), 0xf0, 0x9f].map((byte) => stream.push(byte)).join("");
    assert.equal(text + stream.end(), "ab");
  });

  test("lets bytes through that never become a character", () => {
    const stream = new TextStream(decodeBytes);
    const text = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x61].map((byte) => stream.push(byte)).join("");
    assert.ok(text.endsWith("a"));
  });

  test("gives any text back in pieces that are whole characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(!text.includes("\uFFFD"));
        const stream = new TextStream(decodeBytes);
        const pieces = bytesOf(text).map((byte) => stream.push(byte));
        assert.ok(pieces.every((piece) => !piece.includes("\uFFFD")));
        assert.equal(pieces.join("") + stream.end(), text);
      }),
    );
  });
});

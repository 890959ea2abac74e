/** What is kept of files and conversations that do not fit. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { ChatTurn } from "../../../src/protocol/engine";
import { fitInfill, type InfillTexts } from "../../../src/prompt/fitInfill";
import { fitTurns } from "../../../src/prompt/fitTurns";

/** A token for every four characters begun: about what code needs. */
const countQuarters = (text: string): number => Math.ceil(text.length / 4);

function lines(count: number, first = 0): string {
  return Array.from({ length: count }, (_, index) => `line ${String(first + index)} = value;\n`).join("");
}

/** Whether no surrogate pair was parted. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

suite("Fitting the code around the cursor", () => {
  test("takes both texts whole where they fit", () => {
    const texts = { prefix: lines(10), suffix: lines(10, 10) };
    assert.deepEqual(fitInfill({ ...texts, budgetTokens: 1000, count: countQuarters }), texts);
  });

  test("takes empty texts", () => {
    const texts = { prefix: "", suffix: "" };
    assert.deepEqual(fitInfill({ ...texts, budgetTokens: 10, count: countQuarters }), texts);
  });

  test("keeps the lines next to the cursor, three quarters of them before it, cut at line boundaries", () => {
    const prefix = lines(1000);
    const suffix = lines(1000, 1000);
    const fitted = fitInfill({ prefix, suffix, budgetTokens: 800, count: countQuarters });
    assert.ok(prefix.endsWith(fitted.prefix) && suffix.startsWith(fitted.suffix));
    assert.match(fitted.prefix, /^line \d+ = value;\n/);
    assert.match(fitted.suffix, /value;\n$/);
    const [before, after] = [countQuarters(fitted.prefix), countQuarters(fitted.suffix)];
    assert.ok(before > 500 && before <= 670, String(before));
    assert.ok(after > 130 && after <= 200, String(after));
    assert.ok(before + after <= 800);
  });

  const shares: readonly (readonly [string, number, number])[] = [
    ["a short prefix leaves its share to the suffix", 5, 1000],
    ["a short suffix leaves its share to the prefix", 1000, 5],
  ];
  for (const [behaviour, before, after] of shares) {
    test(behaviour, () => {
      const texts = { prefix: lines(before), suffix: lines(after) };
      const fitted = fitInfill({ ...texts, budgetTokens: 800, count: countQuarters });
      const used = countQuarters(fitted.prefix) + countQuarters(fitted.suffix);
      assert.ok(used > 650 && used <= 800, String(used));
      assert.ok(before > after ? fitted.suffix === texts.suffix : fitted.prefix === texts.prefix);
    });
  }

  test("the cut stays where it is while the user types, but for a step now and then", () => {
    const file = lines(2000);
    const starts = new Set<number>();
    const ends = new Set<string>();
    for (let typed = 0; typed < 400; typed++) {
      const prefix = file + "x".repeat(typed);
      const fitted = fitInfill({ prefix, suffix: file, budgetTokens: 800, count: countQuarters });
      starts.add(prefix.length - fitted.prefix.length);
      ends.add(fitted.suffix);
    }
    assert.ok(starts.size <= 3, `the start moved ${String(starts.size - 1)} times in 400 keystrokes`);
    assert.equal(ends.size, 1);
  });

  const hugeFiles: readonly (readonly [string, string])[] = [
    ["of ordinary lines", lines(250_000)],
    ["of a single line", "abcdefgh".repeat(650_000)],
    ["of empty lines", "\n".repeat(5_000_000)],
    ["of spaces", " ".repeat(5_000_000)],
    ["of emoji, which are several tokens each", "\u{1f600}".repeat(2_500_000)],
  ];
  for (const [kind, file] of hugeFiles) {
    test(`a file of five million characters ${kind} is never tokenized whole`, () => {
      let calls = 0;
      let longest = 0;
      const count = (text: string): number => {
        calls++;
        longest = Math.max(longest, text.length);
        return kind.startsWith("of emoji") ? text.length * 2 : countQuarters(text);
      };
      const fitted = fitInfill({ prefix: file, suffix: file, budgetTokens: 3000, count });
      assert.ok(calls <= 20, `${String(calls)} calls`);
      assert.ok(longest <= 8 * 3000, `${String(longest)} characters in one call`);
      assert.ok(fitted.prefix.length > 500 && fitted.suffix.length > 150);
      assert.ok(isWellFormed(fitted.prefix) && isWellFormed(fitted.suffix));
    });
  }

  test("the result always fits and always touches the cursor", () => {
    const piece = fc.constantFrom("\n", "a = 1;\n", "  ", "\u{1f600}", "x".repeat(100), "\r\n", "名前");
    const file = fc.array(piece, { maxLength: 200 }).map((parts) => parts.join(""));
    const check = fc.property(file, file, fc.integer({ min: 0, max: 400 }), (prefix, suffix, budgetTokens) => {
      const count = (text: string): number => Buffer.byteLength(text);
      const fitted: InfillTexts = fitInfill({ prefix, suffix, budgetTokens, count });
      assert.ok(prefix.endsWith(fitted.prefix) && suffix.startsWith(fitted.suffix));
      assert.ok(count(fitted.prefix) + count(fitted.suffix) <= budgetTokens);
      assert.ok(isWellFormed(fitted.prefix) && isWellFormed(fitted.suffix));
    });
    fc.assert(check, { numRuns: 300 });
  });
});

suite("Fitting a conversation", () => {
  const system: ChatTurn = { role: "system", content: "s".repeat(40) };
  /** Ten tokens for each text of forty characters, two more around each turn. */
  const count = (turns: readonly ChatTurn[]): number =>
    turns.reduce((sum, { content }) => sum + 2 + countQuarters(content), 0);
  const pair = (index: number): ChatTurn[] => [
    { role: "user", content: `question ${String(index)}`.padEnd(40, ".") },
    { role: "assistant", content: `answer ${String(index)}`.padEnd(40, ".") },
  ];
  const conversation = (pairs: number): ChatTurn[] => [
    system,
    ...Array.from({ length: pairs }, (_, index) => pair(index)).flat(),
    { role: "user", content: `question ${String(pairs)}`.padEnd(40, ".") },
  ];

  test("keeps everything that fits", () => {
    const turns = conversation(3);
    assert.deepEqual(fitTurns(turns, count(turns), count), { kind: "fits", turns, droppedPairs: 0 });
  });

  test("drops whole pairs, oldest first; the system turn and the newest turns stay", () => {
    const turns = conversation(30);
    const fitted = fitTurns(turns, 400, count);
    assert.ok(fitted.kind === "fits");
    assert.ok(count(fitted.turns) <= 400);
    assert.ok(fitted.droppedPairs > 0);
    assert.deepEqual(fitted.turns, [system, ...turns.slice(1 + 2 * fitted.droppedPairs)]);
  });

  test("over sixty turns drops several pairs at once, and seldom", () => {
    const drops = Array.from({ length: 60 }, (_, pairs) => {
      const fitted = fitTurns(conversation(pairs), 400, count);
      assert.ok(fitted.kind === "fits");
      assert.ok(count(fitted.turns) <= 400);
      assert.ok(pairs < 15 || count(fitted.turns) >= 0.65 * 400, "no more history is lost than need be");
      return fitted.droppedPairs;
    });
    assert.deepEqual(
      drops,
      drops.toSorted((a, b) => a - b),
      "what was dropped stays dropped",
    );
    const changes = drops.filter((dropped, index) => index > 0 && dropped !== drops[index - 1]).length;
    assert.ok(changes <= 60 / 3, `${String(changes)} times in 60 turns`);
  });

  test("drops every pair where only the last question fits", () => {
    const last: ChatTurn = { role: "user", content: "x".repeat(1500) };
    const turns = [...conversation(5).slice(0, -1), last];
    assert.deepEqual(fitTurns(turns, 400, count), { kind: "fits", turns: [system, last], droppedPairs: 5 });
  });

  test("says how long the prompt is where even system text and question do not fit", () => {
    const turns: ChatTurn[] = [system, ...pair(0), { role: "user", content: "x".repeat(4000) }];
    assert.deepEqual(fitTurns(turns, 400, count), { kind: "tooLong", tokens: 1014 });
  });
});

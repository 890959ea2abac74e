/** Earlier answers found again: `‸` is the cursor, and the part of the text before it is the place. */
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { placeAfter, placeOf, typedSince, type Place } from "../../../../src/extension/inline/place";
import { SuggestionCache } from "../../../../src/extension/inline/suggestionCache";

function at(textWithCursor: string, uri = "file:///a.py"): Place {
  const [before = "", after = ""] = textWithCursor.split("‸");
  return placeOf(uri, before, after);
}

const insert = (text: string, replaceAfter = 0) => ({ text, replaceAfter });

suite("suggestion cache", () => {
  const LONG = "x = 1\n".repeat(1_000);
  const cases: [name: string, asked: string, answer: string, now: string, left: [string, number] | undefined][] = [
    ["the same place", "return ‸", "a + b", "return ‸", ["a + b", 0]],
    ["typed through", "return ‸", "a + b", "return a +‸", [" b", 0]],
    ["typed to the end", "return ‸", "a + b", "return a + b‸", undefined],
    ["typed something else", "return ‸", "a + b", "return c‸", undefined],
    ["before the place", "return ‸", "a + b", "return‸", undefined],
    ["another text after the cursor", "return ‸\nend", "a", "return ‸\nfin", undefined],
    ["several lines", "if x:‸", "\n    a()\n    b()", "if x:\n    a‸", ["()\n    b()", 0]],
    ["CRLF", "if x:‸\r\nend", "\n    a()", "if x:\r\n    ‸\r\nend", ["a()", 0]],
    ["a bracket closed by the editor", "print‸", "(a, b)", "print(‸)", ["a, b)", 1]],
    ["a bracket closed by the editor, after which text goes on", "f‸ + 1", "(a)", "f(‸) + 1", ["a)", 1]],
    ["brackets in brackets", "f‸", "(g[0])", "f(g[‸])", ["0])", 2]],
    ["a quote closed by the editor", "x = ‸", '"abc"', 'x = "‸"', ['abc"', 1]],
    ["typed over the closed bracket", "f‸", "(a) + 1", "f(a)‸", [" + 1", 0]],
    ["a bracket that the suggestion leaves open", "f‸", "(a,\n", "f(‸)", ["a,\n", 0]],
    ["a bracket that the user typed, not the editor", "f‸", "xy", "f‸)", undefined],
    ["a long document", `${LONG}return ‸${LONG}`, "a + b", `${LONG}return a‸${LONG}`, [" + b", 0]],
    ["another line of a long document", `${LONG}return ‸`, "a", `${LONG}y\nreturn ‸`, undefined],
    [
      "a document that grows over the limit",
      `${"y".repeat(1_995)}‸`,
      "0123456789",
      `${"y".repeat(1_995)}01234567‸`,
      ["89", 0],
    ],
    ["nothing to suggest", "x‸", "", "x‸", undefined],
  ];
  for (const [name, asked, answer, now, left] of cases) {
    test(`${name}: ${left === undefined ? "not reused" : "reused"}`, () => {
      const cache = new SuggestionCache();
      cache.add(at(asked), answer === "" ? [] : [insert(answer)]);
      const [found] = cache.find(at(now))?.candidates ?? [];
      assert.deepEqual(found, left === undefined ? undefined : insert(...left));
    });
  }

  test("whatever part of a suggestion is typed, its rest is what is left", () => {
    const code = fc.array(fc.constantFrom("a", "b1", " ", "\n", "(", ")", "é😀", '"', ";"), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(code, code, code, fc.nat(), (before, after, parts, share) => {
        const [prefix, suffix, text] = [before.join(""), after.join(""), parts.join("")];
        const typed = share % text.length;
        const cache = new SuggestionCache();
        cache.add(at(`${prefix}‸${suffix}`), [insert(text)]);
        const [found] = cache.find(at(`${prefix}${text.slice(0, typed)}‸${suffix}`))?.candidates ?? [];
        // a text of repetitions can be typed in two ways; the shorter one counts
        assert.ok(found !== undefined && text.endsWith(found.text), JSON.stringify(found));
        assert.ok(found.text.length >= text.length - typed);
        assert.equal(found.replaceAfter, 0);
      }),
    );
  });

  test("what was narrowed by typing is whole again when it is deleted, and is the same suggestion", () => {
    const cache = new SuggestionCache();
    cache.add(at("return ‸"), [insert("a + b")]);
    const whole = cache.find(at("return ‸"));
    const narrowed = cache.find(at("return a ‸"));
    assert.deepEqual([whole?.narrowed, narrowed?.narrowed], [false, true]);
    assert.equal(narrowed?.id, whole?.id);
    assert.deepEqual(cache.find(at("return ‸")), whole);
  });

  test("an empty answer is known at its place only", () => {
    const cache = new SuggestionCache();
    cache.add(at("x‸"), []);
    assert.deepEqual(cache.find(at("x‸"))?.candidates, []);
    assert.equal(cache.find(at("xy‸")), undefined);
  });

  test("of several candidates those that agree with what was typed are left", () => {
    const cache = new SuggestionCache();
    cache.add(at("f(‸"), [insert("abc"), insert("abd"), insert("xyz")]);
    assert.deepEqual(cache.find(at("f(ab‸"))?.candidates, [insert("c"), insert("d")]);
  });

  test("documents are kept apart, and all is forgotten when asked to", () => {
    const cache = new SuggestionCache();
    cache.add(at("x‸"), [insert("1")]);
    assert.equal(cache.find(at("x‸", "file:///b.py")), undefined);
    cache.clear();
    assert.equal(cache.find(at("x‸")), undefined);
  });

  test("the place after an accepted suggestion is found when it is accepted", () => {
    const cache = new SuggestionCache();
    cache.add(placeAfter(at("f(‸)\nend"), insert("a)", 1)), [insert("\ng()")]);
    assert.deepEqual(cache.find(at("f(a)‸\nend"))?.candidates, [insert("\ng()")]);
  });

  test("what was typed between two places", () => {
    assert.deepEqual(typedSince(at("a‸"), at("abc‸"), 5), { text: "bc", autoClosed: 0 });
    assert.deepEqual(typedSince(at("a‸"), at("a(‸)"), 5), { text: "(", autoClosed: 1 });
    assert.equal(typedSince(at("a‸"), at("abc‸"), 1), undefined);
    assert.equal(typedSince(at("ab‸"), at("a‸"), 5), undefined);
  });
});

/** Where in the message the list over it opens, and what a choice leaves there. The cursor is `‸`. */
import * as assert from "node:assert/strict";
import { typedAt, withReplacement, withTrigger, type Replaced } from "../../../../src/webview/suggest/trigger";

function typed(textWithCursor: string): ReturnType<typeof typedAt> {
  return typedAt(textWithCursor.replace("‸", ""), textWithCursor.indexOf("‸"));
}

function shown({ text, cursor }: Replaced): string {
  return `${text.slice(0, cursor)}‸${text.slice(cursor)}`;
}

suite("triggers in the message box", () => {
  const places: readonly (readonly [text: string, trigger: string | undefined, query?: string])[] = [
    ["@‸", "@", ""],
    ["@kn‸", "@", "kn"],
    ["Explain @knn.py‸ to me", "@", "knn.py"],
    ["Explain @kn‸n.py", "@", "kn"],
    ["line\n@git‸", "@", "git"],
    ["(@fi‸", "@", "fi"],
    ["user@example‸", undefined],
    ["@knn.py ‸", undefined],
    ["plain‸", undefined],
    ["‸@knn", undefined],
    ["/‸", "/", ""],
    ["/ex‸", "/", "ex"],
    ["  /fix‸", "/", "fix"],
    ["use /fix‸", undefined],
    ["either/or‸", undefined],
    ["/fix ‸", undefined],
    ["/fix @kn‸", "@", "kn"],
  ];
  for (const [text, trigger, query] of places) {
    test(`${JSON.stringify(text)} ${trigger === undefined ? "opens no list" : `opens that of ${trigger} for "${query!}"`}`, () => {
      assert.deepEqual(typed(text) && [typed(text)!.trigger, typed(text)!.query], trigger && [trigger, query]);
    });
  }

  test("a choice takes the place of what was typed, and the cursor stands behind it", () => {
    const text = "Explain @sy to me";
    assert.equal(shown(withReplacement(text, typed("Explain @sy‸ to me")!, "@symbol:")), "Explain @symbol:‸ to me");
  });

  test("a choice that inserts nothing leaves no two spaces behind", () => {
    assert.equal(shown(withReplacement("Explain @kn now", typed("Explain @kn‸ now")!, "")), "Explain ‸now");
    assert.equal(shown(withReplacement("@kn", typed("@kn‸")!, "")), "‸");
  });

  test("the button types its trigger as a word of its own", () => {
    assert.equal(shown(withTrigger("", 0, "@")), "@‸");
    assert.equal(shown(withTrigger("What is this?", 13, "@")), "What is this? @‸");
    assert.equal(shown(withTrigger("What ", 5, "@")), "What @‸");
  });
});

import assert from "node:assert/strict";
import { isDependency, signatureOf } from "../../../../src/extension/engine/declarationPolicy";

suite("what is told of a declaration", () => {
  const hovers: readonly (readonly [string, string, string])[] = [
    [
      "TypeScript's",
      "```typescript\n(method) Shop.total(tax: number): number\n```\nAdds all.",
      "Shop.total(tax: number): number",
    ],
    ["Python's", "```python\ndef total(tax: float) -> float\n```", "def total(tax: float) -> float"],
    [
      "several lines",
      "text\n\n```ts\nfunction f(\n  a: string,\n): void\n```\n\n```ts\nother\n```",
      "function f(\n  a: string,\n): void",
    ],
    ["no code at all", "Adds **all**.", ""],
    ["an empty block", "```ts\n```", ""],
  ];
  for (const [what, markdown, expected] of hovers) {
    test(`of a hover with ${what}, the code of its first block`, () => {
      assert.equal(signatureOf(markdown), expected);
    });
  }

  test("folders of packages hold what others have written", () => {
    assert.ok(isDependency("/shop/node_modules/lodash/index.d.ts"));
    assert.ok(isDependency("/shop/.venv/lib/python3.12/site-packages/requests/api.py"));
    assert.ok(!isDependency("/shop/src/vendors.ts"));
  });
});

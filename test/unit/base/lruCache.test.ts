/** The map of bounded size. */
import * as assert from "node:assert/strict";
import { LruCache } from "../../../src/base/lruCache";

suite("LRU cache", () => {
  test("drops what was used longest ago", () => {
    const cache = new LruCache<string, number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    assert.equal(cache.get("a"), 1);
    cache.set("c", 3);
    assert.equal(cache.get("b"), undefined);
    assert.deepEqual(cache.newestFirst(), [
      ["c", 3],
      ["a", 1],
    ]);
  });

  test("keeps one value for a key, and nothing once cleared", () => {
    const cache = new LruCache<string, number>(2);
    cache.set("a", 1);
    cache.set("a", 2);
    assert.deepEqual(cache.newestFirst(), [["a", 2]]);
    cache.clear();
    assert.deepEqual(cache.newestFirst(), []);
  });
});

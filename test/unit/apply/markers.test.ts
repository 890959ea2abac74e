import assert from "node:assert/strict";
import { isMarker } from "../../../src/apply/markers";

const markers = [
  "// ... existing code ...",
  "// ...",
  "// … rest of the file …",
  "// rest of the code unchanged",
  "// Rest of your component remains the same",
  "# ... other methods",
  "# ... (rest of the code)",
  "# Existing code here",
  "# (unchanged)",
  "/* ... */",
  "/* ... existing styles ... */",
  "{/* ... existing code ... */}",
  "<!-- ... existing head ... -->",
  "<!-- rest of the page -->",
  "-- ... existing columns, code omitted ...",
  "; ... remaining code ...",
  "% ... rest ...",
  "...",
  "…",
  "// other imports stay the same",
  "// same as before",
  "# ... código existente ...",
  "// resto del código sin cambios",
  "// ... restlicher Code ...",
  "// ... code existant ...",
];

const code = [
  "// Loading...",
  "// Adds the given number to the result",
  "// The rest is handled by the caller, which knows about all of it and more than that",
  "# TODO: keep the old value",
  "// existing users are not asked again",
  "return rest;",
  "#include <existing.h>",
  "print('...')",
  "...args,",
  "/** Other options. */ const a = 1;",
  "// This value remains in the cache",
];

suite("places where a model left code out", () => {
  for (const text of markers) {
    test(`${text} is one`, () => {
      assert.ok(isMarker(text));
    });
  }
  for (const text of code) {
    test(`${text} is none`, () => {
      assert.ok(!isMarker(text));
    });
  }
});

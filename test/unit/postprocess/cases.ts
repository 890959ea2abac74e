/** Runs tables of completions through the product's filters: the cursor in the code is ‸. */
import assert from "node:assert/strict";
import type { Indentation } from "../../../src/postprocess/filter";
import { postprocess, type Shown } from "../../../src/postprocess/pipeline";
import { completionContext } from "../../../src/server/completionShape";

export interface Case {
  readonly name: string;
  readonly code: string;
  readonly answer: string;
  readonly shown: string;
  readonly replaced?: number;
  readonly reason?: string;
  readonly languageId?: string;
  readonly heldBack?: string;
  readonly indentation?: Indentation;
}

function shownFor({ code, answer, languageId = "typescript", heldBack = "", indentation }: Case): Shown {
  const [prefix = "", suffix = ""] = code.split("‸");
  return postprocess(answer, completionContext({ languageId, prefix, suffix, heldBack, indentation }));
}

export function testCases(cases: readonly Case[]): void {
  for (const each of cases) {
    test(each.name, () => {
      const { shown, replaced = 0, reason } = each;
      const expected = { text: shown, replaceSuffixChars: replaced, ...(reason === undefined ? {} : { reason }) };
      const got = shownFor(each);
      assert.deepEqual(
        reason === undefined ? { text: got.text, replaceSuffixChars: got.replaceSuffixChars } : got,
        expected,
      );
    });
  }
}

/** Whether a block is a piece that begins or ends in the middle of something. Pure. */
import type { SourceLine } from "./source";

/** It closes what it does not open, or opens what it does not close: no outline says how it goes together with a file. */
export function isFragment({ lines }: { readonly lines: readonly SourceLine[] }): boolean {
  let depth = 0;
  let least = 0;
  for (const { text } of lines) {
    for (const [bracket] of withoutTexts(text).matchAll(/[{}()[\]]/g)) {
      depth += "{([".includes(bracket) ? 1 : -1;
      least = Math.min(least, depth);
    }
  }
  return depth !== 0 || least < 0;
}

/** Without what stands in quotes on one line, in patterns, and in comments. */
function withoutTexts(text: string): string {
  return text.replace(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/(?:[^/\\\s]|\\.)+\/|^[*#].*/g,
    "",
  );
}

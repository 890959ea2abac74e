/** Which brackets a piece of code leaves open, and which it closes that it did not open. Takes masked code: see `literals.ts`. */

const CLOSER_OF: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);
const CLOSERS = new Set(CLOSER_OF.values());

export interface Closer {
  readonly index: number;
  readonly bracket: string;
}

export interface BracketBalance {
  /** The closing brackets still missing, the innermost last. */
  readonly missing: readonly string[];
  /** The closing brackets that close something before the code, in order. */
  readonly unmatched: readonly Closer[];
}

export function balanceOf(code: string): BracketBalance {
  const missing: string[] = [];
  const unmatched: Closer[] = [];
  for (let index = 0; index < code.length; index++) {
    const bracket = code.charAt(index);
    const closer = CLOSER_OF.get(bracket);
    if (closer !== undefined) {
      missing.push(closer);
    } else if (CLOSERS.has(bracket)) {
      if (missing.at(-1) === bracket) {
        missing.pop();
      } else if (missing.length === 0) {
        unmatched.push({ index, bracket });
      }
    }
  }
  return { missing, unmatched };
}

/** A line that does nothing but close blocks: brackets, or the word some languages write for them. */
export function isClosingLine(line: string): boolean {
  return /^\s*(?:[)\]}>]+[;,]*|(?:end|fi|done|esac|endif|endfor|endwhile)\b;?)\s*$/.test(line);
}

/** A line that begins by closing a block, and may open the next: `} else {`. */
export function beginsWithCloser(line: string): boolean {
  return /^\s*(?:[)\]}]|<\/|\/>|(?:end|fi|done|esac)\b)/.test(line);
}

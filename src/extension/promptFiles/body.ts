/** Reads the text below the front matter: what is said, and where the variables stand. Pure. */
import { nearestNames } from "../../base/nearest";
import { warningAt, type Problem, type Span } from "./problem";
import { isVariableName, VARIABLE_NAMES, type VariableName } from "./variables";

export type BodyPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: VariableName; readonly span: Span };

export interface Body {
  readonly parts: readonly BodyPart[];
  readonly problems: readonly Problem[];
}

/**
 * `\{{` stands for two braces. Braces that are no variable stay in the text, so that a prompt can speak about templates.
 * Places count from the start of the file, where the body begins at `offset`.
 */
export function parseBody(text: string, offset = 0): Body {
  const parts: BodyPart[] = [];
  const problems: Problem[] = [];
  let literal = "";
  const flush = (): void => {
    if (literal !== "") {
      parts.push({ kind: "text", text: literal.replaceAll("\r\n", "\n") });
      literal = "";
    }
  };
  let at = 0;
  for (const { index, 0: braces } of text.matchAll(/\\\{\{|\{\{(?!\{)/g)) {
    if (index < at) {
      continue; // inside of what was read already
    }
    literal += text.slice(at, index);
    if (braces.startsWith("\\")) {
      literal += "{{";
      at = index + braces.length;
      continue;
    }
    const found = variableAt(text, index);
    const span = { start: offset + index, end: offset + found.end };
    if (found.name !== undefined && isVariableName(found.name)) {
      flush();
      parts.push({ kind: "variable", name: found.name, span });
    } else {
      literal += text.slice(index, found.end);
      problems.push(warningAt(span, faultOf(found.name)));
    }
    at = found.end;
  }
  literal += text.slice(at);
  flush();
  return { parts, problems };
}

/** What stands between the braces at `start`; no name where they are not closed on their line. */
function variableAt(text: string, start: number): { readonly name?: string; readonly end: number } {
  const rest = /^\{\{((?:(?!\{\{|\}\})[^\r\n])*)(\}\})?/.exec(text.slice(start));
  const [whole = "{{", inner = "", closing] = rest ?? [];
  return closing === undefined
    ? { end: start + whole.trimEnd().length }
    : { name: inner.trim(), end: start + whole.length };
}

function faultOf(name: string | undefined): Problem["fault"] {
  return name === undefined
    ? { kind: "unclosedVariable" }
    : { kind: "unknownVariable", name, nearest: nearestNames(name, VARIABLE_NAMES, 1)[0] };
}

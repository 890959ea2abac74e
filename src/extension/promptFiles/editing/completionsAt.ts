/** What can be written at a place of a prompt file: variables in the text, keys and values in the front matter. Pure. */
import { splitFile } from "../frontMatter";
import { isSamplingKey, KEYS, SAMPLING_KEYS, type Key } from "../keys";
import type { Span } from "../problem";
import type { Sampling } from "../../../protocol/sampling";
import { VARIABLE_NAMES, type VariableName } from "../variables";

export type Offered =
  | { readonly kind: "variable"; readonly name: VariableName }
  | { readonly kind: "key"; readonly name: Key | keyof Sampling }
  | { readonly kind: "value"; readonly name: string };

export interface Completions {
  /** What the chosen text takes the place of. */
  readonly replaces: Span;
  readonly items: readonly { readonly offered: Offered; readonly insert: string }[];
}

const NONE: readonly never[] = [];

export function completionsAt(text: string, offset: number): Completions {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const parts = splitFile(text);
  const inFrontMatter = "fault" in parts ? parts.fault.kind === "unclosedFrontMatter" : offset <= parts.yaml.end;
  return inFrontMatter ? frontMatterAt(text, offset, line) : variablesAt(text, offset, line);
}

function variablesAt(text: string, offset: number, line: string): Completions {
  const [, typed] = /(?<!\\)\{\{[ \t]*(\w*)$/.exec(line) ?? [];
  if (typed === undefined) {
    return { replaces: { start: offset, end: offset }, items: NONE };
  }
  const [rest = "", closing] = /^\w*([ \t]*\}\})?/.exec(text.slice(offset)) ?? [];
  const end = offset + rest.length - (closing?.length ?? 0);
  return {
    replaces: { start: offset - typed.length, end },
    items: VARIABLE_NAMES.map((name) => ({
      offered: { kind: "variable", name },
      insert: closing === undefined ? `${name}}}` : name,
    })),
  };
}

function frontMatterAt(text: string, offset: number, line: string): Completions {
  const start = offset - (/\w*$/.exec(line)?.[0].length ?? 0);
  const end = offset + (/^\w*/.exec(text.slice(offset))?.[0].length ?? 0);
  const replaces = { start, end };
  if (/^needsSelection:[ \t]+\w*$/.test(line)) {
    const values = ["true", "false"].map((name) => ({ offered: { kind: "value", name }, insert: name }) as const);
    return { replaces, items: values };
  }
  if (!/^[ \t]*\w*$/.test(line) || offset === 0) {
    return { replaces, items: NONE };
  }
  const indented = /^[ \t]/.test(line);
  const present = new Set([...text.matchAll(/^[ \t]*(\w+):/gm)].map(([, key]) => key));
  const keys: readonly (Key | keyof Sampling)[] = indented ? Object.keys(SAMPLING_KEYS).filter(isSamplingKey) : KEYS;
  return {
    replaces,
    items: keys
      .filter((name) => !present.has(name))
      .map((name) => ({ offered: { kind: "key", name }, insert: name === "sampling" ? "sampling:\n  " : `${name}: ` })),
  };
}

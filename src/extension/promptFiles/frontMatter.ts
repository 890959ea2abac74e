/** Finds the front matter of a prompt file and reads its YAML, with the place of every key and value. Pure. */
import { isMap, isNode, isScalar, parseDocument } from "yaml";
import { errorAt, type Problem, type Span } from "./problem";

/** Where the parts of a file stand. */
export interface FileParts {
  /** The YAML between the two lines of dashes. */
  readonly yaml: Span;
  /** Everything after the second line of dashes. */
  readonly body: Span;
}

export type YamlValue =
  | { readonly kind: "scalar"; readonly value: unknown }
  | { readonly kind: "map"; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "other" };

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue;
  /** The key's, where there is no value. */
  readonly valueSpan: Span;
}

/** The parts of the file, or what is missing of them. */
export function splitFile(text: string): FileParts | Problem {
  const opening = /^\uFEFF?---[ \t]*(?:\r\n|\n|$)/.exec(text)?.[0];
  if (opening === undefined) {
    return errorAt({ start: 0, end: lineEnd(text, 0) }, { kind: "noFrontMatter" });
  }
  const closing = /^---[ \t]*(?:\r\n|\n|$)/m;
  const found = closing.exec(text.slice(opening.length));
  if (found === null) {
    return errorAt({ start: 0, end: opening.trimEnd().length }, { kind: "unclosedFrontMatter" });
  }
  const yamlEnd = opening.length + found.index;
  return {
    yaml: { start: opening.length, end: yamlEnd },
    body: { start: yamlEnd + found[0].length, end: text.length },
  };
}

/** The entries of the front matter; places count from the start of the file. */
export function parseYaml(
  text: string,
  { start, end }: Span,
): { readonly entries: readonly YamlEntry[]; readonly problems: readonly Problem[] } {
  const document = parseDocument(text.slice(start, end), { prettyErrors: false, logLevel: "silent" });
  const problems = document.errors.map(({ message, pos: [from, to] }) =>
    errorAt({ start: start + from, end: start + Math.max(to, from + 1) }, { kind: "badYaml", detail: message }),
  );
  const value = yamlValue(document.contents, start);
  if (value.kind === "map") {
    return { entries: value.entries, problems };
  }
  const isEmpty = document.contents === null || (value.kind === "scalar" && value.value === null);
  const noMap = errorAt({ start, end: Math.max(end, start + 1) }, { kind: "badYaml", detail: "key: value" });
  return { entries: [], problems: isEmpty || problems.length > 0 ? problems : [noMap] };
}

function yamlValue(node: unknown, offset: number): YamlValue {
  if (isScalar(node)) {
    return { kind: "scalar", value: node.value };
  }
  if (!isMap(node)) {
    return { kind: "other" }; // a list, an alias, or nothing
  }
  const entries = node.items.map(({ key, value }): YamlEntry => {
    const keySpan = spanOf(key, offset) ?? { start: offset, end: offset };
    return {
      key: isScalar(key) ? String(key.value) : "",
      keySpan,
      value: yamlValue(value, offset),
      valueSpan: spanOf(value, offset) ?? keySpan,
    };
  });
  return { kind: "map", entries };
}

function spanOf(node: unknown, offset: number): Span | undefined {
  const range = isNode(node) ? node.range : undefined;
  const [start = 0, end = 0] = range ?? [];
  return end > start ? { start: offset + start, end: offset + end } : undefined;
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from).search(/\r?\n/);
  return end === -1 ? text.length : from + end;
}

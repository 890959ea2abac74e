/** Two imports of one module become one with the names of both: a block shows the names it needs, and the file needs its own. */
import type { Outline } from "./facts";
import { keepLines } from "./keepLines";
import { isMarker } from "./markers";
import type { Unit } from "./units";
import { type Style } from "./writer";

interface Parts {
  readonly file: Outline;
  readonly block: Outline;
  readonly style: Style;
}

/** The lines of the merged import, without comments above. */
export function mergeImport({ file, block, style }: Parts, old: Unit, unit: Unit): string[] {
  const oldLines = file.lines.slice(old.head, old.end);
  const newLines = block.lines.slice(unit.head, unit.end).filter(({ text }) => !isMarker(text));
  const shift = file.indent(old) - block.indent(unit);
  const oldNames = namesIn(oldLines.map(({ text }) => text).join(" "));
  const newNames = namesIn(newLines.map(({ text }) => text).join(" "));
  const missing = oldNames.filter((name) => !newNames.includes(name));
  const extra = newNames.filter((name) => !oldNames.includes(name));
  if ((missing.length === 0 && !block.facts(unit).isElided) || oldNames.length === 0 || newNames.length === 0) {
    return keepLines(oldLines, newLines, shift, style);
  }
  if (extra.length === 0) {
    return oldLines.map(({ raw }) => raw);
  }
  if (oldLines.length === 1) {
    return [addTo(oldLines[0]?.raw ?? "", extra)];
  }
  return withLines(
    oldLines.map(({ raw }) => raw),
    extra,
    style.lineEnd,
  );
}

/** Names, a line each, before the line that closes the list. */
function withLines(lines: readonly string[], names: readonly string[], lineEnd: string): string[] {
  const last = lines.at(-2) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  const isGroup = /^\s*import\s*\(/.test(lines[0] ?? "");
  const hasComma = /,\s*$/.test(last);
  const before = isGroup || hasComma ? last : last.replace(/\s*$/, (end) => `,${end}`);
  const added = names.map((name, index) => {
    const comma = isGroup || (!hasComma && index === names.length - 1) ? "" : ",";
    return indent + name + comma + lineEnd;
  });
  return [...lines.slice(0, -2), before, ...added, ...lines.slice(-1)];
}

/** The names between braces, in a group of lines, or after Python's `import`. */
function namesIn(text: string): string[] {
  const list =
    /\{([^}]*)\}/.exec(text)?.[1] ??
    /^from\s+[\w.]+\s+import\s+\(?([^)#]*)/.exec(text)?.[1] ??
    /^import\s*\(([^)]*)\)/.exec(text)?.[1];
  if (list === undefined) {
    return [];
  }
  const isGroup = text.startsWith("import (") || text.startsWith("import(");
  return list
    .split(isGroup ? /\s+(?=["\w.]*\s*")/ : ",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function addTo(raw: string, names: readonly string[]): string {
  const list = names.join(", ");
  return raw.includes("}")
    ? raw.replace(/,?\s*\}/, (end) => `, ${list}${/\s/.test(end) ? " }" : "}"}`)
    : raw.replace(/\s*$/, (end) => `, ${list}${end}`);
}

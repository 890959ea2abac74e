/** Finds a symbol of a document by its name and place, and the icon of its kind. Pure. */
import type { PlainPosition, PlainRange } from "../../codeLabel";

/** A document symbol: of the newer form with children, or of the older flat one with a location. */
export interface FoundSymbol {
  readonly name: string;
  readonly range?: PlainRange;
  readonly location?: { readonly range: PlainRange };
  readonly children?: readonly FoundSymbol[];
}

/**
 * The range of the symbol with this name around the position; where the position has moved, of the nearest one with the
 * name. Some languages put more into a document symbol's name, such as parameters.
 */
export function symbolRange(
  symbols: readonly FoundSymbol[],
  name: string,
  position: PlainPosition,
): PlainRange | undefined {
  const distance = ({ start, end }: PlainRange): number =>
    Math.max(start.line - position.line, position.line - end.line, 0);
  return flattened(symbols)
    .filter((symbol) => symbol.name === name || symbol.name.startsWith(`${name}(`))
    .flatMap(({ range, location }) => range ?? location?.range ?? [])
    .sort((a, b) => distance(a) - distance(b) || lines(a) - lines(b))[0];
}

/** The codicon of a kind as VS Code numbers them, from 0. */
export function symbolIcon(kind: number): string {
  return `symbol-${ICONS[kind] ?? "misc"}`;
}

const ICONS = [
  ...["file", "module", "namespace", "package", "class", "method", "property", "field", "constructor", "enum"],
  ...["interface", "function", "variable", "constant", "string", "number", "boolean", "array", "object", "key", "null"],
  ...["enum-member", "struct", "event", "operator", "parameter"],
];

function flattened(symbols: readonly FoundSymbol[]): readonly FoundSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...flattened(symbol.children ?? [])]);
}

function lines({ start, end }: PlainRange): number {
  return end.line - start.line;
}

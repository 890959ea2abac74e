/** The entries of a header as people read them: long lists by their first elements, and whole numbers of any size. Pure. */

type Shown = string | number | boolean;

const FIRST_ELEMENTS = 8;

export function metadataTexts(metadata: Readonly<Record<string, unknown>>): Readonly<Record<string, Shown>> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, shown(value)]));
}

function shown(value: unknown): Shown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return shownNumber(value);
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    default:
      return Array.isArray(value) ? shownList(value) : String(value);
  }
}

/** Headers have 32-bit numbers: 1e-5 comes as 0.000009999999747378752. JSON has no infinity. */
function shownNumber(value: number): Shown {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  return Number.isInteger(value) || Math.fround(value) !== value ? value : Number(value.toPrecision(7));
}

function shownList(values: readonly unknown[]): string {
  const first = values.slice(0, FIRST_ELEMENTS).map((value) => String(shown(value)));
  return values.length > FIRST_ELEMENTS
    ? `[${first.join(", ")}, …] (${String(values.length)})`
    : `[${first.join(", ")}]`;
}

/** Requires shapes of data that came from outside, and names the place where one is wrong. */
import { isRecord, type JsonRecord } from "./json";

/** Data that is not what its format says. `path` names the place, for example "exchanges[3].answer.text". */
export class FormatError extends Error {
  constructor(
    readonly path: string,
    expected: string,
  ) {
    super(`${path === "" ? "the data" : path} must be ${expected}`);
    this.name = "FormatError";
  }
}

export function requireRecord(value: unknown, path: string): JsonRecord {
  if (!isRecord(value)) {
    throw new FormatError(path, "an object");
  }
  return value;
}

export function requireString(record: JsonRecord, key: string, path: string): string {
  const value = record[key];
  if (typeof value !== "string") {
    throw new FormatError(within(path, key), "a text");
  }
  return value;
}

/** A finite number that is at least `min`. */
export function requireNumber(record: JsonRecord, key: string, path: string, min: number): number {
  const value = record[key];
  if (typeof value !== "number" || !Number.isFinite(value) || value < min) {
    throw new FormatError(within(path, key), `a number of at least ${String(min)}`);
  }
  return value;
}

/** The items of a list, each parsed with its own path. */
export function requireList<T>(
  record: JsonRecord,
  key: string,
  path: string,
  parseItem: (item: unknown, path: string) => T,
): readonly T[] {
  const value = record[key];
  const listPath = within(path, key);
  if (!Array.isArray(value)) {
    throw new FormatError(listPath, "a list");
  }
  return value.map((item: unknown, index) => parseItem(item, `${listPath}[${String(index)}]`));
}

/** What `parse` makes of a value that is there; `undefined` where it is absent or `null`. */
export function optional<T>(
  record: JsonRecord,
  key: string,
  path: string,
  parse: (value: unknown, path: string) => T,
): T | undefined {
  const value = record[key];
  return value === undefined || value === null ? undefined : parse(value, within(path, key));
}

export function within(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

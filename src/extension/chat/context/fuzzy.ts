/** Which names fit what was typed, best first, and where the letters are. Pure. */
import { go } from "fuzzysort";

export interface Match<T> {
  readonly value: T;
  /** Indices into the name, of UTF-16 units; none where the letters were found elsewhere. */
  readonly matches: readonly number[];
}

export interface FuzzyNames<T> {
  /** What is shown. */
  readonly name: (value: T) => string;
  /** What is searched as well: a path, a keyword. */
  readonly also: (value: T) => string;
  readonly limit: number;
}

/** Less is a chance find of scattered letters. */
const MIN_SCORE = 0.3;
/** What is found in the name goes before what is found elsewhere. */
const ELSEWHERE = 0.7;

/** With nothing typed everything fits, in its order. */
export function bestMatches<T>(query: string, values: readonly T[], names: FuzzyNames<T>): readonly Match<T>[] {
  if (query === "") {
    return values.slice(0, names.limit).map((value) => ({ value, matches: [] }));
  }
  const results = go(query, values, {
    keys: [names.name, names.also],
    limit: names.limit,
    threshold: MIN_SCORE,
    scoreFn: (result) => result.score * ((result[0]?.score ?? 0) > 0 ? 1 : ELSEWHERE),
  });
  return results.map((result) => ({ value: result.obj, matches: [...(result[0]?.indexes ?? [])] }));
}

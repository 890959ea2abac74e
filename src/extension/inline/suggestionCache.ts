/**
 * What the engine answered lately, found again by the text around the cursor: where the user returned to a place, and
 * where what was typed since is the beginning of the answer. Pure.
 */
import { LruCache } from "../../base/lruCache";
import { typedThrough, type Candidate, type Place } from "./place";

const CAPACITY = 100;

/** An answer that still fits. */
export interface Suggestion {
  /** Names the answer it comes from, so that a narrowed suggestion is not counted as a new one. */
  readonly id: number;
  /** Best first; none where the engine had nothing to say. */
  readonly candidates: readonly Candidate[];
  /** Whether something of the answer has been typed. */
  readonly narrowed: boolean;
  /** Whether the user asked by command, and so got every candidate there is. */
  readonly explicit: boolean;
}

interface Answer {
  readonly id: number;
  readonly place: Place;
  readonly candidates: readonly Candidate[];
  readonly explicit: boolean;
}

export class SuggestionCache {
  private readonly answers = new LruCache<string, Answer>(CAPACITY);
  private lastId = 0;

  add(place: Place, candidates: readonly Candidate[], explicit = false): void {
    this.lastId++;
    this.answers.set(keyOf(place), { id: this.lastId, place, candidates, explicit });
  }

  /** What is known for a place. An answer that was typed to its end is not: what follows it is another question. */
  find(place: Place): Suggestion | undefined {
    for (const [key, answer] of this.answers.newestFirst()) {
      const found = narrow(answer, place);
      if (found !== undefined) {
        this.answers.get(key); // it was of use
        return found;
      }
    }
    return undefined;
  }

  clear(): void {
    this.answers.clear();
  }
}

function narrow({ id, place: asked, candidates, explicit }: Answer, place: Place): Suggestion | undefined {
  if (candidates.length === 0) {
    return typedThrough(asked, place, "") === undefined ? undefined : { id, candidates, narrowed: false, explicit };
  }
  let narrowed = false;
  const left = candidates.flatMap(({ text, replaceAfter }) => {
    const typed = typedThrough(asked, place, text);
    if (typed === undefined || typed.text.length === text.length) {
      return [];
    }
    narrowed ||= typed.text !== "";
    const rest = text.slice(typed.text.length);
    return [{ text: rest, replaceAfter: replaceAfter + closersWritten(rest, place.after.slice(0, typed.autoClosed)) }];
  });
  return left.length === 0 ? undefined : { id, candidates: left, narrowed, explicit };
}

/** Brackets that the editor has closed are replaced where the suggestion closes them too, so that none is doubled. */
function closersWritten(rest: string, closers: string): number {
  let from = 0;
  for (const closer of closers) {
    from = rest.indexOf(closer, from) + 1;
    if (from === 0) {
      return 0;
    }
  }
  return closers.length;
}

function keyOf({ uri, before, after }: Place): string {
  return [uri, before, after].join("\0");
}

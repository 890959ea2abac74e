/**
 * How a chat template's text marks whose turn begins. A model that was trained with `<|user|>` as ordinary text may write it
 * itself at the end of its answer, where others have a token for it; the answer ends there.
 */
import { templateSegments, type ChatTemplate } from "./templateChat";

/** Shorter ones, or such without a sign of any kind, could be the beginning of an honest line. */
const SHORTEST_MARKER = 4;
const SIGN = /[^\p{L}\p{N}\s]/u;

/**
 * The texts that begin a turn, as they stand at the start of a line, without the names of special tokens: those are ids, and
 * no model writes them as text. None for a template that fails, or whose turns begin with nothing that can be told apart.
 */
export function roleMarkersOf(template: ChatTemplate, specialNames: Iterable<string>): readonly string[] {
  const content = (of: string): string => `\u0002${of}\u0003`;
  const system = content("s");
  const [u1, a1, u2] = [content("u1"), content("a1"), content("u2")];
  let prompt: string;
  try {
    const segments = templateSegments(
      {
        system,
        pairs: [{ user: u1, answer: a1 }],
        question: u2,
      },
      template,
    );
    prompt = segments.map((segment) => ("text" in segment ? segment.text : "")).join("");
  } catch {
    return [];
  }
  const names = [...specialNames].filter((name) => name !== "");
  const between = [
    ["", system],
    [system, u1],
    [u1, a1],
    [a1, u2],
  ].map(([before = "", after = ""]) => textBetween(prompt, before, after));
  return [...new Set(between.map((text) => markerIn(text, names)))].filter(isMarker);
}

function textBetween(prompt: string, before: string, after: string): string {
  const start = prompt.indexOf(before);
  const end = prompt.indexOf(after);
  return start < 0 || end < start ? "" : prompt.slice(start + before.length, end);
}

/** The last line of what stands between two turns, without special tokens; a marker that shares its line counts whole. */
function markerIn(text: string, specialNames: readonly string[]): string {
  const plain = specialNames.reduce((rest, name) => rest.replaceAll(name, "\n"), text);
  return (
    plain
      .split("\n")
      .map((line) => line.trim())
      .findLast((line) => line !== "") ?? ""
  );
}

function isMarker(marker: string): boolean {
  return marker.length >= SHORTEST_MARKER && SIGN.test(marker);
}

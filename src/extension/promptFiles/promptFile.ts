/** A prompt file: Markdown with front matter, read into a prompt and into the problems it has. Pure. */
import { nearestNames } from "../../base/nearest";
import type { Sampling } from "../../protocol/sampling";
import { parseBody, type BodyPart } from "./body";
import { parseYaml, splitFile, type YamlEntry, type YamlValue } from "./frontMatter";
import { isKey, isSamplingKey, KEYS, SAMPLING_KEYS, type Key } from "./keys";
import { errorAt, warningAt, type Problem, type Span } from "./problem";

export interface Prompt {
  /** What is typed after "/". */
  readonly name: string;
  /** "" where there is none. */
  readonly description: string;
  /** The selected code goes with the question; without any the prompt cannot be used. */
  readonly needsSelection: boolean;
  readonly sampling: Partial<Sampling>;
  readonly body: readonly BodyPart[];
}

export interface ParsedPromptFile {
  /** Absent where a problem is an error. */
  readonly prompt?: Prompt;
  /** In the order of their places. */
  readonly problems: readonly Problem[];
}

const NAME = /^\p{L}[\p{L}\p{N}_-]*$/u;

/** Whether it can be typed after "/". */
export function isPromptName(name: string): boolean {
  return NAME.test(name);
}

/** Never throws, whatever the text is. */
export function parsePromptFile(text: string): ParsedPromptFile {
  const parts = splitFile(text);
  if ("fault" in parts) {
    return { problems: [parts] };
  }
  const yaml = parseYaml(text, parts.yaml);
  const fields = readFields(yaml.entries);
  const body = parseBody(text.slice(parts.body.start), parts.body.start);
  const problems = [...yaml.problems, ...fields.problems, ...body.problems];
  if (fields.name === undefined && problems.every(({ severity }) => severity !== "error")) {
    problems.push(errorAt(yaml.entries[0]?.keySpan ?? { start: 0, end: 3 }, { kind: "missingName" }));
  }
  if (body.parts.every((part) => part.kind === "text" && part.text.trim() === "")) {
    problems.push(errorAt({ start: Math.max(0, parts.body.start - 1), end: parts.body.end }, { kind: "emptyBody" }));
  }
  problems.sort((a, b) => a.start - b.start);
  if (fields.name === undefined || problems.some(({ severity }) => severity === "error")) {
    return { problems };
  }
  const { name, description = "", needsSelection = false, sampling } = fields;
  return { prompt: { name, description, needsSelection, sampling, body: body.parts }, problems };
}

interface Fields {
  name?: string;
  description?: string;
  needsSelection?: boolean;
  readonly sampling: Partial<Record<keyof Sampling, number>>;
  readonly problems: Problem[];
}

function readFields(entries: readonly YamlEntry[]): Fields {
  const fields: Fields = { sampling: {}, problems: [] };
  for (const entry of entries) {
    if (isKey(entry.key)) {
      readField(fields, entry.key, entry);
    } else {
      fields.problems.push(unknownKey(entry, KEYS));
    }
  }
  return fields;
}

function readField(fields: Fields, key: Key, entry: YamlEntry): void {
  const { value, valueSpan } = entry;
  const wrong = (expected: "text" | "yesNo" | "keys"): void => {
    fields.problems.push(errorAt(valueSpan, { kind: "wrongType", key, expected }));
  };
  switch (key) {
    case "name":
      readName(fields, value, valueSpan);
      return;
    case "description": {
      const text = scalarOf(value);
      if (typeof text === "string" || text === null) {
        fields.description = (text ?? "").trim();
      } else {
        wrong("text");
      }
      return;
    }
    case "needsSelection": {
      const yes = scalarOf(value);
      if (typeof yes === "boolean") {
        fields.needsSelection = yes;
      } else {
        wrong("yesNo");
      }
      return;
    }
    case "sampling":
      if (value.kind === "map") {
        readSampling(fields, value.entries);
      } else {
        wrong("keys");
      }
  }
}

function readName(fields: Fields, value: YamlValue, span: Span): void {
  const name = scalarOf(value);
  if (name === null || name === "") {
    fields.problems.push(errorAt(span, { kind: "missingName" }));
  } else if (typeof name !== "string") {
    fields.problems.push(errorAt(span, { kind: "wrongType", key: "name", expected: "text" }));
  } else if (!isPromptName(name)) {
    fields.problems.push(errorAt(span, { kind: "badName", name }));
  } else {
    fields.name = name;
  }
}

function readSampling(fields: Fields, entries: readonly YamlEntry[]): void {
  for (const entry of entries) {
    const { key, value, valueSpan } = entry;
    if (!isSamplingKey(key)) {
      fields.problems.push(unknownKey(entry, Object.keys(SAMPLING_KEYS)));
      continue;
    }
    const { whole, min, max } = SAMPLING_KEYS[key];
    const number = scalarOf(value);
    if (typeof number !== "number" || !Number.isFinite(number) || (whole && !Number.isInteger(number))) {
      const expected = whole ? "wholeNumber" : "number";
      fields.problems.push(errorAt(valueSpan, { kind: "wrongType", key, expected }));
    } else if (number < min || number > max) {
      fields.problems.push(errorAt(valueSpan, { kind: "outOfRange", key, min, max }));
    } else {
      fields.sampling[key] = number;
    }
  }
}

function unknownKey({ key, keySpan }: YamlEntry, known: readonly string[]): Problem {
  return warningAt(keySpan, { kind: "unknownKey", key, nearest: nearestNames(key, known, 1)[0] });
}

/** Undefined for what is not a scalar. */
function scalarOf(value: YamlValue): unknown {
  return value.kind === "scalar" ? value.value : undefined;
}

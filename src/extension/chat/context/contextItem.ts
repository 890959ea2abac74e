/**
 * What can be added to a question, as a value: the id of an entry in the list over the message box, and what an
 * attachment is read again from when the question is sent. Pure.
 */
import { isRecord, oneOf, stringOr, type JsonRecord } from "../../../base/json";

export type ContextItem =
  /** A whole document. */
  | { readonly kind: "file"; readonly uri: string }
  /** What is selected in the active editor. */
  | { readonly kind: "selection" }
  /** Every document that has an editor. */
  | { readonly kind: "openEditors" }
  /** What is reported for one document, or without `uri` for the workspace. */
  | { readonly kind: "problems"; readonly uri?: string }
  /** The last command of a terminal and what it printed; without an id of the terminal where one ran last. */
  | { readonly kind: "terminal"; readonly terminal?: string }
  /** What was changed in a repository since the last commit. */
  | { readonly kind: "changes"; readonly root: string; readonly staged: boolean }
  /** A function, class, ... with the position at which its document has it. */
  | {
      readonly kind: "symbol";
      readonly uri: string;
      readonly name: string;
      readonly line: number;
      readonly character: number;
    };

const kinds = ["file", "selection", "openEditors", "problems", "terminal", "changes", "symbol"] as const;

export function itemId(item: ContextItem): string {
  return JSON.stringify(item);
}

/** Reads an id that came back from the page; `undefined` for anything that is none. */
export function parseItem(id: string): ContextItem | undefined {
  const data = parsedJson(id);
  const kind = isRecord(data) ? oneOf<(typeof kinds)[number] | "">(data["kind"], kinds, "") : "";
  if (!isRecord(data) || kind === "") {
    return undefined;
  }
  switch (kind) {
    case "selection":
    case "openEditors":
      return { kind };
    case "problems":
      return data["uri"] === undefined ? { kind } : withUri(data, (uri) => ({ kind, uri }));
    case "terminal":
      return data["terminal"] === undefined ? { kind } : { kind, terminal: stringOr(data["terminal"], "") };
    case "changes":
      return { kind, root: stringOr(data["root"], ""), staged: data["staged"] === true };
    case "file":
      return withUri(data, (uri) => ({ kind, uri }));
    case "symbol":
      return withUri(data, (uri) => ({
        kind,
        uri,
        name: stringOr(data["name"], ""),
        line: count(data["line"]),
        character: count(data["character"]),
      }));
  }
}

function withUri<T>(data: JsonRecord, make: (uri: string) => T): T | undefined {
  const uri = stringOr(data["uri"], "");
  return uri === "" ? undefined : make(uri);
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : 0;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the page is not trusted to send what it was given
  }
}

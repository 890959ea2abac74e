/** What "/name and the rest" in the message box asks for. Pure. */
import { nearestNames } from "../../base/nearest";

export interface SlashCommand {
  readonly name: string;
  /** What follows the name. */
  readonly input: string;
}

/**
 * A message is a command where a name follows a slash at its start. A path ("/usr/lib is full") or a comment ("// why?")
 * is none.
 */
export function parseSlashCommand(message: string): SlashCommand | undefined {
  const [, name, rest = ""] = /^\/(\p{L}[\p{L}\p{N}_-]*)(?:\s+([^]*))?$/u.exec(message.trim()) ?? [];
  return name === undefined ? undefined : { name, input: rest.trim() };
}

export type Lookup<T> =
  { readonly kind: "found"; readonly item: T } | { readonly kind: "unknown"; readonly nearest: readonly string[] };

/** The command of that name, in any case; else the names that come close. */
export function lookUp<T extends { readonly name: string }>(name: string, items: readonly T[]): Lookup<T> {
  const item =
    items.find((one) => one.name === name) ?? items.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (item !== undefined) {
    return { kind: "found", item };
  }
  const names = items.map((one) => one.name);
  return { kind: "unknown", nearest: nearestNames(name, names) };
}

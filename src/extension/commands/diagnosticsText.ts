/** The text of "Copy Completion Diagnostics", as Markdown for an issue. Pure. */
import type { LastPrompt } from "../../protocol/engine";
import type { ConnectionState } from "../engineApi";
import { maskSecrets } from "../../base/maskSecrets";

export interface DiagnosticsFacts {
  readonly versions: Readonly<Record<string, string>>;
  readonly engine: ConnectionState;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly session: Readonly<Record<string, number | undefined>>;
  readonly last: LastPrompt | null;
}

export function diagnosticsText({ versions, engine, settings, session, last }: DiagnosticsFacts): string {
  const sections = [
    ["Versions", list(versions)],
    ["Model", engine.kind === "running" ? json(engine.models.completion) : json(engine)],
    ["Settings", list(settings)],
    ["Session", list(session)],
    ...(last?.request === "completion"
      ? [
          ["Last request", last.figures === undefined ? "still running" : list(last.figures)],
          [`Prompt (${String(last.tokens)} tokens)`, fenced(last.text)],
        ]
      : [["Last request", "none, or it was not a completion"]]),
  ];
  const text = sections.map(([title = "", body = ""]) => `## ${title}\n\n${body}\n`).join("\n");
  return maskSecrets(`# Completion diagnostics of Llama 2 Assistant\n\n${text}`);
}

function list(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `- ${name}: ${value === undefined ? "unknown" : json(value)}`)
    .join("\n");
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

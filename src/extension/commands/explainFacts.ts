/** What an explanation is told besides the code: the problems on its lines, and the names it uses. Pure. */
import type { SymbolUse } from "../../protocol/declarations";
import type { ExplainedProblem } from "../../protocol/explain";
import type { PlainRange } from "../codeLabel";

/** A diagnostic of the editor; its severities are 0 to 3. */
export interface PlainProblem {
  readonly range: PlainRange;
  readonly message: string;
  readonly severity: number;
  readonly source?: string | undefined;
}

const SEVERITIES: readonly ExplainedProblem["severity"][] = ["error", "warning", "information", "hint"];
const MOST_PROBLEMS = 8;
const MOST_NAMES = 12;
const MOST_MESSAGE_CHARS = 300;

/** Those on lines of the range, the worst first. */
export function problemsIn(range: PlainRange, problems: readonly PlainProblem[]): ExplainedProblem[] {
  return problems
    .filter(({ range: { start, end } }) => start.line <= range.end.line && end.line >= range.start.line)
    .toSorted((a, b) => a.severity - b.severity)
    .slice(0, MOST_PROBLEMS)
    .map(explainedProblem);
}

export function explainedProblem({ range, message, severity, source = "" }: PlainProblem): ExplainedProblem {
  return {
    line: range.start.line,
    severity: SEVERITIES[severity] ?? "error",
    message: message.slice(0, MOST_MESSAGE_CHARS),
    source,
  };
}

/** Names that are called, or read as types or members, each once where it first stands; texts and comments are not told apart. */
export function namesUsed(text: string, start: { readonly line: number; readonly character: number }): SymbolUse[] {
  const uses = new Map<string, SymbolUse>();
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    for (const { 0: name, index: at } of line.matchAll(/\b(?:[A-Z]\w{2,}|[a-z_]\w{2,}(?=\s*\())/g)) {
      const character = index === 0 ? start.character + at : at;
      if (!uses.has(name)) {
        uses.set(name, { name, position: { line: start.line + index, character } });
      }
    }
  }
  return [...uses.values()].slice(0, MOST_NAMES);
}

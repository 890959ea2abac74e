/** Problems as the model is told them: one a line, the worst first, with the line of code that each is about. Pure. */

export interface PlainProblem {
  /** From 0, the worst, to 3: error, warning, information, hint, as VS Code counts. */
  readonly severity: number;
  /** Counted from 0. */
  readonly line: number;
  readonly message: string;
  /** Who says so, and which of their rules: "ruff F401"; empty where not known. */
  readonly source: string;
  /** The line of code, where it is at hand. */
  readonly code?: string;
}

export interface FileProblems {
  /** Relative to the workspace. */
  readonly path: string;
  readonly problems: readonly PlainProblem[];
}

const NAMES = ["error", "warning", "information", "hint"];
/** More would only repeat itself. */
const MAX_PROBLEMS = 100;

/** Text for all files; a heading for each where there are several. */
export function problemsText(files: readonly FileProblems[]): string {
  const withProblems = files.filter(({ problems }) => problems.length > 0).sort(bySeverity);
  const lines: string[] = [];
  let room = MAX_PROBLEMS;
  for (const { path, problems } of withProblems) {
    const shown = problems.toSorted((a, b) => a.severity - b.severity || a.line - b.line).slice(0, room);
    room -= shown.length;
    if (withProblems.length > 1 && shown.length > 0) {
      lines.push(`${path}:`);
    }
    lines.push(...shown.flatMap(problemLines));
  }
  const left = countOf(withProblems) - (MAX_PROBLEMS - room);
  return [...lines, ...(left > 0 ? [`and ${String(left)} more`] : [])].join("\n");
}

export function countOf(files: readonly FileProblems[]): number {
  return files.reduce((sum, { problems }) => sum + problems.length, 0);
}

function problemLines({ severity, line, message, source, code = "" }: PlainProblem): string[] {
  const kind = NAMES[severity] ?? "problem";
  const text = message.replace(/\s+/g, " ").trim();
  const head = `line ${String(line + 1)}: ${kind}: ${text}${source === "" ? "" : ` (${source})`}`;
  return code.trim() === "" ? [head] : [head, `    ${code.trim()}`];
}

function bySeverity(a: FileProblems, b: FileProblems): number {
  return worst(a) - worst(b) || (a.path < b.path ? -1 : 1);
}

function worst({ problems }: FileProblems): number {
  return Math.min(...problems.map(({ severity }) => severity));
}

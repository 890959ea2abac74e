/** The question that an explanation of code asks: the code with its line numbers, what it uses, what is wrong with it. */
import type { Attachment, UserTurn } from "../protocol/engine";
import type { ExplainContext, ExplainedProblem, ExplainLevel } from "../protocol/explain";

const TASKS: Readonly<Record<ExplainLevel, string>> = {
  brief: "Explain this code in two or three sentences: what it is for, and how it does it.",
  detailed:
    "Explain this code. Say first in one sentence what it is for, then go through it step by step, " +
    "and point out anything that is surprising or looks like a mistake.",
  lineByLine:
    'Explain this code line by line, in order. Begin each point with the lines it is about, such as "Line 12:" or ' +
    '"Lines 14-16:". Lines that belong together may be explained together.',
};

const NUMBERED = "The lines of the code are numbered; name a line by its number. The numbers are not part of the code.";

/** A turn that asks for an explanation of a piece of code. It stands in the conversation afterwards, as it was asked. */
export function explainQuestion(
  code: Attachment,
  context: ExplainContext = {},
  attached: readonly Attachment[] = [],
): UserTurn {
  const { level = "detailed", problems = [], declarations = [], about, request = "" } = context;
  const used = declarations.map(({ uri, text }): Attachment => ({ uri, languageId: code.languageId, text }));
  const parts = [
    about === undefined ? TASKS[level] : aboutProblem(about),
    ...(request === "" ? [] : [`Answer this about it in particular: ${request}`]),
    NUMBERED,
    ...(declarations.length === 0 ? [] : [declaredText(declarations.length, attached.length)]),
    ...(problems.length === 0 ? [] : [`The editor reports here:\n${problems.map(problemText).join("\n")}`]),
  ];
  return { role: "user", content: parts.join("\n\n"), attachments: [numbered(code), ...attached, ...used] };
}

function declaredText(declarations: number, attached: number): string {
  const which =
    attached === 0 ? "The other pieces of code declare" : `The last ${String(declarations)} pieces of code declare`;
  return `${which} what it uses; they need no explanation.`;
}

function aboutProblem(problem: ExplainedProblem): string {
  return (
    `Explain this problem in the code:\n${problemText(problem)}\n` +
    "Say what it means, why it comes up here, and how to fix it."
  );
}

function problemText({ line, severity, message, source }: ExplainedProblem): string {
  const by = source === "" ? "" : ` (${source})`;
  return `- Line ${String(line + 1)}, ${severity}${by}: ${message.replace(/\s+/g, " ").trim()}`;
}

function numbered(code: Attachment): Attachment {
  const first = (code.range?.start.line ?? 0) + 1;
  const lines = code.text.trimEnd().split("\n");
  const width = String(first + lines.length - 1).length;
  const text = lines.map((line, index) => `${String(first + index).padStart(width)} | ${line}`.trimEnd()).join("\n");
  return { ...code, text };
}

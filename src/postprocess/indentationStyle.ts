/**
 * Writes the indentation of an answer as the document does: tabs or spaces, and levels of its width (tabby#3263, kilocode#4340;
 * Tabby `formatIndentation`, Copilot `normalizeIndentCharacter`). The first line is left alone unless it stands in column 0,
 * where its white space is an indentation.
 */
import { isBlank, lineBefore, type CompletionContext, type Filter, type Indentation } from "./filter";
import { columnsOf, countSteps, leadingSpace } from "./indentation";
import { isProse } from "./languages";
import { isInsideText, maskLiterals } from "./literals";

/** A width that the document uses so often itself is not the model's. */
const MIN_USES = 2;
/** Not after round and square brackets: what they hold is often aligned. */
const OPENS_BLOCK = /(?:[{:]|=>|\b(?:then|do|else|begin))\s*$/;

export const useIndentationStyle: Filter = {
  name: "indentationStyle",
  apply: (text, context) => {
    const { indentation, languageId, prefix } = context;
    if (indentation === undefined || isProse(languageId) || isInsideText(prefix, languageId)) {
      return text;
    }
    const lines = text.split("\n");
    const base = columnsOf(lineBefore(context), indentation.tabSize);
    const width = levelWidth(lines, context, indentation);
    return lines
      .map((line, index) => {
        if (isBlank(line) || (index === 0 && lineBefore(context) !== "")) {
          return line;
        }
        const columns = columnsOf(line, width === undefined ? indentation.tabSize : undefined);
        const wanted = width === undefined ? columns : base + ((columns - base) / width) * indentation.tabSize;
        return changesNothing(line, wanted, columns, indentation)
          ? line
          : indent(wanted, indentation) + line.trimStart();
      })
      .join("\n");
  },
};

function changesNothing(line: string, wanted: number, columns: number, { insertSpaces }: Indentation): boolean {
  const other = insertSpaces ? "\t" : " ";
  return wanted === columns && !leadingSpace(line).includes(other);
}

function indent(columns: number, { tabSize, insertSpaces }: Indentation): string {
  const width = Math.max(0, columns);
  return insertSpaces ? " ".repeat(width) : "\t".repeat(Math.floor(width / tabSize)) + " ".repeat(width % tabSize);
}

/** Lines in column 0 of the document that begin with less than a level are indented by levels of that width. */
function startWidth([first = "", ...others]: readonly string[], context: CompletionContext, tabSize: number): number {
  const columns = columnsOf(first);
  return lineBefore(context) === "" && others.length > 0 && columns < tabSize ? columns : 0;
}

/** The width of a level in the answer, where it is another than the document's and all of the answer agrees; else undefined. */
function levelWidth(
  lines: readonly string[],
  context: CompletionContext,
  { tabSize }: Indentation,
): number | undefined {
  const base = columnsOf(lineBefore(context), tabSize);
  const { code } = maskLiterals(lineBefore(context) + lines.join("\n"), context.languageId);
  const written = code.split("\n").filter((line) => !isBlank(line));
  const steps = written.flatMap((line, index) => {
    const above = written[index - 1];
    return above !== undefined && OPENS_BLOCK.test(above) ? [columnsOf(line) - columnsOf(above)] : [];
  });
  const [width = startWidth(lines, context, tabSize)] = steps;
  const document = (context.prefix + context.suffix).split("\n").filter((line) => !isBlank(line));
  const isForeign = countSteps(document, width) < MIN_USES;
  const agrees = isForeign && width >= 2 && width !== tabSize && steps.every((step) => step === width);
  const columns = lines.filter((line, index) => index > 0 && !isBlank(line)).map((line) => columnsOf(line));
  return agrees &&
    columns.every((column) => (column - base) % width === 0) &&
    !lines.some((line) => line.startsWith("\t"))
    ? width
    : undefined;
}

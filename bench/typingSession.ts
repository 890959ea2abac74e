/** A typing session to replay: places in real files where the rest of a line, or a few lines, are typed again. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

export interface TypingTask {
  readonly uri: string;
  readonly languageId: string;
  readonly before: string;
  /** What is typed, key by key; it stood there in the file. */
  readonly typed: string;
  readonly after: string;
}

/** A moment of the session: the document after so many keys of a task. */
export interface Keystroke {
  readonly task: TypingTask;
  readonly keys: number;
  readonly before: string;
  readonly after: string;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  ".ts": "typescript",
  ".js": "javascript",
  ".py": "python",
};

/** Takes places evenly spread over each file: from the middle of a line of code to its end. */
export function typingTasks(files: readonly string[], placesPerFile: number): TypingTask[] {
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const lines = linesOfCode(text);
    const step = Math.max(1, Math.floor(lines.length / placesPerFile));
    return lines
      .filter((_, index) => index % step === Math.floor(step / 2))
      .slice(0, placesPerFile)
      .map(({ start, end }) => {
        const indent = text.slice(start, end).search(/\S/);
        const cut = start + indent + Math.floor((end - start - indent) / 3);
        return {
          uri: pathToFileURL(file).href,
          languageId: LANGUAGES[path.extname(file)] ?? "plaintext",
          before: text.slice(0, cut),
          typed: text.slice(cut, end),
          after: text.slice(end),
        };
      });
  });
}

export function keystrokesOf(task: TypingTask): Keystroke[] {
  return Array.from({ length: task.typed.length }, (_, key) => ({
    task,
    keys: key + 1,
    before: task.before + task.typed.slice(0, key + 1),
    after: task.after,
  }));
}

/** Lines long enough to be worth completing; comments are not code. */
function linesOfCode(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    if (line.trim().length > 24 && !/^\s*(\/\/|#|\*|\/\*)/.test(line)) {
      lines.push({ start, end: start + line.length });
    }
    start += line.length + 1;
  }
  return lines;
}

import * as assert from "node:assert/strict";
import { namesUsed, problemsIn } from "../../../../src/extension/commands/explainFacts";

const at = (line: number): { line: number; character: number } => ({ line, character: 0 });

suite("what an explanation is told", () => {
  test("problems on its lines, errors before hints", () => {
    const problem = (line: number, severity: number, message: string) => ({
      range: { start: at(line), end: at(line) },
      severity,
      message,
      source: "ts",
    });
    const found = problemsIn({ start: at(2), end: at(4) }, [
      problem(1, 0, "above"),
      problem(3, 3, "a hint"),
      problem(4, 0, "an error"),
      problem(5, 0, "below"),
    ]);
    assert.deepEqual(found, [
      { line: 4, severity: "error", message: "an error", source: "ts" },
      { line: 3, severity: "hint", message: "a hint", source: "ts" },
    ]);
  });

  test("names that are called or look like types, once each, where they stand", () => {
    assert.deepEqual(namesUsed("const p: Point = make(p);\nreturn make(other);", { line: 7, character: 4 }), [
      { name: "Point", position: { line: 7, character: 13 } },
      { name: "make", position: { line: 7, character: 21 } },
    ]);
  });
});

/**
 * Scores single-line HumanEval-Infilling (openai/human-eval-infilling): the share of missing lines that the product's
 * suggestion gives exactly, and, only where `--run-tests` asks for it, the share whose programs pass their tests.
 */
import { loadCompletionModel, type Completed } from "./completionModel";
import { placeIn, readProblems, type Problem } from "./problems";
import { passesTests } from "./runTests";

/** What came of a problem. */
interface Outcome extends Completed {
  readonly exact: boolean;
  /** Whether the first line is right, of a suggestion that may go on. */
  readonly firstLine: boolean;
  /** Absent where the tests were not run. */
  readonly passed?: boolean;
}

/** Writes a JSON line for each problem to stderr with `--verbose`, and one with the scores to stdout. */
export async function evalHumaneval(args: readonly string[]): Promise<number> {
  const problems = await readProblems(args);
  const model = await loadCompletionModel(args);
  const outcomes: Outcome[] = [];
  try {
    for (const problem of problems) {
      const outcome = await outcomeOf(
        problem,
        await model.complete(placeIn(problem, problem.prompt)),
        args.includes("--run-tests"),
      );
      outcomes.push(outcome);
      if (args.includes("--verbose")) {
        process.stderr.write(`${JSON.stringify({ id: problem.id, ...outcome, solution: problem.solution })}\n`);
      }
    }
  } finally {
    await model.dispose();
  }
  process.stdout.write(`${JSON.stringify(scoresOf(outcomes))}\n`);
  return 0;
}

async function outcomeOf(problem: Problem, completed: Completed, runTests: boolean): Promise<Outcome> {
  const { prompt, suffix, solution, test, entryPoint } = problem;
  const exact = completed.text.trimEnd() === solution.trimEnd();
  const firstLine = completed.text.split("\n", 1)[0]?.trimEnd() === solution.trimEnd();
  if (!runTests) {
    return { ...completed, exact, firstLine };
  }
  const program = `${prompt}${completed.text}\n${suffix}\n${test}\ncheck(${entryPoint})\n`;
  return { ...completed, exact, firstLine, passed: await passesTests(program) };
}

function scoresOf(outcomes: readonly Outcome[]): object {
  const share = (count: number): number => Math.round((1000 * count) / Math.max(1, outcomes.length)) / 10;
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const ran = outcomes.filter(({ passed }) => passed !== undefined);
  return {
    problems: outcomes.length,
    exactPercent: share(outcomes.filter(({ exact }) => exact).length),
    firstLinePercent: share(outcomes.filter(({ firstLine }) => firstLine).length),
    shownPercent: share(outcomes.filter(({ text }) => text !== "").length),
    ...(ran.length === 0 ? {} : { passedPercent: share(ran.filter(({ passed }) => passed).length) }),
    medianFirstTokenMs: median(outcomes.map(({ firstTokenMs }) => firstTokenMs)),
    medianTotalMs: median(outcomes.map(({ totalMs }) => totalMs)),
  };
}

/**
 * Lets the product's parts be checked from outside: JSON lines in, JSON lines out, computed by the product's own code.
 * docs/evaluation.md says more.
 */
import { runCli, UsageError } from "./cli";
import { evalApply } from "./eval/apply";
import { evalComplete } from "./eval/complete";
import { evalConfidence } from "./eval/confidence";
import { evalHumaneval } from "./eval/humaneval";
import { evalPostprocess } from "./eval/postprocess";
import { evalPrompts } from "./eval/prompts";
import { evalScoreFilters } from "./eval/scoreFilters";

const USAGE = `usage:
  npm run -s eval -- prompts --model FILE < dialogs.jsonl
  npm run -s eval -- postprocess < cases.jsonl
  npm run -s eval -- score-filters FILE.jsonl... [--verbose]
  npm run -s eval -- complete --model FILE [--eagerness balanced] [--multiline never] < places.jsonl
  npm run -s eval -- apply < blocks.jsonl
  npm run -s eval -- humaneval --model FILE --problems FILE.jsonl.gz [--limit N] [--run-tests] [--verbose]
  npm run -s eval -- confidence --model FILE --problems FILE.jsonl.gz [--limit N]
`;

const subjects: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  prompts: evalPrompts,
  postprocess: evalPostprocess,
  "score-filters": evalScoreFilters,
  apply: evalApply,
  complete: evalComplete,
  humaneval: evalHumaneval,
  confidence: evalConfidence,
};

runCli(async () => {
  const [subject = "", ...args] = process.argv.slice(2);
  const evaluate = subjects[subject];
  if (evaluate === undefined) {
    throw new UsageError(USAGE);
  }
  return evaluate(args);
});

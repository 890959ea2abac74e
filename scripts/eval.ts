/**
 * Lets the product's parts be checked from outside: JSON lines in, JSON lines out, computed by the product's own code.
 *
 *   npm run -s eval -- prompts --model FILE < dialogs.jsonl
 */
import { runCli } from "./cli";
import { evalPrompts } from "./eval/prompts";

const USAGE = "usage: npm run -s eval -- prompts --model FILE < dialogs.jsonl\n";

runCli(async () => {
  const [subject, ...args] = process.argv.slice(2);
  if (subject === "prompts") {
    return evalPrompts(args);
  }
  process.stderr.write(USAGE);
  return 1;
});

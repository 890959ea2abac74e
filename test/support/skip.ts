/** How a test says that it cannot run here: with the reason, which the report of `npm test` shows. */
import type { Context, Hook, Runnable, Suite, Test } from "mocha";

/** The property of a test or suite that holds why it was skipped. */
export const skipReasonKey = "llama2SkipReason";

/** Skips the running test, or in a suiteSetup every test of the suite: `skipBecause(this, "no GPU on this machine")`. */
export function skipBecause(context: Context, reason: string): never {
  const skipped = skippedBy(context);
  if (skipped !== undefined) {
    Object.assign(skipped, { [skipReasonKey]: reason });
  }
  return context.skip();
}

/** In setup() it is the test that is about to run, in suiteSetup() the suite, whose tests will all not run. */
function skippedBy(context: Context): Runnable | Suite | undefined {
  const running = context.test as Hook | Test;
  if (running.type === "test") {
    return running;
  }
  return running.title.startsWith('"before all"') ? running.parent : context.currentTest;
}

/** `npm run test:ui`: tests that drive the real workbench in a browser. `--grep REGEXP` chooses tests. */
import { fetchBrowser } from "../fetch/browser";
import { fetchVscodeHost } from "../fetch/vscodeHost";
import { compile, runFolder, runSuite } from "./suite";

/** The workbench is slow on a busy machine; a single step has its own, shorter limit. */
const testTimeoutMs = 5 * 60_000;

runSuite("ui", async ({ grep }) => {
  await fetchVscodeHost();
  await fetchBrowser();
  await compile();
  return runFolder("ui", { timeoutMs: testTimeoutMs, grep, retries: 1 });
});

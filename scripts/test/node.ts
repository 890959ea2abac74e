/** `npm run test:unit`, `npm run test:process`: suites that need nothing but Node. `--grep REGEXP` chooses tests. */
import { FetchError } from "../fetch/fetchError";
import { fetchTinyLlama } from "../fetch/sampleModels";
import { compile, runFolder, runSuite } from "./suite";

if (process.argv[2] === "process") {
  runSuite("process", async ({ grep }) => {
    await compile();
    await fetchTinyLlama().catch((error: unknown) => {
      if (!(error instanceof FetchError)) {
        throw error;
      }
      console.log(error.message); // the few tests that need it skip themselves
    });
    return runFolder("process", { timeoutMs: 120_000, grep });
  });
} else {
  runSuite("unit", ({ grep }) => runFolder("unit", { timeoutMs: 10_000, grep }));
}

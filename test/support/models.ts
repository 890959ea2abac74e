/** The sample models, for tests. */
import type { Context } from "mocha";
import { FetchError } from "../../scripts/fetch/fetchError";
import { fetchTinyLlama } from "../../scripts/fetch/sampleModels";
import { skipBecause } from "./skip";

export { tinyCodeModelPath } from "../../scripts/fetch/sampleModels";

/** The path of TinyLlama; where it cannot be fetched the test, or in a suiteSetup the suite, is skipped with the reason. */
export async function tinyLlamaOrSkip(context: Context): Promise<string> {
  context.timeout(10 * 60_000); // the runners fetch it beforehand; a test started by itself may have to
  return fetchTinyLlama().catch((error: unknown) => {
    if (error instanceof FetchError) {
      return skipBecause(context, error.message);
    }
    throw error;
  });
}

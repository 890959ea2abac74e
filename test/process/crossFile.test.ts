/** What of other files a completion's prompt shows; the engine is scripted. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { LspClient } from "../../scripts/client/lspClient";
import { projectRoot } from "../../scripts/command";
import { LastPromptRequest } from "../../src/protocol/engine";

const cursor = { line: 1, character: 13 };
const main = "def checkout(basket):\n    return sum_";
const helpers =
  "def sum_prices(basket, currency):\n    return sum(item.price for item in basket)\n\ndef checkout_total(basket):";

suite("cross-file context", () => {
  let client: LspClient;

  suiteSetup(async function () {
    this.timeout(60_000);
    client = await LspClient.start({
      entry: ["--import", "tsx", path.join(projectRoot, "test/support/fakeServer.ts")],
      env: { LLAMA2_FAKE_SCRIPT: JSON.stringify({ rules: [{ when: "return sum", answer: "prices(basket)" }] }) },
      settings: { completion: { modelPath: "/fake.gguf" }, exclude: ["private/"] },
    });
    await client.settled();
  });

  suiteTeardown(() => client.stop());

  async function promptFor(uri: string): Promise<string> {
    await client.open(uri, main);
    await client.complete(uri, cursor);
    return (await client.connection.sendRequest(LastPromptRequest.type))?.text ?? assert.fail("no prompt");
  }

  test("an open document that is like the code around the cursor is shown as a comment with its path", async () => {
    await client.open("file:///shop/helpers.py", helpers);
    await client.open("file:///private/helpers.py", `${helpers}  # private`);
    await client.open("file:///shop/.env", `${helpers}  # secret`);
    const prompt = await promptFor("file:///shop/main.py");
    assert.match(prompt, /# Path: shop\/helpers\.py\n# def sum_prices/);
    assert.match(prompt, /# Path: shop\/main\.py\ndef checkout/);
    assert.doesNotMatch(prompt, /private|secret/);
  });

  test("in an excluded file nothing is suggested", async () => {
    await client.open("file:///private/main.py", main);
    assert.deepEqual(await client.complete("file:///private/main.py", cursor, { invoked: true }), []);
  });
});

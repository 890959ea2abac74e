/** The server asks its client where names are declared, and what it answers is in the prompt; the engine is scripted. */
import assert from "node:assert/strict";
import type { LspClient } from "../../scripts/client/lspClient";
import {
  DECLARATIONS_CAPABILITY,
  DeclarationsRequest,
  type Declaration,
  type DeclarationsParams,
} from "../../src/protocol/declarations";
import { LastPromptRequest } from "../../src/protocol/engine";
import { startFake } from "../support/fakeProcess";

const text = "from prices import sum_prices\n\ndef checkout(basket):\n    return sum_";
const cursor = { line: 3, character: 15 };
const script = { rules: [{ when: "return sum", answer: "prices(basket)" }] };
/** Long enough for a wait to be seen. */
const LONG_MS = 10_000;

const answer: readonly Declaration[] = [
  {
    name: "sum_prices",
    uri: "file:///shop/prices.py",
    text: "def sum_prices(basket):\n    ...\n\ndef other():\n    ...",
  },
  { name: "basket", uri: "file:///shop/private/basket.py", text: "class Basket:\n    private = 1" },
];

suite("declarations", () => {
  let client: LspClient | undefined;

  teardown(() => client?.stop());

  async function start({ announces = true, latencyTargetMs = LONG_MS } = {}): Promise<LspClient> {
    const settings = { completion: { modelPath: "/fake.gguf", latencyTargetMs }, exclude: ["private/"] };
    client = await startFake(script, settings, {
      ...(announces ? { experimental: DECLARATIONS_CAPABILITY } : {}),
      workspaceFolders: [{ uri: "file:///shop", name: "shop" }],
    });
    return client;
  }

  async function promptFor(uri: string): Promise<string> {
    await client?.complete(uri, cursor);
    return (await client?.connection.sendRequest(LastPromptRequest.type))?.text ?? assert.fail("no prompt");
  }

  test("of the names near the cursor are asked of the client, and shown as a comment with their path", async () => {
    const { connection } = await start();
    const asked: DeclarationsParams[] = [];
    connection.onRequest(DeclarationsRequest.type, (params) => {
      asked.push(params);
      return answer;
    });
    await client?.open("file:///shop/main.py", text);
    const prompt = await promptFor("file:///shop/main.py");
    assert.match(prompt, /# Path: prices\.py\n# def sum_prices\(basket\):\n# {5}\.\.\.\n# Path: main\.py\n/);
    assert.doesNotMatch(prompt, /private|def other/);
    assert.deepEqual(asked[0]?.textDocument, { uri: "file:///shop/main.py" });
    assert.deepEqual(asked[0].symbols.slice(0, 2), [
      { name: "sum_", position: { line: 3, character: 11 } },
      { name: "basket", position: { line: 2, character: 13 } },
    ]);
    assert.ok(asked[0].symbols.some(({ name }) => name === "sum_prices"));
  });

  test("are asked for as soon as a region is edited, before any completion", async () => {
    const { connection } = await start();
    const asked = new Promise<DeclarationsParams>((resolve) => {
      connection.onRequest(DeclarationsRequest.type, (params) => {
        resolve(params);
        return [];
      });
    });
    for (const uri of ["file:///shop/private/main.py", "file:///shop/main.py"]) {
      await client?.open(uri, text);
      await client?.change(uri, 2, { start: cursor, end: cursor }, "p");
    }
    const { textDocument, symbols } = await asked;
    assert.equal(textDocument.uri, "file:///shop/main.py", "nothing is asked for an excluded file");
    assert.ok(symbols.some(({ name }) => name === "sum_p"));
  });

  test("that do not come are not waited for for long, and join the prompt later", async () => {
    const { connection } = await start({ latencyTargetMs: 400 });
    let reply: (declarations: readonly Declaration[]) => void = () => assert.fail("not asked yet");
    const pending = new Promise<readonly Declaration[]>((resolve) => {
      reply = resolve;
    });
    connection.onRequest(DeclarationsRequest.type, () => pending);
    await client?.open("file:///shop/main.py", text);
    assert.doesNotMatch(await promptFor("file:///shop/main.py"), /def sum_prices/);
    reply(answer);
    while (!(await promptFor("file:///shop/main.py")).includes("# def sum_prices")); // the test's time is limited
  });

  test("are not asked of a client that has not announced the request", async () => {
    const { connection } = await start({ announces: false });
    connection.onRequest(DeclarationsRequest.type, () => assert.fail("asked"));
    await client?.open("file:///shop/main.py", text);
    assert.doesNotMatch(await promptFor("file:///shop/main.py"), /def sum_prices/);
    assert.ok(!client?.log.some((line) => line.includes("declarations")));
  });

  test("in a form that is none are left out", async () => {
    const { connection } = await start();
    connection.onRequest(DeclarationsRequest.method, () => [{ name: 1 }, null, "x", { ...answer[0], uri: undefined }]);
    await client?.open("file:///shop/main.py", text);
    assert.doesNotMatch(await promptFor("file:///shop/main.py"), /Path: prices/);
  });
});

/** Files of the same name in a workspace are told apart in the prompt. */
import assert from "node:assert/strict";
import type { LspClient } from "../../scripts/client/lspClient";
import { LastPromptRequest } from "../../src/protocol/engine";
import { fakeSettings, startFake } from "../support/fakeProcess";

suite("paths of attachments", () => {
  let client: LspClient;

  suiteSetup(async () => {
    client = await startFake({ rules: [{ when: "Compare", answer: "They differ." }] }, fakeSettings, {
      workspaceFolders: [{ uri: "file:///shop", name: "shop" }],
    });
  });

  suiteTeardown(async () => {
    await client.stop();
  });

  test("are relative to the workspace, and names alone outside of it", async () => {
    const attachment = (uri: string) => ({ uri, languageId: "typescript", text: "x" });
    const range = { start: { line: 2, character: 0 }, end: { line: 4, character: 0 } };
    await client.chat({
      turns: [
        {
          role: "user",
          content: "Compare them.",
          attachments: [
            { ...attachment("file:///shop/src/index.ts"), range },
            attachment("file:///shop/test/a%20b/index.ts"),
            attachment("file:///elsewhere/index.ts"),
            { ...attachment("file:///shop/src/index.ts"), title: "Problems in index.ts" },
          ],
        },
      ],
    });
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    assert.deepEqual(
      [...(prompt?.text ?? "").matchAll(/^(?:.*\[INST\] )?([^`\n]+):\n```/gm)].map(([, place]) => place),
      ["src/index.ts, lines 3-4", "test/a b/index.ts", "index.ts", "Problems in index.ts"],
    );
  });
});

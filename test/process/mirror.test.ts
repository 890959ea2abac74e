/** Whatever is typed, the server's copy of a document is the editor's text. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { LspClient } from "../../scripts/client/lspClient";
import { LastPromptRequest } from "../../src/protocol/engine";
import { startFake } from "../support/fakeProcess";

/** Stands at the end of every document and is never edited: the cursor goes behind it. */
const END = "§";

interface Edit {
  readonly from: number;
  readonly length: number;
  readonly text: string;
}

const text = fc.string({ unit: fc.constantFrom("a", " ", "é", "😀", "\n", "\r\n", "\t", "e\u0301"), maxLength: 40 });
const edit: fc.Arbitrary<Edit> = fc.record({ from: fc.nat(200), length: fc.nat(12), text });

suite("text synchronisation", () => {
  let client: LspClient;

  suiteSetup(async function () {
    this.timeout(60_000);
    client = await startFake({ rules: [{ when: "", answer: "x" }] });
  });

  suiteTeardown(() => client.stop());

  test("after any edits, through emoji and every kind of line end, the server has the editor's text", async () => {
    let documents = 0;
    await fc.assert(
      fc.asyncProperty(text, fc.array(edit, { maxLength: 8 }), async (initial, edits) => {
        documents++;
        const uri = `file:///mirror-${String(documents)}.txt`;
        let content = initial + END;
        await client.open(uri, content, "plaintext");
        for (const [index, { from, length, text: inserted }] of edits.entries()) {
          const start = Math.min(from, content.length - END.length);
          const end = Math.min(start + length, content.length - END.length);
          const range = { start: positionAt(content, start), end: positionAt(content, end) };
          await client.change(uri, index + 2, range, inserted);
          content =
            content.slice(0, offsetAt(content, range.start)) + inserted + content.slice(offsetAt(content, range.end));
        }
        assert.equal(await serverText(uri, content), content.replace(/\r\n?/g, "\n"));
        await client.close(uri);
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  async function serverText(uri: string, content: string): Promise<string> {
    await client.complete(uri, positionAt(content, content.length), { invoked: true });
    const prompt = await client.connection.sendRequest(LastPromptRequest.type);
    const before = /<MID>(?:[^]*\/\/ Path: [^\n]*\n)?([^]*)$/.exec(prompt?.text ?? "")?.[1];
    return before ?? assert.fail(`no prefix in ${JSON.stringify(prompt)}`);
  }
});

/** As an editor counts: UTF-16 units within a line; CR, LF and CRLF end lines. A place inside CRLF is before it. */
function positionAt(content: string, offset: number): { line: number; character: number } {
  const inside = content[offset - 1] === "\r" && content[offset] === "\n" ? offset - 1 : offset;
  const lines = content.slice(0, inside).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function offsetAt(content: string, { line, character }: { line: number; character: number }): number {
  const ends = [...content.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length);
  return (line === 0 ? 0 : (ends[line - 1] ?? content.length)) + character;
}

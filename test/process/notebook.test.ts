/** The cells of a notebook are one text for whoever completes in one of them; the engine is scripted. */
import assert from "node:assert/strict";
import * as fc from "fast-check";
import {
  DidChangeNotebookDocumentNotification,
  DidCloseNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  NotebookCellKind,
  type NotebookCell,
  type NotebookDocumentChangeEvent,
  type TextDocumentItem,
} from "vscode-languageserver-protocol";
import type { LspClient } from "../../scripts/client/lspClient";
import { LastPromptRequest } from "../../src/protocol/engine";
import { startFake } from "../support/fakeProcess";

const settings = { completion: { modelPath: "/fake.gguf" }, exclude: ["/private/", "*.secret.ipynb"] };

interface TestCell {
  readonly uri: string;
  readonly text: string;
  readonly languageId: string;
}

const kindOf = ({ languageId }: TestCell): NotebookCellKind =>
  languageId === "markdown" ? NotebookCellKind.Markup : NotebookCellKind.Code;
const cellOf = (cell: TestCell): NotebookCell => ({ kind: kindOf(cell), document: cell.uri });
const itemOf = ({ uri, text, languageId }: TestCell): TextDocumentItem => ({ uri, text, languageId, version: 1 });

suite("notebooks", () => {
  let client: LspClient;
  let version = 1;

  suiteSetup(async function () {
    this.timeout(60_000);
    client = await startFake({ rules: [{ when: "", answer: "x" }] }, settings, {
      workspaceFolders: [{ uri: "file:///project", name: "project" }],
    });
  });

  suiteTeardown(() => client.stop());

  function cell(name: string, text: string, languageId = "python"): TestCell {
    return { uri: `vscode-notebook-cell:/project/book.ipynb#${name}`, text, languageId };
  }

  async function open(uri: string, cells: readonly TestCell[]): Promise<void> {
    await client.connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: { uri, notebookType: "jupyter-notebook", version: 1, cells: cells.map(cellOf) },
      cellTextDocuments: cells.map(itemOf),
    });
  }

  async function change(uri: string, cells: NotebookDocumentChangeEvent["cells"]): Promise<void> {
    version++;
    await client.connection.sendNotification(DidChangeNotebookDocumentNotification.type, {
      notebookDocument: { uri, version },
      change: { cells },
    });
  }

  async function close(uri: string, cells: readonly TestCell[]): Promise<void> {
    await client.connection.sendNotification(DidCloseNotebookDocumentNotification.type, {
      notebookDocument: { uri },
      cellTextDocuments: cells.map((one) => ({ uri: one.uri })),
    });
  }

  /** The prompt at the end of a cell, and the number of suggestions. */
  async function promptAt({ uri, text }: TestCell): Promise<{ prefix: string; suffix: string; items: number }> {
    const lines = text.split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    const items = await client.complete(uri, position, { invoked: true });
    const prompt = (await client.connection.sendRequest(LastPromptRequest.type))?.text ?? "";
    const [, suffix = "", prefix = ""] = /<SUF>([^]*)<MID>(?:[^]*Path: [^\n]*\n)?([^]*)$/.exec(prompt) ?? [];
    return { prefix, suffix, items: items.length };
  }

  test("a completion sees the code of the cells before as prefix and of those after as suffix", async () => {
    const cells = [
      cell("1", "# Sales", "markdown"),
      cell("2", "import pandas\n"),
      cell("3", "rows = pandas."),
      cell("4", "SELECT 1", "sql"),
      cell("5", "rows.head()"),
    ];
    await open("file:///project/book.ipynb", cells);
    assert.deepEqual(await promptAt(cells[2]!), {
      prefix: "# # Sales\n\nimport pandas\n\nrows = pandas.",
      suffix: "\n\nrows.head()",
      items: 1,
    });
    await close("file:///project/book.ipynb", cells);
    assert.deepEqual(await client.complete(cells[2]!.uri, { line: 0, character: 14 }, { invoked: true }), []);
  });

  test("cells that come, go and change are followed", async () => {
    const uri = "file:///project/book.ipynb";
    const [first, second, third] = [cell("1", "a = 1"), cell("2", "b = 2"), cell("3", "c = ")];
    await open(uri, [first, third]);
    await change(uri, {
      structure: { array: { start: 1, deleteCount: 0, cells: [cellOf(second)] }, didOpen: [itemOf(second)] },
    });
    assert.equal((await promptAt(third)).prefix, "a = 1\n\nb = 2\n\nc =");
    const end = { line: 0, character: 5 };
    await change(uri, {
      textContent: [
        { document: { uri: second.uri, version: 2 }, changes: [{ range: { start: end, end }, text: "\nbb = 3" }] },
      ],
    });
    assert.equal((await promptAt(third)).prefix, "a = 1\n\nb = 2\nbb = 3\n\nc =");
    await change(uri, { structure: { array: { start: 0, deleteCount: 1 }, didClose: [{ uri: first.uri }] } });
    assert.equal((await promptAt(third)).prefix, "b = 2\nbb = 3\n\nc =");
    await close(uri, [second, third]);
  });

  test("a cell is excluded with its notebook", async () => {
    const one = cell("1", "a = ");
    for (const uri of ["file:///project/private/book.ipynb", "file:///project/a.secret.ipynb"]) {
      await open(uri, [one]);
      assert.deepEqual(await client.complete(one.uri, { line: 0, character: 4 }, { invoked: true }), []);
      await close(uri, [one]);
    }
  });

  test("whatever cells are inserted, removed and written in, the server has the notebook's text", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "😀", "\n", "("), minLength: 1, maxLength: 12 });
    const operation = fc.record({ kind: fc.constantFrom("insert", "remove", "append"), at: fc.nat(20), text });
    let notebooks = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 4 }),
        fc.array(operation),
        async (texts, operations) => {
          notebooks++;
          const uri = `file:///project/book${String(notebooks)}.ipynb`;
          let next = 0;
          const create = (content: string): TestCell => cell(`${String(notebooks)}-${String(next++)}`, content);
          let cells = texts.map(create);
          await open(uri, cells);
          for (const { kind, at, text: added } of operations) {
            const index = at % cells.length;
            const old = cells[index]!;
            if (kind === "insert") {
              const inserted = create(added);
              const array = { start: index, deleteCount: 0, cells: [cellOf(inserted)] };
              await change(uri, { structure: { array, didOpen: [itemOf(inserted)] } });
              cells = [...cells.slice(0, index), inserted, ...cells.slice(index)];
            } else if (kind === "remove" && cells.length > 1) {
              await change(uri, {
                structure: { array: { start: index, deleteCount: 1 }, didClose: [{ uri: old.uri }] },
              });
              cells = cells.filter((one) => one !== old);
            } else {
              const lines = old.text.split("\n");
              const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
              const changes = [{ range: { start: end, end }, text: added }];
              await change(uri, { textContent: [{ document: { uri: old.uri, version: ++version }, changes }] });
              cells = cells.map((one) => (one === old ? { ...old, text: old.text + added } : one));
            }
          }
          const last = cells.at(-1)!;
          const before = cells.slice(0, -1).map((one) => one.text.replace(/^\n+|\s+$/g, ""));
          const expected = [...before.filter((one) => one !== ""), last.text].join("\n\n");
          assert.equal((await promptAt(last)).prefix, expected);
          await close(uri, cells);
        },
      ),
      { numRuns: 40 },
    );
  }).timeout(60_000);
});

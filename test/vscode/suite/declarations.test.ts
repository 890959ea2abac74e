/** What the client answers to `llama2/declarations`, with providers such as language extensions register them. */
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { findDeclarations } from "../../../src/extension/engine/declarationFinder";
import type { Declaration, SymbolUse } from "../../../src/protocol/declarations";
import { closeAllEditors, openText } from "../host";

/** A language that no extension knows. */
const LANGUAGE = "plaintext";
const TEXT = "import math\r\n\r\ndef sum_prices(basket):\r\n    return 1\r\n\r\ndef other():\r\n    return 2\r\n";

suite("declarations for the inference process", () => {
  const disposables: vscode.Disposable[] = [];

  teardown(async () => {
    disposables.splice(0).forEach((one) => {
      one.dispose();
    });
    await closeAllEditors();
  });

  async function write(name: string, text = TEXT): Promise<vscode.Uri> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  }

  type Definition = vscode.Location | vscode.LocationLink[] | undefined;

  function define(definitionOf: (name: string, uri: vscode.Uri) => Definition | Promise<Definition>): void {
    disposables.push(
      vscode.languages.registerDefinitionProvider(LANGUAGE, {
        provideDefinition: (document, position) =>
          definitionOf(document.getText(document.getWordRangeAtPosition(position)), document.uri),
      }),
    );
  }

  /** Asks for the words of a text, each at its first place; `cancelled` as if the server had no more use for it. */
  async function declarationsIn(text: string, errors: unknown[] = []): Promise<Declaration[]> {
    const { document } = await openText(`${text}‸`, LANGUAGE);
    const symbols: SymbolUse[] = (text.match(/\w+/g) ?? []).map((name) => {
      const { line, character } = document.positionAt(text.indexOf(name));
      return { name, position: { line, character } };
    });
    const params = { textDocument: { uri: document.uri.toString() }, symbols };
    return findDeclarations(params, new vscode.CancellationTokenSource().token, (error) => errors.push(error));
  }

  test("are the lines from where a definition provider points on, of a file that is not opened for it", async () => {
    const uri = await write("prices.py");
    define((name) => (name === "sum_prices" ? new vscode.Location(uri, new vscode.Range(2, 4, 2, 14)) : undefined));
    assert.deepEqual(await declarationsIn("sum_prices unknown"), [
      {
        name: "sum_prices",
        uri: uri.toString(),
        text: "def sum_prices(basket):\n    return 1\n\ndef other():\n    return 2\n",
      },
    ]);
    assert.ok(vscode.workspace.textDocuments.every((document) => document.uri.toString() !== uri.toString()));
  });

  test("are the whole declaration where the provider says how long it is", async () => {
    const uri = await write("prices.py");
    define(() => [{ targetUri: uri, targetRange: new vscode.Range(2, 0, 3, 12) }]);
    const [declaration] = await declarationsIn("sum_prices");
    assert.equal(declaration?.text, "def sum_prices(basket):\n    return 1");
  });

  test("have the text of the editor where the file is open and not saved", async () => {
    const uri = await write("prices.py");
    define(() => new vscode.Location(uri, new vscode.Range(2, 4, 2, 4)));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(2, 21), ", currency");
    await vscode.workspace.applyEdit(edit);
    const [declaration] = await declarationsIn("sum_prices");
    assert.match(declaration?.text ?? "", /^def sum_prices\(basket, currency\):/);
    await vscode.window.showTextDocument(uri);
  });

  test("are of an object of the document what its type declares", async () => {
    const uri = await write("prices.py");
    define((_name, here) => new vscode.Location(here, new vscode.Range(0, 0, 0, 5)));
    disposables.push(
      vscode.languages.registerTypeDefinitionProvider(LANGUAGE, {
        provideTypeDefinition: () => new vscode.Location(uri, new vscode.Range(5, 4, 5, 9)),
      }),
    );
    const found = await declarationsIn("basket.total");
    assert.deepEqual(
      found.map(({ name, text }) => [name, text]),
      [["basket", "def other():\n    return 2\n"]],
    );
  });

  test("are of a dependency its signature, and of what lies outside of the workspace nothing", async () => {
    const dependency = await write("node_modules/shop/index.d.ts");
    define((name) => {
      const uri = name === "total" ? dependency : vscode.Uri.file("/elsewhere/library.ts");
      return new vscode.Location(uri, new vscode.Range(2, 0, 2, 0));
    });
    disposables.push(
      vscode.languages.registerHoverProvider(LANGUAGE, {
        provideHover: () =>
          new vscode.Hover(["Some words", new vscode.MarkdownString("```ts\n(method) total(): number\n```")]),
      }),
    );
    assert.deepEqual(await declarationsIn("total print"), [
      { name: "total", uri: dependency.toString(), text: "total(): number" },
    ]);
  });

  test("that a provider fails to give are logged and left out, and those that take for ever are not waited for", async () => {
    const uri = await write("prices.py");
    const other = await write("gone.py");
    await vscode.workspace.fs.delete(other);
    define((name) => {
      switch (name) {
        case "slow":
          return new Promise(() => undefined);
        case "gone":
          return new vscode.Location(other, new vscode.Range(0, 0, 0, 0));
        default:
          return new vscode.Location(uri, new vscode.Range(2, 0, 2, 0));
      }
    });
    const errors: unknown[] = [];
    const found = await declarationsIn("slow gone good", errors);
    assert.deepEqual(
      found.map(({ name }) => name),
      ["good"],
    );
    assert.equal(errors.length, 1);
  });

  test("of a document that was edited since, or is closed, are none", async () => {
    define(() => assert.fail("asked"));
    const { document } = await openText("changed‸", LANGUAGE);
    const token = new vscode.CancellationTokenSource().token;
    const symbols = [{ name: "before", position: { line: 0, character: 0 } }];
    const ask = (uri: string): Promise<Declaration[]> =>
      findDeclarations({ textDocument: { uri }, symbols }, token, (error) => assert.fail(String(error)));
    assert.deepEqual(await ask(document.uri.toString()), []);
    assert.deepEqual(await ask("file:///nowhere.py"), []);
  });
});

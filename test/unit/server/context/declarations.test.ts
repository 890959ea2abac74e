import assert from "node:assert/strict";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Declaration, DeclarationsParams } from "../../../../src/protocol/declarations";
import { CrossFileContext } from "../../../../src/server/context/crossFile";
import { Declarations, type Lookup } from "../../../../src/server/context/declarations";
import { Exclusion } from "../../../../src/server/context/exclusion";
import { RecentEdits } from "../../../../src/server/context/recentEdits";
import { WorkspaceFolders } from "../../../../src/server/context/workspaceFolders";

const main = document("main.py", "from shop import total\n\nprice = total(basket)\n");

function document(name: string, text: string, version = 1): TextDocument {
  return TextDocument.create(`file:///${name}`, "python", version, text);
}

function declared(name: string, file = "shop.py", text = `def ${name}():\n    pass`): Declaration {
  return { name, uri: `file:///${file}`, text };
}

interface Question {
  readonly names: readonly string[];
  readonly signal: AbortSignal;
  readonly answer: (declarations: readonly Declaration[]) => void;
  readonly fail: () => void;
}

/** A client that answers when the test says so. */
function scripted(open: readonly TextDocument[] = []): {
  readonly declarations: Declarations;
  readonly questions: Question[];
  readonly errors: unknown[];
  /** The time goes on by so many milliseconds. */
  readonly pass: (ms: number) => void;
} {
  let now = 0;
  const questions: Question[] = [];
  const errors: unknown[] = [];
  const declarations = new Declarations({
    ask: ({ symbols }: DeclarationsParams, signal) =>
      new Promise((resolve, reject) => {
        const fail = (): void => {
          reject(new Error("the client said no"));
        };
        questions.push({ names: symbols.map(({ name }) => name), signal, answer: resolve, fail });
      }),
    versionOf: (uri) => open.find((one) => one.uri === uri)?.version,
    now: () => now,
    logError: (error) => errors.push(error),
  });
  const pass = (ms: number): void => {
    now += ms;
  };
  return { declarations, questions, errors, pass };
}

function textsOf({ found }: Lookup): string[] {
  return found.map(({ text }) => text.slice(0, text.indexOf("(")));
}

suite("declarations of the names near the cursor", () => {
  test("are asked for once in a region, and are there when the client has answered", async () => {
    const { declarations, questions } = scripted();
    const lookup = declarations.lookUp(main, 2);
    assert.equal(declarations.lookUp(main, 1), lookup);
    assert.deepEqual(
      questions.map(({ names }) => names),
      [["basket", "total", "price", "shop"]],
    );
    assert.deepEqual(textsOf(lookup), []);
    questions[0]?.answer([declared("total")]);
    await lookup.settled;
    assert.deepEqual(textsOf(lookup), ["def total"]);
  });

  test("stand in the order of the names, the nearest last, however they arrive; never those of the document itself", async () => {
    const { declarations, questions } = scripted();
    const lookup = declarations.lookUp(main, 2);
    questions[0]?.answer([declared("price", "main.py"), declared("total"), declared("shop"), declared("basket")]);
    await lookup.settled;
    assert.deepEqual(textsOf(lookup), ["def shop", "def total", "def basket"]);
  });

  test("of a region that was left are not waited for any more", () => {
    const { declarations, questions } = scripted();
    declarations.lookUp(main, 2);
    declarations.lookUp(document("other.py", "total()"), 0);
    assert.deepEqual(
      questions.map(({ signal }) => signal.aborted),
      [true, false],
    );
  });

  test("are asked for again after a while, and what is new joins what was found", async () => {
    const { declarations, questions, pass } = scripted();
    const lookup = declarations.lookUp(main, 2);
    questions[0]?.answer([declared("total")]);
    await lookup.settled;
    const typed = document("main.py", "from shop import total\n\nprice = total(basket) + delivery(basket)\n", 2);
    declarations.lookUp(typed, 2);
    assert.equal(questions.length, 1, "not at every key");
    pass(3_000);
    assert.equal(declarations.lookUp(typed, 2), lookup);
    assert.ok(questions[1]?.names.includes("delivery"));
    questions[1]?.answer([declared("delivery"), declared("total")]);
    await lookup.settled;
    assert.deepEqual(textsOf(lookup), ["def total", "def delivery"], "in this order, for the KV cache");
    for (let count = 0; count < 5; count++) {
      pass(3_000);
      declarations.lookUp(typed, 2);
      questions.at(-1)?.answer([]);
      await lookup.settled;
    }
    const asked = (): number => questions.flatMap(({ names }) => names).filter((name) => name === "price").length;
    assert.equal(asked(), 3, "what the client does not know is asked for less and less often");
    pass(60_000);
    declarations.lookUp(typed, 2);
    assert.equal(asked(), 4, "a language server may have needed a minute to start");
  });

  test("that a client cannot give are none, and it is logged", async () => {
    const { declarations, questions, errors } = scripted();
    const lookup = declarations.lookUp(main, 2);
    questions[0]?.fail();
    await lookup.settled;
    assert.deepEqual(lookup.found, []);
    assert.equal(errors.length, 1);
  });

  test("are known when the user comes back, and not asked for again while the declaring document is the same", async () => {
    const open = [document("shop.py", "def total():\n    pass")];
    const { declarations, questions } = scripted(open);
    const first = declarations.lookUp(main, 2);
    questions[0]?.answer([declared("total"), declared("shop", "unopened.py")]);
    await first.settled;
    declarations.lookUp(document("other.py", "x"), 0);
    const again = declarations.lookUp(main, 2);
    assert.deepEqual(textsOf(again), ["def shop", "def total"], "at once");
    assert.deepEqual(questions.at(-1)?.names, ["basket", "price", "shop"]);
    open[0] = document("shop.py", "def total(tax):\n    pass", 2);
    declarations.lookUp(document("other.py", "x"), 0);
    declarations.lookUp(main, 2);
    assert.ok(questions.at(-1)?.names.includes("total"), "it may have changed");
  });
});

suite("snippets of other files", () => {
  function context(declarations: Declarations, open: readonly TextDocument[] = []): CrossFileContext {
    const folders = new WorkspaceFolders();
    return new CrossFileContext({
      declarations,
      folders,
      edits: new RecentEdits(),
      exclusion: new Exclusion(folders, () => ["private/"]),
      openDocuments: () => open,
      fileOf: (uri) => uri.replace(/#.*/, ""),
    });
  }

  test("wait for declarations where a region is entered, and then never again", async () => {
    const { declarations, questions } = scripted();
    const crossFile = context(declarations);
    const first = crossFile.snippets(main, 2, 60_000);
    questions[0]?.answer([declared("total")]);
    assert.deepEqual(
      (await first).map(({ path }) => path),
      ["shop.py"],
    );
    const elsewhere = document("other.py", "total(1)");
    assert.deepEqual(await crossFile.snippets(elsewhere, 0, 1), [], "the client says nothing");
    assert.deepEqual(await crossFile.snippets(elsewhere, 0, 60_000), [], "no second wait");
    questions[1]?.answer([declared("total")]);
    await declarations.lookUp(elsewhere, 0).settled;
    assert.equal((await crossFile.snippets(elsewhere, 0, 0)).length, 1, "what comes late joins");
  });

  test("stay as they are while the cursor moves in its region, whatever is declared meanwhile", async () => {
    const { declarations, questions } = scripted();
    const crossFile = context(declarations);
    const lookup = declarations.lookUp(main, 2);
    questions[0]?.answer([declared("total"), declared("basket")]);
    await lookup.settled;
    const before = await crossFile.snippets(main, 2, 0);
    assert.equal(before.length, 2);
    assert.deepEqual(await crossFile.snippets(document("main.py", "nothing of it\n\n\n", 2), 1, 0), before);
  });

  test("are never of secret or excluded files, nor of the other cells of a notebook", async () => {
    const { declarations, questions } = scripted();
    const cell = TextDocument.create("file:///book.ipynb#2", "python", 1, "alpha(beta, gamma, delta)");
    const lookup = declarations.lookUp(cell, 0);
    questions[0]?.answer([
      declared("alpha", "private/a.py"),
      declared("beta", ".env"),
      declared("gamma", "book.ipynb#1"),
      declared("delta"),
    ]);
    await lookup.settled;
    const snippets = await context(declarations).snippets(cell, 0, 0);
    assert.deepEqual(
      snippets.map(({ path }) => path),
      ["shop.py"],
    );
  });

  test("do not repeat a declaration that a piece of its document shows", async () => {
    const shop = document("shop.py", "def total(basket, price):\n    return sum(basket)");
    const { declarations, questions } = scripted([shop]);
    const lookup = declarations.lookUp(main, 2);
    questions[0]?.answer([declared("total", "shop.py", shop.getText())]);
    await lookup.settled;
    const snippets = await context(declarations, [shop]).snippets(main, 2, 0);
    assert.equal(snippets.length, 1);
  });
});

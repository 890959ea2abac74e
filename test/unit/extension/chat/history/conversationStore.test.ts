/** Saved conversations on a real disk: crashes, damage, and several windows on one folder. */
import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as fc from "fast-check";
import type { ConversationStore } from "../../../../../src/extension/chat/history/conversationStore";
import { problemText } from "../../../../../src/extension/chat/history/storeProblems";
import { inEnglish } from "../../../../../src/base/localize";
import { openStore, talk, useFolder } from "./support";

async function ids(store: ConversationStore): Promise<string[]> {
  return (await store.list()).map(({ id }) => id);
}

suite("saved conversations", () => {
  const folder = useFolder();

  test("a folder that does not exist has none", async () => {
    assert.deepEqual(await openStore(folder()).store.list(), []);
  });

  test("what is saved is found by the next session, the latest first", async () => {
    const { store } = openStore(folder());
    await store.save(talk("old", "first", 1));
    await store.save(talk("new", "second", 2));
    const next = openStore(folder());
    assert.deepEqual(await ids(next.store), ["new", "old"]);
    assert.deepEqual(await next.store.load("old"), talk("old", "first", 1));
  });

  test("files can be read by nobody else", async () => {
    const { store } = openStore(folder());
    await store.save(talk("a"));
    if (process.platform !== "win32") {
      assert.equal((await fs.stat(path.join(folder(), "a.json"))).mode & 0o077, 0);
      assert.equal((await fs.stat(folder())).mode & 0o077, 0);
    }
  });

  test("a file is read once, and again only when it has changed", async () => {
    const { store, files } = openStore(folder());
    for (const id of ["a", "b", "c"]) {
      await store.save(talk(id));
    }
    const other = openStore(folder());
    const read: string[] = [];
    const readFile = other.files.read.bind(other.files);
    other.files.read = (id) => {
      read.push(id);
      return readFile(id);
    };
    await other.store.list();
    await other.store.list();
    assert.deepEqual(read.sort(), ["a", "b", "c"]);
    await store.save(talk("b", "changed", 5));
    assert.equal((await other.store.list())[0]?.title, "changed");
    assert.deepEqual(read.slice(3), ["b"]);
    assert.equal((await files.list()).length, 3);
  });

  test("a title, a pin and unknown fields survive later saves of the conversation", async () => {
    const { store } = openStore(folder());
    await store.save(talk("a"));
    await store.rename("a", "My title");
    await store.pin("a", true);
    const file = path.join(folder(), "a.json");
    const json = JSON.parse(await fs.readFile(file, "utf8")) as object;
    await fs.writeFile(file, JSON.stringify({ ...json, colour: "red" }));
    await store.save(talk("a", "changed question", 3));
    const [head] = await store.list();
    assert.deepEqual([head?.title, head?.pinned], ["My title", true]);
    assert.match(await fs.readFile(file, "utf8"), /"colour":"red".*changed question/);
  });

  test("renaming and pinning do not move a conversation in the list", async () => {
    const { store } = openStore(folder());
    await store.save(talk("old", "q", 1));
    await store.save(talk("new", "q", 2));
    await store.rename("old", "Renamed");
    assert.deepEqual(await ids(store), ["new", "old"]);
  });

  test("an empty title gives back the one of the first question", async () => {
    const { store } = openStore(folder());
    await store.save(talk("a", "the question"));
    await store.rename("a", "Mine");
    await store.rename("a", "");
    assert.equal((await store.list())[0]?.title, "the question");
  });

  test("what was removed can be put back as it was", async () => {
    const { store } = openStore(folder());
    await store.save(talk("a"));
    await store.pin("a", true);
    const removed = await store.remove("a");
    assert.deepEqual(await store.list(), []);
    assert.ok(removed !== undefined);
    await store.restore(removed);
    assert.deepEqual(await store.load("a"), talk("a"));
    assert.equal((await store.list())[0]?.pinned, true);
  });

  test("the oldest leave when there are too many, but not a pinned one and not the one that is shown", async () => {
    const { store } = openStore(folder());
    for (const [minute, id] of ["shown", "pinned", "third", "fourth", "fifth"].entries()) {
      await store.save(talk(id, "q", minute));
    }
    await store.pin("pinned", true);
    await store.prune(3, "shown");
    assert.deepEqual(await ids(store), ["fifth", "pinned", "shown"]);
    await store.prune(1, "shown");
    assert.deepEqual(await ids(store), ["pinned", "shown"]);
  });

  test("in the last moment a conversation is saved at once, with its title and its pin", async () => {
    const { store } = openStore(folder());
    await store.save(talk("a"));
    await store.rename("a", "Mine");
    store.saveNow(talk("a", "the last words", 9));
    store.saveNow(talk("b"));
    const next = openStore(folder()).store;
    assert.equal((await next.list()).find(({ id }) => id === "a")?.title, "Mine");
    assert.equal((await next.load("a"))?.exchanges[0]?.text, "the last words");
    assert.deepEqual(await next.load("b"), talk("b"));
  });

  test("a folder that cannot be made is an error for whoever saves", async () => {
    await fs.mkdir(path.dirname(folder()), { recursive: true });
    await fs.writeFile(folder(), "a file in its place");
    await assert.rejects(openStore(folder()).store.save(talk("a")));
  });
});

suite("damaged conversations", () => {
  const folder = useFolder();

  setup(async () => {
    const { store } = openStore(folder());
    await store.save(talk("good"));
    await store.save(talk("bad"));
    await fs.truncate(path.join(folder(), "bad.json"), 60);
  });

  test("are set aside and reported once; the others load", async () => {
    const { store, problems } = openStore(folder());
    assert.deepEqual(await ids(store), ["good"]);
    assert.deepEqual(await ids(store), ["good"]);
    assert.equal(problems.length, 1);
    assert.match(
      problemText(problems[0]!, inEnglish),
      /^A saved conversation could not be read\. Its file was set aside/,
    );
    assert.deepEqual((await fs.readdir(folder())).sort(), ["bad.json.damaged", "good.json"]);
    const next = openStore(folder());
    assert.deepEqual(await ids(next.store), ["good"]);
    assert.deepEqual(next.problems, []);
  });

  test("do not replace one that was set aside before", async () => {
    await openStore(folder()).store.list();
    await fs.writeFile(path.join(folder(), "bad.json"), "damaged again");
    await openStore(folder()).store.list();
    assert.equal(await fs.readFile(path.join(folder(), "bad.json.2.damaged"), "utf8"), "damaged again");
  });

  test("can be saved again by the window that has them in memory", async () => {
    const { store } = openStore(folder());
    await store.save(talk("bad", "from memory"));
    assert.equal((await store.load("bad"))?.exchanges[0]?.text, "from memory");
    assert.ok((await fs.readdir(folder())).includes("bad.json.damaged"));
  });

  test("several are one sentence", async () => {
    await fs.writeFile(path.join(folder(), "good.json"), "{");
    const { store, problems } = openStore(folder());
    await store.list();
    assert.deepEqual(
      problems.map((problem) => problemText(problem, inEnglish)),
      ["2 saved conversations could not be read. Their files were set aside; the others are not affected."],
    );
  });

  test("one of a later version stays where it is, and is not written over", async () => {
    const file = path.join(folder(), "later.json");
    await fs.writeFile(file, '{"format":99}');
    const { store, problems } = openStore(folder());
    await store.list();
    await store.list();
    assert.deepEqual(
      problems.filter(({ kind }) => kind === "newer"),
      [{ kind: "newer", count: 1 }],
    );
    await assert.rejects(store.save(talk("later")));
    store.saveNow(talk("later"));
    assert.equal(await fs.readFile(file, "utf8"), '{"format":99}');
  });

  test("other files in the folder are nobody's conversations", async () => {
    await fs.writeFile(path.join(folder(), "notes.txt"), "");
    await fs.writeFile(path.join(folder(), "good.json.12345"), "half of a wri");
    await fs.mkdir(path.join(folder(), "folder.json"));
    const { store, problems, files } = openStore(folder());
    assert.deepEqual(await ids(store), ["good"]);
    assert.equal(problems.length, 1); // the damaged one
    await files.removeLeftovers(Date.now());
    assert.ok((await fs.readdir(folder())).includes("good.json.12345"), "another window may be writing it now");
    await files.removeLeftovers(Date.now() + 86_400_000);
    assert.ok(!(await fs.readdir(folder())).includes("good.json.12345"));
  });
});

suite("a process that dies while it saves", () => {
  const folder = useFolder();

  test("leaves the old or the new conversation, never a part of one", async function () {
    this.timeout(60_000);
    const size = 400_000;
    const writer = path.join(import.meta.dirname, "endlessWriter.ts");
    for (const attempt of [1, 2, 3]) {
      const child = spawn(process.execPath, ["--import", "tsx", writer, folder(), String(size)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let output = "";
      for await (const chunk of child.stdout) {
        output += String(chunk);
        if (output.split("\n").length > 3 + attempt * 2) {
          break;
        }
      }
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      assert.match(output, /^0\n/, "it has saved");
      const { store, problems } = openStore(folder());
      const answer = (await store.load("a"))?.exchanges[0]?.answer.text ?? "";
      assert.ok(answer.length === size && answer === answer.slice(0, 1).repeat(size), answer.slice(0, 100));
      assert.deepEqual(problems, []);
    }
  });
});

suite("two windows on one workspace", () => {
  const folder = useFolder();

  test("see what the other one has saved, renamed and removed", async () => {
    const one = openStore(folder()).store;
    const two = openStore(folder()).store;
    await one.save(talk("a"));
    assert.deepEqual(await ids(two), ["a"]);
    await two.rename("a", "Renamed over there");
    await two.save(talk("b", "q", 1));
    assert.deepEqual(
      (await one.list()).map(({ title }) => title),
      ["q", "Renamed over there"],
    );
    await one.remove("a");
    assert.deepEqual(await ids(two), ["b"]);
    assert.equal(await two.load("a"), undefined);
  });

  test("notice that the conversation they show was changed, and do not take their own changes for it", async () => {
    const one = openStore(folder()).store;
    const two = openStore(folder()).store;
    await one.save(talk("a"));
    await two.load("a");
    assert.equal(await two.changedElsewhere("a"), false);
    await one.save(talk("a", "more", 1));
    assert.equal(await one.changedElsewhere("a"), false);
    assert.equal(await two.changedElsewhere("a"), true);
    await two.load("a");
    assert.equal(await two.changedElsewhere("a"), false);
    await one.remove("a");
    assert.equal(await two.changedElsewhere("a"), false);
  });

  test("keep the title and the pin that the other one gave while a conversation goes on here", async () => {
    const one = openStore(folder()).store;
    const two = openStore(folder()).store;
    await one.save(talk("a"));
    await two.rename("a", "Mine");
    await two.pin("a", true);
    await one.save(talk("a", "it goes on", 1));
    const [head] = await two.list();
    assert.deepEqual([head?.title, head?.pinned, head?.text.includes("it goes on")], ["Mine", true, true]);
  });

  test("never lose or tear a conversation, whatever they do at the same time", async function () {
    this.timeout(60_000);
    const id = fc.constantFrom("a", "b", "c");
    const step = fc.oneof(
      fc.record({ kind: fc.constant("save" as const), id, text: fc.string({ minLength: 1, maxLength: 2000 }) }),
      fc.record({ kind: fc.constant("rename" as const), id, text: fc.string({ maxLength: 20 }) }),
      fc.record({ kind: fc.constant("pin" as const), id }),
      fc.record({ kind: fc.constant("list" as const) }),
    );
    const plan = fc.array(step, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(plan, plan), fc.nat(), async (plans, run) => {
        const place = path.join(folder(), String(run));
        await fs.rm(place, { recursive: true, force: true });
        const windows = plans.map((steps) => ({ steps, ...openStore(place) }));
        await Promise.all(
          windows.map(async ({ steps, store }) => {
            for (const one of steps) {
              switch (one.kind) {
                case "save":
                  await store.save(talk(one.id, one.text));
                  break;
                case "rename":
                  await store.rename(one.id, one.text);
                  break;
                case "pin":
                  await store.pin(one.id, true);
                  break;
                case "list":
                  await store.list();
              }
            }
          }),
        );
        const saves = plans.flat().filter((one) => one.kind === "save");
        const next = openStore(place);
        assert.deepEqual((await ids(next.store)).sort(), [...new Set(saves.map((save) => save.id))].sort());
        for (const name of await ids(next.store)) {
          const text = (await next.store.load(name))?.exchanges[0]?.text;
          assert.ok(saves.some((save) => save.id === name && save.text === text));
        }
        for (const { store, problems } of [...windows, next]) {
          assert.deepEqual(problems, []);
          assert.deepEqual(await ids(store), await ids(next.store));
        }
      }),
      { numRuns: 40 },
    );
  });
});

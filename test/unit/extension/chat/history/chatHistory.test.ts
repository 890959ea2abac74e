/** The conversation that is shown and the saved ones, with a real store and the real conversation. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { mock } from "node:test";
import { Conversation } from "../../../../../src/extension/chat/conversation";
import type { ConversationData } from "../../../../../src/extension/chat/conversationData";
import { ChatHistory } from "../../../../../src/extension/chat/history/chatHistory";
import { DONE, openStore, useFolder } from "./support";

/** A window with a chat in it. The memory is what survives its reload. */
class Window {
  readonly store;
  readonly conversation: Conversation;
  readonly history: ChatHistory;
  readonly errors: unknown[] = [];
  shown: string[] = [];
  limit = 200;
  private ids = 0;

  constructor(
    folder: string,
    readonly memory = new Map<string, string>(),
    private readonly name = "w",
  ) {
    this.store = openStore(folder).store;
    const holder: { history?: ChatHistory } = {};
    this.conversation = new Conversation(
      (change) => {
        if (change.type === "conversation") {
          this.shown.push(this.title);
        }
        holder.history?.changed();
      },
      { newId: () => `${this.name}${String(this.ids++)}`, now: () => new Date(1e12 + this.ids * 1000) },
    );
    this.history = new ChatHistory({
      store: this.store,
      conversation: this.conversation,
      controller: {
        stop: () => {
          const last = this.data.exchanges.at(-1);
          if (last?.answer.status.kind === "streaming") {
            this.conversation.setAnswer(last.answer.id, { status: { kind: "stopped" } });
          }
        },
      },
      memory: {
        get: (key) => memory.get(key),
        update: (key, value) => Promise.resolve(void memory.set(key, value)),
      },
      limit: () => this.limit,
      onSaved: () => undefined,
      saveFailed: (error) => this.errors.push(error),
      logError: (error) => this.errors.push(error),
    });
    holder.history = this.history;
  }

  get data(): ConversationData {
    return this.conversation.data;
  }

  get title(): string {
    return this.data.exchanges[0]?.text ?? "";
  }

  ask(text: string, answer = `answer to ${text}`): void {
    this.begin(text, answer);
    this.conversation.setAnswer(this.data.exchanges.at(-1)!.answer.id, { text: answer, status: DONE });
  }

  begin(text: string, answer: string): void {
    this.conversation.append(this.conversation.ask(text), answer);
  }
}

suite("the history of the chat", () => {
  const folder = useFolder();

  async function saved(): Promise<readonly string[]> {
    return (await openStore(folder()).store.list()).map(({ title }) => title);
  }

  test("a conversation is on the disk as soon as an answer has ended", async () => {
    const window = new Window(folder());
    window.ask("one");
    await window.history.list();
    assert.deepEqual(await saved(), ["one"]);
    assert.deepEqual(window.errors, []);
  });

  test("an empty conversation makes no file", async () => {
    const window = new Window(folder());
    window.conversation.startNew();
    await window.history.list();
    window.history.dispose();
    assert.deepEqual(await saved(), []);
  });

  test("a conversation whose questions were all deleted is gone, and back when they are", async () => {
    const window = new Window(folder());
    window.ask("one");
    await window.history.list();
    const full = window.data;
    window.conversation.open({ ...full, exchanges: [] });
    await window.history.list();
    assert.deepEqual(await saved(), []);
    window.conversation.open({ ...full });
    window.history.dispose();
    assert.deepEqual(await saved(), ["one"]);
  });

  test("a reload shows the conversation again, and a new chat stays a new chat", async () => {
    const first = new Window(folder());
    first.ask("one");
    first.conversation.startNew();
    first.ask("two");
    const { id } = (await first.history.list()).find(({ title }) => title === "one")!;
    await first.history.open(id);
    first.history.dispose();
    const second = new Window(folder(), first.memory);
    await second.history.restored;
    assert.equal(second.title, "one");
    second.conversation.startNew();
    second.history.dispose();
    const third = new Window(folder(), first.memory);
    await third.history.restored;
    assert.equal(third.title, "");
  });

  test("without a memory, after a crash of VS Code, the latest conversation is shown", async () => {
    const first = new Window(folder());
    first.ask("one");
    first.conversation.startNew();
    first.ask("two");
    await first.history.list();
    const second = new Window(folder());
    await second.history.restored;
    assert.equal(second.title, "two");
  });

  test("what was asked before the last conversation was read is not replaced by it", async () => {
    const first = new Window(folder());
    first.ask("one");
    await first.history.list();
    const second = new Window(folder(), first.memory, "v");
    second.ask("at once");
    await second.history.restored;
    assert.equal(second.title, "at once");
    await second.history.list();
    assert.deepEqual([...(await saved())].sort(), ["at once", "one"]);
  });

  test("an answer that was being written when the window closed is there, as one that was stopped", async () => {
    const first = new Window(folder());
    await first.history.restored;
    first.begin("one", "half an ans");
    first.history.dispose();
    const second = new Window(folder(), first.memory);
    await second.history.restored;
    const answer = second.data.exchanges[0]?.answer;
    assert.deepEqual([answer?.text, answer?.status.kind], ["half an ans", "stopped"]);
  });

  test("while an answer streams it is saved every second, so that a crash loses no more", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const window = new Window(folder());
      await window.history.restored;
      window.begin("one", "a");
      for (let piece = 0; piece < 10; piece++) {
        window.conversation.append(window.data.exchanges[0]!.answer.id, "b");
      }
      assert.deepEqual(await saved(), []);
      mock.timers.tick(1000);
      while ((await saved()).length === 0) {
        // the save that the timer began is on its way
      }
      const crashed = await openStore(folder()).store.load(window.data.id);
      assert.equal(crashed?.exchanges[0]?.answer.text, "abbbbbbbbbb");
    } finally {
      mock.timers.reset();
    }
  });

  test("opening another conversation stops the answer and keeps what there was of it", async () => {
    const window = new Window(folder());
    window.ask("one");
    window.conversation.startNew();
    window.begin("two", "half");
    const { id } = (await window.history.list()).find(({ title }) => title === "one")!;
    assert.equal(await window.history.open(id), true);
    assert.equal(window.title, "one");
    const list = await window.history.list();
    assert.deepEqual(list.map(({ text }) => text).sort(), ["one\nanswer to one", "two\nhalf"]);
    assert.equal(await window.history.open("gone"), false);
    assert.equal(window.title, "one");
  });

  test("the conversation that is shown takes its new title along", async () => {
    const window = new Window(folder());
    window.ask("one");
    await window.history.rename(window.data.id, "Mine");
    assert.equal(window.data.title, "Mine");
    window.ask("more");
    assert.equal((await window.history.list())[0]?.title, "Mine");
  });

  test("removing what is shown begins a new chat, and nothing writes it again; undo brings the file back", async () => {
    const window = new Window(folder());
    window.ask("one");
    window.begin("two", "half");
    const removed = await window.history.remove(window.data.id);
    assert.equal(window.title, "");
    window.history.dispose();
    assert.deepEqual(await saved(), []);
    await window.history.undoRemove(removed!);
    assert.deepEqual(await saved(), ["one"]);
  });

  test("the limit removes the oldest when a new conversation is saved; 0 saves nothing and removes nothing", async () => {
    const window = new Window(folder());
    for (const text of ["one", "two", "three"]) {
      window.limit = 2;
      window.conversation.startNew();
      window.ask(text);
      await window.history.list();
    }
    assert.deepEqual(await saved(), ["three", "two"]);
    window.limit = 0;
    window.conversation.startNew();
    window.ask("four");
    await window.history.list();
    window.history.dispose();
    assert.deepEqual(await saved(), ["three", "two"]);
  });

  test("a disk that is full is told once, and the conversation is saved when there is room again", async () => {
    const window = new Window(folder());
    await window.history.restored;
    await fs.mkdir(path.dirname(folder()), { recursive: true });
    await fs.writeFile(folder(), "a file in its place");
    window.ask("one");
    await window.history.list();
    window.ask("two");
    await window.history.list();
    assert.equal(window.errors.length, 1);
    await fs.rm(folder());
    window.ask("three");
    await window.history.list();
    assert.deepEqual((await openStore(folder()).store.load(window.data.id))?.exchanges.length, 3);
  });
});

suite("the history of two windows", () => {
  const folder = useFolder();

  async function pair(): Promise<readonly [Window, Window]> {
    const one = new Window(folder());
    one.ask("one");
    await one.history.list();
    const two = new Window(folder(), new Map(), "v");
    await two.history.restored;
    two.shown = [];
    return [one, two];
  }

  test("a conversation that goes on in one is taken over by the other, once", async () => {
    const [one, two] = await pair();
    one.ask("more");
    await one.history.list();
    await two.history.takeOverChanges();
    await two.history.takeOverChanges();
    await one.history.takeOverChanges();
    assert.deepEqual(two.data, one.data);
    assert.equal(two.shown.length, 1);
    assert.equal(await two.store.changedElsewhere(two.data.id), false);
  });

  test("an answer that is being written here is not replaced by what another window does", async () => {
    const [one, two] = await pair();
    two.begin("mine", "half");
    one.ask("theirs");
    await one.history.list();
    await two.history.takeOverChanges();
    assert.equal(two.data.exchanges.at(-1)?.text, "mine");
  });

  test("one that is removed there stays on the page here, and is saved again when it goes on", async () => {
    const [one, two] = await pair();
    await one.history.remove(one.data.id);
    await two.history.takeOverChanges();
    assert.equal(two.title, "one");
    two.ask("more");
    await two.history.list();
    assert.deepEqual(
      (await one.history.list()).map(({ title }) => title),
      ["one"],
    );
  });
});

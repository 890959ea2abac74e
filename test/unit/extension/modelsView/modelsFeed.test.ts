/** When the models view asks, and what it keeps. */
import * as assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { inEnglish } from "../../../../src/base/localize";
import type { ShownDownload } from "../../../../src/extension/modelsView/facts";
import { ModelsFeed } from "../../../../src/extension/modelsView/modelsFeed";
import type { ConnectionState } from "../../../../src/extension/engineApi";
import { DESCRIPTION, FITS, MODEL, OFFER, SOURCE } from "./facts";

const RUNNING: ConnectionState = {
  kind: "running",
  models: { chat: { kind: "stopped" }, completion: { kind: "stopped" } },
};

interface Script {
  state: ConnectionState;
  running: ShownDownload[];
  settings: { chatModelPath: string; completionModelPath: string; customModels: string[] };
  /** The files of each question. */
  readonly listed: (readonly string[])[];
  headersAsked: number;
  failure: Error | undefined;
  readonly errors: unknown[];
  changes: number;
  readonly tell: (what: "engine" | "downloads" | "settings") => void;
}

/** An engine, downloads and settings that do as they are told, and count. */
function scripted() {
  const listeners: Record<"engine" | "downloads" | "settings", (() => void)[]> = {
    engine: [],
    downloads: [],
    settings: [],
  };
  const script: Script = {
    state: RUNNING,
    running: [],
    settings: { chatModelPath: "", completionModelPath: "", customModels: [] },
    listed: [],
    headersAsked: 0,
    failure: undefined,
    errors: [],
    changes: 0,
    tell: (what) => {
      listeners[what].forEach((listener) => {
        listener();
      });
    },
  };
  const on = (what: keyof typeof listeners) => (listener: () => void) => {
    listeners[what].push(listener);
    return { dispose: () => listeners[what].splice(listeners[what].indexOf(listener), 1) };
  };
  const feed = new ModelsFeed({
    engine: {
      get state() {
        return script.state;
      },
      onDidChangeState: (listener) =>
        on("engine")(() => {
          listener(script.state);
        }),
    },
    hub: {
      offers: () => Promise.resolve({ machine: { availableBytes: 1 }, offers: [OFFER] }),
      unfinished: () => Promise.resolve([]),
    },
    local: {
      list: (files) => {
        script.listed.push(files);
        return script.failure === undefined ? Promise.resolve([MODEL]) : Promise.reject(script.failure);
      },
      header: () => {
        script.headersAsked++;
        return script.failure === undefined
          ? Promise.resolve({ description: DESCRIPTION, fit: FITS, tensors: 1, parameters: 1, metadata: {} })
          : Promise.reject(script.failure);
      },
    },
    downloads: {
      get running() {
        return script.running;
      },
      onDidChange: on("downloads"),
    },
    settings: () => script.settings,
    onDidChangeSettings: on("settings"),
    home: "",
    translate: inEnglish,
    logError: (error) => script.errors.push(error),
  });
  feed.onDidChange(() => script.changes++);
  return { feed, script, listeners };
}

/** Everything that was asked has been answered. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await turn();
  }
}

suite("what the models view knows", () => {
  test("is asked for only while somebody looks, and once for changes that come together", async () => {
    const { feed, script } = scripted();
    const times = (): number => script.listed.length;
    script.tell("settings");
    script.tell("engine");
    await settled();
    assert.deepEqual([script.listed.length, feed.facts], [0, undefined]);
    feed.watched = true;
    await settled();
    assert.deepEqual([times(), feed.facts?.installed], [1, [MODEL]]);
    for (let i = 0; i < 5; i++) {
      script.tell("settings");
    }
    await settled();
    assert.equal(times(), 3, "the question under way, and one for all that came meanwhile");
    feed.watched = false;
    script.tell("settings");
    await settled();
    assert.equal(times(), 3);
    feed.dispose();
  });

  test("names the files of the settings", async () => {
    const { feed, script } = scripted();
    script.settings = {
      chatModelPath: "/a.gguf",
      completionModelPath: "/a.gguf",
      customModels: ["/b.gguf", "hf:a/b/c.gguf"],
    };
    await feed.whenKnown();
    assert.deepEqual(script.listed, [["/a.gguf", "/b.gguf"]]);
    feed.dispose();
  });

  test("is asked again when a download ends, and only drawn again while it goes on", async () => {
    const { feed, script } = scripted();
    feed.watched = true;
    await settled();
    script.running = [{ source: SOURCE, title: "t", progress: { phase: "queued", bytes: 0 } }];
    const changes = script.changes;
    script.tell("downloads");
    script.tell("downloads");
    await settled();
    assert.deepEqual([script.listed.length, script.changes - changes], [1, 2]);
    script.running = [];
    script.tell("downloads");
    await settled();
    assert.equal(script.listed.length, 2);
    feed.dispose();
  });

  test("is asked of a new process, and nothing is known while there is none", async () => {
    const { feed, script } = scripted();
    feed.watched = true;
    await settled();
    script.state = { kind: "failed", detail: "" };
    script.tell("engine");
    assert.equal(feed.facts, undefined);
    script.state = RUNNING;
    script.tell("engine");
    await settled();
    assert.equal(script.listed.length, 2);
    script.tell("engine");
    await settled();
    assert.equal(script.listed.length, 2, "a model that is loaded changes no list");
    feed.dispose();
  });

  test("stays as it was where it cannot be asked for again, with the reason", async () => {
    const { feed, script } = scripted();
    await feed.whenKnown();
    script.failure = new Error("no disk");
    await feed.refresh();
    assert.deepEqual([feed.facts?.installed, feed.facts?.listProblem], [[MODEL], "no disk"]);
    assert.equal(script.errors.length, 1);
    script.failure = undefined;
    await feed.refresh();
    assert.ok(feed.facts !== undefined && !("listProblem" in feed.facts));
    feed.dispose();
  });

  test("has the header of a remote file when that was asked for, once until it is refreshed", async () => {
    const { feed, script } = scripted();
    await feed.whenKnown();
    assert.equal(script.headersAsked, 0);
    await feed.askHeader("hf:a/b/c.gguf", SOURCE);
    await feed.askHeader("hf:a/b/c.gguf", SOURCE);
    assert.equal(script.headersAsked, 1);
    const header = (): unknown => feed.facts?.headers.get("hf:a/b/c.gguf");
    assert.match(JSON.stringify(header()), /"kind":"known"/);
    script.failure = new Error("gone");
    await feed.refresh();
    await feed.askHeader("hf:a/b/c.gguf", SOURCE);
    assert.deepEqual(header(), { kind: "failed", reason: "gone" });
    feed.dispose();
  });

  test("ends with what it listens to", () => {
    const { feed, listeners } = scripted();
    feed.dispose();
    assert.deepEqual(
      Object.values(listeners).map(({ length }) => length),
      [0, 0, 0],
    );
  });
});

/** Which models are in memory when: settings change, memory is short, nobody asks for a while. */
import * as assert from "node:assert/strict";
import type { ModelRole, ModelState } from "../../../../src/protocol/engine";
import { EngineError } from "../../../../src/protocol/engineErrors";
import { parseEngineSettings } from "../../../../src/protocol/engineSettings";
import type { Engine, LanguageModel, LoadOptions } from "../../../../src/server/engine/engine";
import { ModelHost } from "../../../../src/server/engine/modelHost";
import { FakeEngine } from "../../../support/fakeEngine";

const never = new AbortController().signal;

/** Loads when the test says so, and writes down what it did. */
class WatchedEngine implements Engine {
  readonly events: string[] = [];
  fits = true;
  private readonly fake = new FakeEngine({ rules: [], failLoading: "bad" });
  private gates: (() => void)[] = [];
  private gated = false;

  holdLoads(): void {
    this.gated = true;
  }

  letLoadsGo(): void {
    this.gated = false;
    for (const open of this.gates.splice(0)) {
      open();
    }
  }

  async load(options: LoadOptions, onProgress: (fraction: number) => void): Promise<LanguageModel> {
    this.events.push(`load ${options.path}`);
    if (this.gated) {
      await new Promise<void>((resolve) => this.gates.push(resolve));
    }
    const model = await this.fake.load(options, onProgress);
    model.dispose = () => {
      this.events.push(`free ${options.path}`);
      return Promise.resolve();
    };
    return model;
  }

  graphics(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  fitsBeside(): Promise<boolean> {
    return Promise.resolve(this.fits);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

function start(): { engine: WatchedEngine; host: ModelHost; configure: (chat: string, completion: string) => void } {
  const engine = new WatchedEngine();
  const host = new ModelHost(engine, () => undefined);
  const configure = (chat: string, completion: string): void => {
    host.configure(parseEngineSettings({ chat: { modelPath: chat }, completion: { modelPath: completion } }));
  };
  return { engine, host, configure };
}

async function pathFor(host: ModelHost, role: ModelRole): Promise<string> {
  return (await host.model(role, never)).info.path;
}

function servingPath(state: ModelState): string | undefined {
  return state.kind === "loading" ? state.serving?.path : undefined;
}

suite("model host", () => {
  test("loads one file once for both roles", async () => {
    const { engine, host, configure } = start();
    configure("/a", "/a");
    assert.equal(await pathFor(host, "chat"), "/a");
    assert.equal(await host.model("chat", never), await host.model("completion", never));
    assert.deepEqual(engine.events, ["load /a"]);
  });

  test("what the new settings still ask for stays in memory", async () => {
    const { engine, host, configure } = start();
    configure("/chat", "/code");
    await pathFor(host, "chat");
    configure("/other", "/code");
    await pathFor(host, "completion");
    await host.unload();
    assert.deepEqual(engine.events.slice(0, 4), ["load /code", "load /chat", "load /other", "free /chat"]);
  });

  test("a model that is replaced answers until the new one is ready, where both fit", async () => {
    const { engine, host, configure } = start();
    configure("/old", "");
    await pathFor(host, "chat");
    engine.holdLoads();
    configure("/new", "");
    assert.equal(servingPath(host.current.chat), "/old");
    assert.equal(await pathFor(host, "chat"), "/old");
    engine.letLoadsGo();
    while (host.current.chat.kind !== "ready") {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(await pathFor(host, "chat"), "/new");
    await host.unload();
    assert.deepEqual(engine.events, ["load /old", "load /new", "free /old", "free /new"]);
  });

  test("where both do not fit, the old one goes first", async () => {
    const { engine, host, configure } = start();
    configure("/old", "");
    await pathFor(host, "chat");
    engine.fits = false;
    engine.holdLoads();
    configure("/new", "");
    while (engine.events.length < 3) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(engine.events, ["load /old", "free /old", "load /new"]);
    assert.equal(servingPath(host.current.chat), undefined);
    const asked = pathFor(host, "chat");
    engine.letLoadsGo();
    assert.equal(await asked, "/new");
  });

  test("a new model that cannot be loaded is reported, and the old one does not answer in its name", async () => {
    const { host, configure } = start();
    configure("/old", "");
    await pathFor(host, "chat");
    configure("/bad", "");
    while (host.current.chat.kind === "loading") {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(host.current.chat.kind, "failed");
    await assert.rejects(
      host.model("chat", never),
      (error) => error instanceof EngineError && error.data.code === "loadFailed",
    );
  });

  test("unloaded models are loaded again by the next request, which waits for its model", async () => {
    const { engine, host, configure } = start();
    configure("/chat", "/code");
    await pathFor(host, "chat");
    await host.unload();
    assert.deepEqual(host.current.chat, { kind: "unloaded", path: "/chat" });
    assert.deepEqual(host.current.completion, { kind: "unloaded", path: "/code" });
    assert.equal(host.loadedModel("chat"), undefined);
    assert.equal(await pathFor(host, "chat"), "/chat");
    assert.equal(host.current.completion.kind, "ready");
    assert.deepEqual(engine.events.slice(2).sort(), ["free /chat", "free /code", "load /chat", "load /code"]);
  });

  test("a role without a model stays without one when the others are unloaded", async () => {
    const { host, configure } = start();
    configure("/chat", "");
    await pathFor(host, "chat");
    await host.unload();
    assert.equal(host.current.completion.kind, "stopped");
  });
});

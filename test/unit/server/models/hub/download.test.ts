/** Downloading against a mock hub, in this process: what comes of each way in which a server can misbehave. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Agent } from "undici";
import { EngineError } from "../../../../../src/protocol/engineErrors";
import type { DownloadProgress, DownloadResult, HubSource, ModelSource } from "../../../../../src/protocol/models";
import { discardPartial, download, locate } from "../../../../../src/server/models/hub/download";
import { unfinished } from "../../../../../src/server/models/hub/notes";
import type { HubSession } from "../../../../../src/server/models/hub/session";
import { ggufNoise, MockHub, sha256 } from "../../../../support/hub/mockHub";

const REPO = "TheBloke/Llama-2-7B-Chat-GGUF";
const FILE = "llama-2-7b-chat.Q4_K_M.gguf";
const BYTES = 300_000;

suite("a download", () => {
  let hub: MockHub;
  let folder: string;
  let content: Buffer;
  let source: HubSource;
  const dispatcher = new Agent();

  setup(async () => {
    hub = await MockHub.start();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-hub-"));
    content = ggufNoise(BYTES);
    hub.add(REPO, { [FILE]: content, "LICENSE.txt": "the licence" });
    hub.validTokens.set("hf_good", { name: "ann", granted: true });
    source = { kind: "hub", repo: REPO, file: FILE, sha256: sha256(content) };
  });

  teardown(async () => {
    await hub.stop();
    await fs.rm(folder, { recursive: true });
  });

  suiteTeardown(() => dispatcher.close());

  function session(changes: Partial<HubSession> = {}, offline = false): HubSession {
    return {
      places: {
        endpoint: hub.endpoint,
        cacheFolder: path.join(folder, "hub"),
        urlFolder: path.join(folder, "urls"),
        offline,
      },
      dispatcher,
      token: "hf_good",
      retry: { tries: 5, baseMs: 1 },
      ...changes,
    };
  }

  function get(
    what: ModelSource = source,
    { on, progress, signal }: { on?: HubSession; progress?: DownloadProgress[]; signal?: AbortSignal } = {},
  ): Promise<DownloadResult> {
    return download(on ?? session(), what, (one) => progress?.push(one), signal ?? new AbortController().signal);
  }

  /** All files and links below the folder, relative. */
  async function tree(): Promise<string[]> {
    const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .sort();
  }

  /** What the cache of the Hub's own programs has after this download, and nothing else. */
  async function assertClean(): Promise<void> {
    const commit = hub.repos.get(REPO)?.commit ?? "";
    const root = `hub/models--${REPO.replace("/", "--")}`;
    assert.deepEqual(
      await tree(),
      [`${root}/blobs/${sha256(content)}`, `${root}/refs/main`, `${root}/snapshots/${commit}/${FILE}`].sort(),
    );
    const file = path.join(folder, root, "snapshots", commit, FILE);
    assert.equal(sha256(await fs.readFile(file)), sha256(content));
    assert.equal(await fs.readFile(path.join(folder, root, "refs/main"), "utf8"), commit);
    assert.deepEqual(hub.leaks, []);
  }

  async function failure(work: Promise<unknown>): Promise<EngineError["data"]> {
    const error: unknown = await work.then(
      () => assert.fail("it should have failed"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    assert.deepEqual(hub.leaks, []);
    return error.data;
  }

  test("lies in the shared cache, verified, and the token went to the hub only", async () => {
    const progress: DownloadProgress[] = [];
    const result = await get(source, { progress });
    assert.equal(result.downloaded, true);
    assert.equal(result.sha256, sha256(content));
    assert.equal(result.bytes, BYTES);
    await assertClean();
    assert.ok(hub.log.some(({ host, authorization }) => host === "hub" && authorization === "Bearer hf_good"));
    assert.deepEqual([...new Set(progress.map(({ phase }) => phase))], ["checking", "downloading", "verifying"]);
    assert.equal(progress.at(-1)?.bytes, BYTES);
    assert.equal(progress.at(-1)?.totalBytes, BYTES);
  });

  test("asks nobody for what is there, offline too", async () => {
    await get();
    const asked = hub.log.length;
    const again = await get(source, { on: session({}, true) });
    assert.equal(again.downloaded, false);
    assert.equal(hub.log.length, asked);
    assert.equal((await locate(session().places, source)).kind, "present");
  });

  test("that is cancelled keeps what has come, and goes on from there", async () => {
    Object.assign(hub.knobs, { pieceBytes: 4_096, pauseMs: 10 });
    const controller = new AbortController();
    const cancelled = download(
      session(),
      source,
      ({ bytes }) => {
        if (bytes > 20_000) {
          controller.abort();
        }
      },
      controller.signal,
    );
    await assert.rejects(cancelled, { name: "AbortError" });
    const left = await locate(session().places, source);
    assert.ok(left.kind === "partial" && left.bytes > 20_000 && left.totalBytes === BYTES);
    assert.deepEqual(await unfinished(session().places), [
      { source, bytes: left.bytes, totalBytes: BYTES, running: false },
    ]);
    await get();
    assert.deepEqual(hub.starts, [0, left.bytes]);
    await assertClean();
    assert.deepEqual(await unfinished(session().places), []);
  });

  test("that was cancelled can be discarded, and nothing of it is left", async () => {
    Object.assign(hub.knobs, { cutAfter: [50_000, 0, 0, 0, 0, 0], pieceBytes: 10_000, pauseMs: 5 });
    assert.equal((await failure(get())).code, "network");
    const { freedBytes } = await discardPartial(session().places, source);
    assert.ok(freedBytes > 0 && freedBytes <= 50_000);
    assert.deepEqual(await tree(), []);
    assert.equal((await locate(session().places, source)).kind, "absent");
  });
});

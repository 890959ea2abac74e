/** Downloading against a mock hub, in this process: what comes of each way in which a server can misbehave. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Agent } from "undici";
import { EngineError } from "../../../../../src/protocol/engineErrors";
import type { DownloadProgress, DownloadResult, HubSource, ModelSource } from "../../../../../src/protocol/models";
import { discardPartial, download, locate } from "../../../../../src/server/models/hub/download";
import { readDownloadNote } from "../../../../../src/server/models/hub/downloadNote";
import { inlineHasher } from "../../../../../src/server/models/hub/hasher";
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
      createHasher: inlineHasher,
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

  /** The knobs of the servers, what comes of them, and where the answers with bytes began. */
  const survived: readonly [string, () => void, ((starts: number[]) => boolean)?][] = [
    [
      "a burst of 500 and 429",
      () =>
        (hub.knobs.failures = [
          { status: 500, times: 2 },
          { status: 429, times: 2 },
        ]),
    ],
    ["a busy hub", () => (hub.knobs.hubFailures = [{ status: 503, times: 3, headers: { "retry-after": "0" } }])],
    [
      "connections that are cut again and again",
      () => Object.assign(hub.knobs, { cutAfter: [70_001, 1, 50_000, 99_999, 3], pieceBytes: 10_000, pauseMs: 1 }),
      (starts) => starts.length >= 5 && starts.every((start, index) => start >= (starts[index - 1] ?? 0)),
    ],
    [
      "an address that expires after each use",
      () => Object.assign(hub.knobs, { addressUses: 1, cutAfter: [100_000, 50_000], pieceBytes: 10_000, pauseMs: 1 }),
      (starts) => (starts.at(-1) ?? 0) > 0 && hub.log.some(({ host, status }) => host === "cdn" && status === 403),
    ],
    [
      "a server without ranges",
      () => Object.assign(hub.knobs, { ignoreRange: true, cutAfter: [100_000], pieceBytes: 10_000, pauseMs: 1 }),
    ],
    ["a byte that is damaged on the way, once", () => (hub.knobs.corrupt = { at: 123_456, times: 1 })],
    ["a repository that has been renamed", () => hub.renamed.set("Old/Name", REPO)],
  ];
  for (const [what, misbehave, check] of survived) {
    test(`survives ${what}`, async () => {
      misbehave();
      const renamed = hub.renamed.size > 0;
      const result = await get(renamed ? { ...source, repo: "Old/Name" } : source);
      assert.equal(sha256(await fs.readFile(result.path)), sha256(content));
      assert.ok(check?.(hub.starts) ?? true, JSON.stringify(hub.starts));
      if (renamed) {
        assert.deepEqual(hub.leaks, []);
      } else {
        await assertClean();
      }
    });
  }

  const refused: readonly [string, () => Partial<HubSession>, Partial<HubSource>, EngineError["data"]["code"]][] = [
    ["a gated repository without a token", () => ({ token: gate(undefined) }), {}, "notLoggedIn"],
    ["a gated repository that has not granted access", () => ({ token: gate("hf_refused") }), {}, "accessNotGranted"],
    ["a bad token", () => ({ token: "hf_wrong" }), {}, "badToken"],
    ["a repository that is not there", () => ({}), { repo: "no/body" }, "repoNotFound"],
    ["a file that is not there", () => ({}), { file: "other.gguf" }, "fileNotFound"],
    ["a revision that is not there", () => ({}), { revision: "v9" }, "revisionNotFound"],
    ["other content than is pinned", () => ({}), { sha256: "0".repeat(64) }, "hubChanged"],
    ["a path that leads out of the repository", () => ({}), { file: "../../x.gguf" }, "badModelSpec"],
  ];
  for (const [what, prepare, changes, code] of refused) {
    test(`says ${code} of ${what}, and leaves nothing`, async () => {
      const data = await failure((async () => get({ ...source, ...changes }, { on: session(prepare()) }))());
      assert.equal(data.code, code);
      assert.deepEqual(await tree(), []);
      assert.equal(hub.log.filter(({ host }) => host === "cdn").length, 0);
    });
  }

  function gate(token: string | undefined): string | undefined {
    Object.assign(hub.repos.get(REPO) ?? {}, { gated: true });
    hub.validTokens.set("hf_refused", { name: "bob", granted: false });
    return token;
  }

  const failed: readonly [string, () => void, EngineError["data"]["code"]][] = [
    ["a file that is damaged each time", () => (hub.knobs.corrupt = { at: 5_000, times: 9 }), "checksumMismatch"],
    ["a file of another size than announced", () => (hub.knobs.announcedBytes = BYTES + 1), "checksumMismatch"],
    ["a server that stays broken", () => (hub.knobs.failures = [{ status: 500, times: 99 }]), "httpStatus"],
    ["a server that wants rest", () => (hub.knobs.failures = [{ status: 429, times: 99 }]), "tooManyRequests"],
    ["addresses that are never good", () => (hub.knobs.addressUses = 0), "httpStatus"],
    [
      "a web page in place of the file",
      () => {
        pretendPage("<!doctype html>");
      },
      "notGguf",
    ],
  ];
  for (const [what, misbehave, code] of failed) {
    test(`says ${code} of ${what}, and leaves nothing wrong behind`, async () => {
      misbehave();
      assert.equal(
        (await failure(get(hub.knobs.page === undefined ? source : { ...source, sha256: pageSum() }))).code,
        code,
      );
      assert.deepEqual(await tree(), []);
    });
  }

  /** The hub's own record of it is wrong too: no sum can tell. */
  function pretendPage(page: string): void {
    hub.knobs.page = page;
    hub.add(REPO, { [FILE]: page });
  }

  function pageSum(): string {
    return sha256(Buffer.from(hub.knobs.page ?? ""));
  }

  test("takes the new content of a branch where nothing is pinned, also when it changes on the way", async () => {
    const changed = ggufNoise(BYTES + 10);
    Object.assign(hub.knobs, { addressUses: 1, cutAfter: [100_000], pieceBytes: 10_000, pauseMs: 1 });
    hub.knobs.onBytes = () => {
      hub.knobs.onBytes = undefined;
      hub.add(REPO, { [FILE]: changed });
    };
    const { path: file } = await get({ kind: "hub", repo: REPO, file: FILE });
    assert.equal(sha256(await fs.readFile(file)), sha256(changed));
    assert.deepEqual(
      (await tree()).filter((name) => name.includes("incomplete")),
      [],
    );
  });

  test("brings all parts of a split model, whichever is named", async () => {
    const parts = [1, 2, 3].map((n) => `big-0000${n}-of-00003.gguf`);
    const contents = parts.map(() => ggufNoise(50_000));
    hub.add(REPO, Object.fromEntries(parts.map((part, index) => [part, contents[index] ?? ""])));
    const progress: DownloadProgress[] = [];
    const what: HubSource = { kind: "hub", repo: REPO, file: parts[1] ?? "", sha256: sha256(contents[1]!) };
    const result = await get(what, { progress });
    assert.deepEqual(
      result.paths.map((one) => path.basename(one)),
      parts,
    );
    assert.equal(path.basename(result.path), parts[0]);
    assert.equal(result.bytes, 150_000);
    assert.equal(result.sha256, what.sha256);
    assert.equal(progress.at(-1)?.totalBytes, 150_000);
    assert.equal((await locate(session({}, true).places, what)).kind, "present");
  });

  test("is shared between two that want the same file, and only one fetches it", async () => {
    Object.assign(hub.knobs, { pieceBytes: 10_000, pauseMs: 20 });
    const progress: DownloadProgress[] = [];
    const [first, second] = await Promise.all([get(source), get(source, { progress })]);
    assert.equal(first.path, second.path);
    assert.deepEqual(hub.starts, [0]);
    await assertClean();
  });

  test("goes to the second one when the first gives up", async () => {
    Object.assign(hub.knobs, { pieceBytes: 5_000, pauseMs: 10 });
    const controller = new AbortController();
    let begun = (): void => undefined;
    const downloading = new Promise<void>((resolve) => (begun = resolve));
    const onFirst = ({ phase }: DownloadProgress): void => {
      if (phase === "downloading") {
        begun();
      }
    };
    const first = download(session(), source, onFirst, controller.signal);
    await downloading;
    let told = (): void => undefined;
    const sharing = new Promise<void>((resolve) => (told = resolve));
    const second = download(
      session(),
      source,
      ({ phase }) => {
        if (phase === "shared") {
          told();
        }
      },
      new AbortController().signal,
    );
    const either = await Promise.race([sharing.then(() => "shared"), first.then(() => "done")]);
    controller.abort();
    await first.catch(() => undefined);
    await second;
    assert.equal(either, "shared");
    await assertClean();
  });

  test("from another address lies in a folder of its own, and the token is not sent there", async () => {
    hub.add("any/repo", { "x.gguf": content });
    const { url } = await addressOf();
    const result = await get({ kind: "url", url, sha256: sha256(content) });
    assert.equal(sha256(await fs.readFile(result.path)), sha256(content));
    assert.ok(result.path.startsWith(path.join(folder, "urls")));
    assert.deepEqual(await readDownloadNote(result.path), { url, sha256: sha256(content) });
    assert.ok(hub.log.filter(({ host }) => host === "cdn").every(({ authorization }) => authorization === undefined));
    assert.equal((await get({ kind: "url", url }, { on: session({}, true) })).downloaded, false);
  });

  /** A plain address of the file: on the host of the large files. */
  async function addressOf(): Promise<{ url: string }> {
    const answer = await fetch(`${hub.endpoint}/any/repo/resolve/main/x.gguf`, { method: "HEAD", redirect: "manual" });
    hub.log.length = 0;
    return { url: answer.headers.get("location") ?? "" };
  }

  test("offline says so where the file is not there", async () => {
    assert.deepEqual(await failure(get(source, { on: session({}, true) })), {
      code: "offline",
      file: `${REPO}/${FILE}`,
    });
    assert.equal(hub.log.length, 0);
  });

  test("begins anew where what was left is not the beginning of the file", async () => {
    Object.assign(hub.knobs, { cutAfter: [100_000, 0, 0, 0, 0, 0], pieceBytes: 10_000, pauseMs: 2 });
    await failure(get());
    const [left] = (await tree()).filter((name) => name.endsWith(".incomplete"));
    const bytes = await fs.readFile(path.join(folder, left ?? ""));
    await fs.writeFile(path.join(folder, left ?? ""), bytes.fill(1, 4));
    hub.knobs.cutAfter = [];
    await get();
    await assertClean();
  });

  test("needs no more room than there is", async () => {
    hub.knobs.announcedBytes = 1e15;
    const data = await failure(get());
    assert.ok(data.code === "diskFull" && data.neededBytes === 1e15 && data.freeBytes < 1e15);
    assert.deepEqual(await tree(), []);
  });

  test("says that the folder cannot be written", async () => {
    await fs.writeFile(path.join(folder, "hub"), "a file where the cache should be");
    assert.equal((await failure(get())).code, "cacheNotWritable");
  });
});

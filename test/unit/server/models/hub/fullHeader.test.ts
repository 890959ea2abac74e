/** Headers of files at their servers, read by ranges from a mock hub, and of files on the disk. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Agent } from "undici";
import { EngineError } from "../../../../../src/protocol/engineErrors";
import type { ModelHeaderParams } from "../../../../../src/protocol/localModels";
import type { HubSource } from "../../../../../src/protocol/models";
import { download } from "../../../../../src/server/models/hub/download";
import { fullHeader } from "../../../../../src/server/models/hub/fullHeader";
import { inlineHasher } from "../../../../../src/server/models/hub/hasher";
import type { FullHeader } from "../../../../../src/server/models/hub/hubMessages";
import type { HubSession } from "../../../../../src/server/models/hub/session";
import { ggufFile, LANGUAGE_MODEL } from "../../../../support/ggufFile";
import { ggufNoise, MockHub, sha256 } from "../../../../support/hub/mockHub";
import { tinyCodeModelPath } from "../../../../support/models";

const REPO = "TheBloke/CodeLlama-7B-GGUF";
const FILE = "codellama-7b.Q4_K_M.gguf";
const PADDING = 30_000_000;
/** What the reader asks for at once. */
const PIECE = 2_000_000;

suite("the header of a model", () => {
  let hub: MockHub;
  let folder: string;
  let source: HubSource;
  const dispatcher = new Agent();
  const content = ggufFile(LANGUAGE_MODEL, PADDING);
  /** As long as that of a model with a large vocabulary: several pieces. */
  const longHeader = ggufFile(
    {
      ...LANGUAGE_MODEL,
      "tokenizer.ggml.tokens": Array.from({ length: 200_000 }, (_, index) => `a-token-${String(index)}`),
    },
    PADDING,
  );

  setup(async () => {
    hub = await MockHub.start();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-hub-"));
    hub.add(REPO, { [FILE]: content, "long.gguf": longHeader });
    hub.validTokens.set("hf_good", { name: "ann", granted: true });
    source = { kind: "hub", repo: REPO, file: FILE };
  });

  teardown(async () => {
    assert.deepEqual(hub.leaks, []);
    await hub.stop();
    await fs.rm(folder, { recursive: true });
  });

  suiteTeardown(() => dispatcher.close());

  function session(offline = false): HubSession {
    return {
      places: {
        endpoint: hub.endpoint,
        cacheFolder: path.join(folder, "hub"),
        urlFolder: path.join(folder, "urls"),
        offline,
      },
      dispatcher,
      token: "hf_good",
      retry: { tries: 3, baseMs: 1 },
      createHasher: inlineHasher,
    };
  }

  function read(what: ModelHeaderParams["source"] = source, offline = false): Promise<FullHeader> {
    return fullHeader(session(offline), what, new AbortController().signal);
  }

  async function failure(what?: ModelHeaderParams["source"], offline = false): Promise<EngineError["data"]> {
    const error: unknown = await read(what, offline).then(
      () => assert.fail("it should have failed"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    return error.data;
  }

  test("of a file at the Hub takes one piece of it, asked of the other host without the token", async () => {
    const { header, shape } = await read();
    const { description, metadata } = header;
    assert.deepEqual(
      [description.name, description.bytes, description.quantization, description.trainedContext],
      ["codellama-7b.Q4_K_M", content.length, "Q4_K_M", 4096],
    );
    assert.equal(description.path, `${REPO}/${FILE}`);
    assert.equal(shape?.weightBytes, content.length);
    assert.equal(metadata["tokenizer.ggml.tokens"], "[<unk>, <s>, </s>]");
    const asked = hub.log.filter(({ host, method }) => host === "cdn" && method === "GET");
    assert.deepEqual(
      asked.map(({ range, authorization }) => [range, authorization]),
      [[`bytes=0-${String(PIECE - 1)}`, undefined]],
    );
    assert.ok(hub.log.some(({ host, authorization }) => host === "hub" && authorization === "Bearer hf_good"));
    assert.deepEqual(await fs.readdir(folder), [], "nothing is kept");
  });

  test("of a file with a large vocabulary takes the pieces that it lies in, and no more", async () => {
    const { header } = await read({ ...source, file: "long.gguf" });
    assert.match(String(header.metadata["tokenizer.ggml.tokens"]), /^\[a-token-0, .*, …\] \(200000\)$/);
    const pieces = Math.ceil((longHeader.length - PADDING) / PIECE);
    assert.ok(hub.starts.length > 1 && hub.starts.length <= pieces + 1);
    assert.deepEqual(
      hub.starts,
      hub.starts.map((_, index) => index * PIECE),
    );
  });

  for (const file of [FILE, "long.gguf"]) {
    test(`of ${file} at a server without ranges is read from the beginning of one answer, which is broken off`, async () => {
      let furthest = 0;
      hub.knobs.ignoreRange = true;
      hub.knobs.onPiece = (end) => (furthest = end);
      const { header } = await read({ ...source, file });
      assert.equal(header.description.trainedContext, 4096);
      assert.deepEqual(hub.starts, [0]);
      assert.ok(furthest < 20_000_000, `${String(furthest)} bytes were sent`);
    });
  }

  test("survives a busy server and a connection that is cut", async () => {
    hub.knobs.failures = [{ status: 503, times: 1 }];
    hub.knobs.cutAfter = [100_000];
    assert.equal((await read()).header.description.architecture, "llama");
  });

  test("of an address elsewhere is read without the token", async () => {
    const answer = await fetch(`${hub.endpoint}/${REPO}/resolve/main/${FILE}`, { method: "HEAD", redirect: "manual" });
    hub.log.length = 0;
    const { header } = await read({ kind: "url", url: answer.headers.get("location") ?? "" });
    assert.equal(header.description.bytes, content.length);
    assert.ok(hub.log.every(({ authorization }) => authorization === undefined));
  });

  test("of a file that is here already is read from the disk, offline too", async () => {
    await download(session(), source, () => undefined, new AbortController().signal);
    const asked = hub.log.length;
    const { header } = await read(source, true);
    assert.equal(header.description.bytes, content.length);
    assert.equal(hub.log.length, asked);
  });

  test("of a split model tells of all its parts", async () => {
    const parts = [1, 2].map((part) =>
      ggufFile({ ...LANGUAGE_MODEL, "split.no": part - 1, "split.count": 2 }, 1000 * part),
    );
    const [one = content, two = content] = parts;
    hub.add(REPO, { "big-00001-of-00002.gguf": one, "big-00002-of-00002.gguf": two });
    const { header, shape } = await read({ ...source, file: "big-00002-of-00002.gguf" });
    assert.deepEqual(header.description.part, { index: 1, count: 2 });
    assert.equal(shape?.weightBytes, one.length + two.length);
  });

  test("of a file on the disk has its tensors and all its entries", async () => {
    const { header, shape } = await read({ kind: "file", path: tinyCodeModelPath });
    assert.ok(header.tensors > 10);
    assert.ok(header.parameters > 2_500_000 && header.parameters < 4_500_000, String(header.parameters));
    assert.equal(header.metadata["general.architecture"], "llama");
    assert.equal(header.metadata["llama.attention.layer_norm_rms_epsilon"], 0.00001);
    assert.match(String(header.metadata["tokenizer.ggml.scores"]), /, …\] \(\d+\)$/);
    assert.ok(shape !== undefined);
    assert.doesNotThrow(() => JSON.stringify(header));
  });

  const refused: readonly [what: string, prepare: () => Partial<HubSource>, code: EngineError["data"]["code"]][] = [
    ["a page in place of the file", () => ({ file: replace(Buffer.from("<!doctype html>")) }), "notGguf"],
    ["a header that is no header", () => ({ file: replace(ggufNoise(100_000)) }), "unsupportedModel"],
    ["a file that ends within its header", () => ({ file: replace(content.subarray(0, 200)) }), "truncatedGguf"],
    ["a repository that is not there", () => ({ repo: "no/body" }), "repoNotFound"],
    ["a file that is not there", () => ({ file: "other.gguf" }), "fileNotFound"],
    ["other content than is pinned", () => ({ sha256: "0".repeat(64) }), "hubChanged"],
    ["a gated repository", () => (Object.assign(hub.repos.get(REPO) ?? {}, { gated: true }), {}), "accessNotGranted"],
    ["a server that stays broken", () => ((hub.knobs.failures = [{ status: 500, times: 9 }]), {}), "httpStatus"],
  ];
  for (const [what, prepare, code] of refused) {
    test(`says ${code} of ${what}`, async () => {
      hub.validTokens.set("hf_good", { name: "ann", granted: false });
      assert.equal((await failure({ ...source, ...prepare() })).code, code);
    });
  }

  function replace(bytes: Buffer): string {
    hub.add(REPO, { "bad.gguf": bytes });
    return "bad.gguf";
  }

  test("offline says so where the file is not here", async () => {
    assert.equal((await failure(source, true)).code, "offline");
    assert.equal(hub.log.length, 0);
  });

  test("of a pinned file is that file's", async () => {
    assert.equal((await read({ ...source, sha256: sha256(content) })).header.tensors, 0);
  });
});

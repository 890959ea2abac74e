/**
 * A disk that becomes full in the middle of a download. The one thing that is not real is that it is full: the file handle's
 * own write puts down what there is room for, as the system does, and fails with the system's error for the rest.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { Agent } from "undici";
import { EngineError } from "../../../../../src/protocol/engineErrors";
import type { HubSource } from "../../../../../src/protocol/models";
import { download, locate } from "../../../../../src/server/models/hub/download";
import { inlineHasher } from "../../../../../src/server/models/hub/hasher";
import { unfinished } from "../../../../../src/server/models/hub/notes";
import { BUFFER_BYTES } from "../../../../../src/server/models/hub/partialFile";
import type { HubSession } from "../../../../../src/server/models/hub/session";
import { ggufNoise, MockHub, sha256 } from "../../../../support/hub/mockHub";

const REPO = "TheBloke/Llama-2-7B-Chat-GGUF";
const FILE = "llama-2-7b-chat.Q4_K_M.gguf";
const BYTES = 6 * BUFFER_BYTES;
/** In the middle of a block. */
const ROOM = Math.floor(2.5 * BUFFER_BYTES);

interface Handles {
  write: Write;
  sync: () => Promise<void>;
}

type Write = (bytes: Buffer, offset: number, length: number, position: number) => Promise<{ bytesWritten: number }>;

suite("a disk that becomes full during a download", () => {
  let hub: MockHub;
  let folder: string;
  let session: HubSession;
  let source: HubSource;
  let makeRoom: () => void = () => undefined;
  const dispatcher = new Agent();
  const content = ggufNoise(BYTES);

  setup(async () => {
    hub = await MockHub.start();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-full-"));
    hub.add(REPO, { [FILE]: content });
    source = { kind: "hub", repo: REPO, file: FILE, sha256: sha256(content) };
    const cacheFolder = path.join(folder, "hub");
    session = {
      places: { endpoint: hub.endpoint, cacheFolder, urlFolder: path.join(folder, "urls"), offline: false },
      dispatcher,
      token: undefined,
      retry: { tries: 5, baseMs: 1 },
      createHasher: inlineHasher,
    };
  });

  teardown(async () => {
    makeRoom();
    await hub.stop();
    await fs.rm(folder, { recursive: true });
  });

  suiteTeardown(() => dispatcher.close());

  /** What all file handles have in common; `makeRoom` gives it back as it was. */
  async function handles(): Promise<Handles> {
    const handle = await fs.open(path.join(folder, "any"), "w");
    const prototype = Object.getPrototypeOf(handle) as Handles;
    await handle.close();
    const { write, sync } = prototype;
    makeRoom = () => Object.assign(prototype, { write, sync });
    return prototype;
  }

  function noSpace(syscall: string): Error {
    const error = new Error(`ENOSPC: no space left on device, ${syscall}`);
    return Object.assign(error, { code: "ENOSPC", errno: -28, syscall });
  }

  /** From here on no file can grow beyond so many bytes. */
  async function fillUp(room: number): Promise<void> {
    const prototype = await handles();
    const { write } = prototype;
    prototype.write = async function (bytes, offset, length, position) {
      const fitting = Math.min(length, room - position);
      if (fitting <= 0) {
        throw noSpace("write");
      }
      return write.call(this, bytes, offset, fitting, position);
    };
  }

  function get(): Promise<{ readonly path: string }> {
    return download(session, source, () => undefined, new AbortController().signal);
  }

  test("is said with what is still needed; what has come is kept, and when there is room it goes on from there", async () => {
    await fillUp(ROOM);
    const error: unknown = await get().catch((reason: unknown) => reason);
    assert.ok(error instanceof EngineError, String(error));
    assert.ok(error.data.code === "diskFull");
    assert.equal(error.data.neededBytes, BYTES - ROOM);
    assert.equal(
      error.data.folder,
      path.join(session.places.cacheFolder, `models--${REPO.replace("/", "--")}`, "blobs"),
    );
    const left = { source, bytes: ROOM, totalBytes: BYTES, running: false };
    assert.deepEqual(await unfinished(session.places), [left], "all that the disk has taken, and the lock is free");
    const partial = path.join(error.data.folder, `${sha256(content)}.incomplete`);
    assert.deepEqual(await fs.readFile(partial), content.subarray(0, ROOM), "no hole, nothing after it");

    makeRoom();
    const result = await get();
    assert.deepEqual(hub.starts, [0, ROOM]);
    assert.equal(sha256(await fs.readFile(result.path)), sha256(content));
    assert.equal((await locate(session.places, source)).kind, "present");
    assert.deepEqual(await unfinished(session.places), []);
  });

  test("that is full again when it goes on says so again, and loses nothing", async () => {
    for (const room of [ROOM, ROOM + 1, ROOM + BUFFER_BYTES]) {
      makeRoom();
      await fillUp(room);
      await assert.rejects(get(), (error: unknown) => error instanceof EngineError && error.data.code === "diskFull");
      assert.equal((await unfinished(session.places))[0]?.bytes, room);
    }
    makeRoom();
    await get();
    assert.deepEqual(hub.starts, [0, ROOM, ROOM + 1, ROOM + BUFFER_BYTES]);
  });

  test("that tells it only when all has been written says so too, and keeps what has come", async () => {
    const prototype = await handles();
    prototype.sync = () => Promise.reject(noSpace("fsync"));
    await assert.rejects(get(), (error: unknown) => error instanceof EngineError && error.data.code === "diskFull");
    assert.equal((await unfinished(session.places))[0]?.bytes, BYTES);
    makeRoom();
    await get();
    assert.deepEqual(hub.starts, [0], "nothing is fetched again");
  });

  test("has all of a file before the file gets its name", async () => {
    const prototype = await handles();
    const { sync } = prototype;
    const blob = path.join(session.places.cacheFolder, `models--${REPO.replace("/", "--")}`, "blobs", sha256(content));
    const seen: string[] = [];
    prototype.sync = async function () {
      seen.push(...(await fs.readdir(path.dirname(blob))));
      await sync.call(this);
    };
    await get();
    assert.deepEqual(seen.sort(), [`${path.basename(blob)}.incomplete`, `${path.basename(blob)}.incomplete.json`]);
    assert.equal((await fs.stat(blob)).size, BYTES);
  });
});

/** Where files lie when the system allows no links, as Windows without developer mode. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { HubSource } from "../../../../../src/protocol/models";
import { findFile, hubPlace, link, publish, writeRef, type Place } from "../../../../../src/server/models/hub/layout";
import type { HubPlaces } from "../../../../../src/server/models/hub/places";
import { sha256 } from "../../../../support/hub/mockHub";

const COMMIT = "c".repeat(40);
const CONTENT = Buffer.from("GGUF, and the weights");

suite("the cache where links are not allowed", () => {
  let places: HubPlaces;
  let place: Place;
  const source: HubSource = { kind: "hub", repo: "owner/name", file: "folder/model.gguf", sha256: sha256(CONTENT) };

  setup(async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-layout-"));
    places = { endpoint: "", cacheFolder: folder, urlFolder: path.join(folder, "urls"), offline: false };
    place = hubPlace(places, source, sha256(CONTENT), COMMIT);
    await fs.mkdir(path.dirname(place.blob), { recursive: true });
  });

  teardown(() => fs.rm(places.cacheFolder, { recursive: true }));

  function refuse(): Promise<void> {
    return Promise.reject(Object.assign(new Error("operation not permitted, symlink"), { code: "EPERM" }));
  }

  test("has a file of ours under its name, in one copy, and finds it there", async () => {
    await fs.writeFile(place.partial, CONTENT);
    await publish(place, refuse);
    await writeRef(places, source, COMMIT);
    assert.deepEqual(await fs.readFile(place.file), CONTENT);
    assert.deepEqual(await fs.readdir(path.dirname(place.blob)), []);
    const found = { file: place.file, bytes: CONTENT.length, commit: COMMIT };
    assert.deepEqual(await findFile(places, source), { ...found, sha256: sha256(CONTENT) });
    assert.deepEqual(await findFile(places, { kind: "hub", repo: source.repo, file: source.file }), found);
  });

  test("copies a file that other programs have, and leaves theirs where it is", async () => {
    await fs.writeFile(place.blob, CONTENT);
    await link(place, "shared", refuse);
    assert.deepEqual(await fs.readFile(place.blob), CONTENT);
    assert.deepEqual(await fs.readFile(place.file), CONTENT);
    assert.deepEqual(await fs.readdir(path.dirname(place.file)), ["model.gguf"]);
  });

  test("has a link where the system allows it", async function () {
    await fs.writeFile(place.partial, CONTENT);
    await publish(place);
    const stats = await fs.lstat(place.file);
    if (!stats.isSymbolicLink()) {
      assert.equal(process.platform, "win32");
      return;
    }
    assert.equal(await fs.realpath(place.file), await fs.realpath(place.blob));
  });
});

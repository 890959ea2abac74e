/** Deleting from real folders: what goes, what stays, and what is never touched. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { EngineError, engineErrorMessage } from "../../../../../src/protocol/engineErrors";
import { hubPlace } from "../../../../../src/server/models/hub/layout";
import { Lock } from "../../../../../src/server/models/hub/lock";
import { writeNote } from "../../../../../src/server/models/hub/notes";
import { deleteModel } from "../../../../../src/server/models/local/deleteModel";
import { findModel } from "../../../../../src/server/models/local/findModels";
import { sha256 } from "../../../../support/hub/mockHub";
import { COMMIT, ModelFolders, OLDER_COMMIT, REPO } from "../../../../support/modelFolders";

const FILE = "codellama-7b.Q4_K_M.gguf";
const FOLDER = `hub/models--${REPO.replace("/", "--")}`;
const content = Buffer.from("GGUF of a model");
const other = Buffer.from("GGUF of another model");

suite("deleting a model", () => {
  let folders: ModelFolders;

  setup(async () => {
    folders = await ModelFolders.make();
  });

  teardown(() => folders.remove());

  async function remove(file: string): Promise<number> {
    const model = await findModel(folders.places, file);
    return (await deleteModel(folders.places.hub, model)).freedBytes;
  }

  async function refusal(file: string): Promise<EngineError["data"]> {
    const before = await folders.tree();
    const error: unknown = await remove(file).then(
      () => assert.fail("it was deleted"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EngineError, String(error));
    assert.deepEqual(await folders.tree(), before);
    return error.data;
  }

  test("takes link, blob, branch and every folder that is empty then", async () => {
    const file = await folders.hub(FILE, content);
    await fs.mkdir(path.join(folders.cacheFolder, ".locks", path.basename(FOLDER)), { recursive: true });
    assert.equal(await remove(file), content.length);
    assert.deepEqual(await folders.tree(), []);
    assert.deepEqual((await folders.folders()).sort(), ["hub", "hub/.locks"]);
  });

  test("takes the file itself where the cache has copies", async () => {
    const file = await folders.hub(`sub/folder/${FILE}`, content, { copy: true });
    assert.equal(await remove(file), content.length);
    assert.deepEqual(await folders.tree(), []);
  });

  test("leaves the other files of the repository, and the branch", async () => {
    const file = await folders.hub(FILE, content);
    await folders.hub("other.gguf", other);
    await folders.hub("LICENSE.txt", Buffer.from("the licence"));
    const before = await folders.tree();
    assert.equal(await remove(file), content.length);
    const gone = [`${FOLDER}/blobs/${sha256(content)}`, `${FOLDER}/snapshots/${COMMIT}/${FILE}`];
    assert.deepEqual(
      await folders.tree(),
      before.filter((one) => !gone.includes(one)),
    );
  });

  test("leaves content that another revision links to, and says that nothing became free", async () => {
    const older = await folders.hub(FILE, content, { commit: OLDER_COMMIT, ref: "v1/old" });
    const file = await folders.hub(FILE, content);
    assert.equal(await remove(file), 0);
    assert.deepEqual(await fs.readFile(older), content);
    assert.deepEqual(
      await folders.tree(),
      [`${FOLDER}/blobs/${sha256(content)}`, `${FOLDER}/refs/v1/old`, `${FOLDER}/snapshots/${OLDER_COMMIT}/${FILE}`],
      "main had no other file",
    );
    assert.equal(await remove(older), content.length);
    assert.deepEqual(await folders.tree(), []);
  });

  test("leaves a branch that it knows nothing of", async () => {
    const file = await folders.hub(FILE, content);
    const ref = await folders.write(`${FOLDER}/refs/other`, "f".repeat(40));
    await remove(file);
    assert.equal(await fs.readFile(ref, "utf8"), "f".repeat(40));
  });

  test("takes all parts of a split model, also where one is missing", async () => {
    const names = [1, 2, 3].map((part) => `big-0000${String(part)}-of-00003.gguf`);
    for (const name of names) {
      await folders.hub(name, Buffer.from(`GGUF ${name}`));
    }
    const first = path.join(folders.root, FOLDER, "snapshots", COMMIT, names[0] ?? "");
    await fs.rm(first);
    assert.equal(await remove(first), 2 * `GGUF ${names[0] ?? ""}`.length);
    assert.deepEqual(
      (await folders.tree()).filter((one) => one.includes("snapshots")),
      [],
    );
  });

  test("refuses while another part of it is being downloaded", async () => {
    const names = [1, 2].map((part) => `big-0000${String(part)}-of-00002.gguf`);
    const [first = "", second = ""] = names;
    const file = await folders.hub(first, content);
    const source = { kind: "hub", repo: REPO, file: second } as const;
    const place = hubPlace(folders.places.hub, source, sha256(other), COMMIT);
    await writeNote(place, source, 100);
    await fs.writeFile(place.partial, "GG");
    const lock = await Lock.tryTake(place.lock);
    assert.equal((await refusal(file)).code, "downloadLocked");
    await lock?.release();
    assert.equal(await remove(file), content.length);
  });

  test("takes a download from another address with its note and folder", async () => {
    const file = await folders.write("hub/other-addresses/0123456789abcdef/m.gguf", content);
    await folders.write("hub/other-addresses/0123456789abcdef/m.gguf.json", "{}");
    assert.equal(await remove(file), content.length);
    assert.deepEqual(await folders.tree(), []);
  });

  test("refuses what belongs to other programs, and says how it is deleted there", async () => {
    const expected: readonly (readonly [file: string, owner: string, message: RegExp])[] = [
      [
        await folders.ollama("registry.ollama.ai/library/codellama/7b", content),
        "ollama",
        /codellama:7b belongs to Ollama.*ollama rm codellama:7b$/,
      ],
      [await folders.write(`home/.lmstudio/models/me/mine/a.gguf`, other), "lmStudio", /me\/mine belongs to LM Studio/],
      [await folders.write("home/llama.cpp/b.gguf", Buffer.from("GGUF b")), "llamaCpp", /llama\.cpp/],
      [await folders.write("mine/own.gguf", Buffer.from("GGUF own")), "file", /own\.gguf lies outside/],
    ];
    for (const [file, owner, message] of expected) {
      const data = await refusal(file);
      assert.ok(data.code === "notOurModel" && data.owner === owner && data.path === file);
      assert.match(engineErrorMessage(data), message);
    }
  });

  suite("never reaches outside its folders", () => {
    let precious: string;

    setup(async () => {
      precious = await folders.write("precious/model.gguf", content);
    });

    async function assertPrecious(): Promise<void> {
      assert.deepEqual(await fs.readFile(precious), content);
    }

    test("behind a file that is a link to somewhere else: the link goes, what it leads to stays", async () => {
      const file = await folders.link(`${FOLDER}/snapshots/${COMMIT}/${FILE}`, precious);
      assert.equal(await remove(file), 0);
      await assertPrecious();
      assert.deepEqual(await folders.tree(), ["precious/model.gguf"]);
    });

    test("behind a link to the blob of another repository", async () => {
      await folders.hub(FILE, content, { repo: "me/mine" });
      const blob = path.join(folders.cacheFolder, "models--me--mine", "blobs", sha256(content));
      const file = await folders.link(`${FOLDER}/snapshots/${COMMIT}/${FILE}`, blob);
      const model = { ...(await findModel(folders.places, file)), path: file, paths: [file], origin: "hub" } as const;
      assert.equal((await deleteModel(folders.places.hub, model)).freedBytes, 0);
      assert.deepEqual(await fs.readFile(blob), content);
    });

    const linked: readonly (readonly [what: string, link: string, file: string])[] = [
      ["a repository", FOLDER, `snapshots/${COMMIT}/${FILE}`],
      ["the snapshots", `${FOLDER}/snapshots`, `${COMMIT}/${FILE}`],
      ["a commit", `${FOLDER}/snapshots/${COMMIT}`, FILE],
      ["a folder in a commit", `${FOLDER}/snapshots/${COMMIT}/sub`, FILE],
      ["a folder of our downloads", "hub/other-addresses/0123456789abcdef", FILE],
    ];
    for (const [what, link, file] of linked) {
      test(`through ${what} that is a link`, async () => {
        const target = await folders.write(`precious/folder/${file}`, other);
        await folders.link(link, path.join(folders.root, "precious/folder"));
        const data = await refusal(path.join(folders.root, link, file));
        assert.ok(data.code === "notOurModel" && data.owner === "file");
        assert.deepEqual(await fs.readFile(target), other);
      });
    }

    test("through blobs that are a link", async () => {
      const blob = await folders.write(`precious/blobs/${sha256(other)}`, other);
      await folders.link(`${FOLDER}/blobs`, path.join(folders.root, "precious/blobs"));
      const file = await folders.link(`${FOLDER}/snapshots/${COMMIT}/${FILE}`, blob);
      assert.equal(await remove(file), 0);
      assert.deepEqual(await fs.readFile(blob), other);
    });

    test("through branches, locks or a folder of branches that are links", async () => {
      const file = await folders.hub(FILE, content, { ref: "" });
      const notes = await folders.write("precious/refs/notes.txt", "not a commit");
      const commit = await folders.write("precious/refs/main", COMMIT);
      await folders.link(`${FOLDER}/refs`, path.join(folders.root, "precious/refs"));
      const locks = path.join(folders.root, "precious/locks", path.basename(FOLDER));
      await fs.mkdir(locks, { recursive: true });
      await folders.link("hub/.locks", path.join(folders.root, "precious/locks"));
      assert.equal(await remove(file), content.length);
      assert.equal(await fs.readFile(notes, "utf8"), "not a commit");
      assert.equal(await fs.readFile(commit, "utf8"), COMMIT);
      assert.ok((await fs.stat(locks)).isDirectory());

      const again = await folders.hub(FILE, other, { repo: "me/mine" });
      await folders.link("hub/models--me--mine/refs/feature", path.join(folders.root, "precious/refs"));
      assert.equal(await remove(again), other.length);
      assert.equal(await fs.readFile(commit, "utf8"), COMMIT);
    });

    test("by a path with dots, or one that is in no list", async () => {
      const file = await folders.hub(FILE, content);
      const dotted = `${path.dirname(file)}/../../../../precious/model.gguf`;
      for (const one of [precious, dotted]) {
        const data = await refusal(one);
        assert.ok(data.code === "notOurModel" && data.owner === "file");
      }
      await assertPrecious();
    });

    test("where the cache itself is a link it is still the cache", async () => {
      await folders.hub(FILE, content);
      await fs.rename(folders.cacheFolder, path.join(folders.root, "big-disk"));
      await fs.symlink("big-disk", folders.cacheFolder);
      const file = path.join(folders.root, FOLDER, "snapshots", COMMIT, FILE);
      assert.equal(await remove(file), content.length);
      assert.deepEqual(await folders.tree(), ["hub", "precious/model.gguf"]);
    });
  });
});

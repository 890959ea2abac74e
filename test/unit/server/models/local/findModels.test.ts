/** Models in real folders, laid out as each program does. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { findModels } from "../../../../../src/server/models/local/findModels";
import type { FoundModel } from "../../../../../src/server/models/local/foundModel";
import { sha256 } from "../../../../support/hub/mockHub";
import { skipBecause } from "../../../../support/skip";
import { COMMIT, ModelFolders, OLDER_COMMIT, REPO } from "../../../../support/modelFolders";

const FILE = "codellama-7b.Q4_K_M.gguf";
const content = Buffer.from("GGUF of a model");
const other = Buffer.from("GGUF of another model");

suite("the models on a machine", () => {
  let folders: ModelFolders;
  let log: string[];

  setup(async () => {
    folders = await ModelFolders.make();
    log = [];
  });

  teardown(() => folders.remove());

  function find(files: readonly string[] = []): Promise<readonly FoundModel[]> {
    return findModels(folders.places, files, (message) => log.push(message));
  }

  test("are none where no program has any, and nothing is said", async () => {
    assert.deepEqual(await find(), []);
    assert.deepEqual(log, []);
  });

  test("are found in the Hub's cache by link, with repository, revision and sum", async () => {
    const file = await folders.hub(FILE, content);
    await folders.hub("q8/other.gguf", other, { repo: "me/mine", ref: "refs/pr/1" });
    const [first, second] = await find();
    assert.deepEqual(first && { ...first, stamp: "" }, {
      path: file,
      paths: [file],
      missing: [],
      name: "codellama-7b.Q4_K_M",
      bytes: content.length,
      origin: "hub",
      source: { kind: "hub", repo: REPO, file: FILE },
      sha256: sha256(content),
      stamp: "",
    });
    assert.deepEqual(second?.source, { kind: "hub", repo: "me/mine", file: "q8/other.gguf", revision: "refs/pr/1" });
    assert.deepEqual(log, []);
  });

  test("are found in the Hub's cache where files are copies, whose sum the catalogue may know", async () => {
    await folders.hub("codellama-7b-instruct.Q4_K_M.gguf", content, {
      repo: "TheBloke/CodeLlama-7B-Instruct-GGUF",
      copy: true,
    });
    await folders.hub("unknown.gguf", other, { copy: true });
    const [known, unknown] = await find();
    assert.match(known?.sha256 ?? "", /^[0-9a-f]{64}$/);
    assert.notEqual(known?.sha256, sha256(content));
    assert.equal(unknown?.sha256, undefined);
  });

  test("are one where two revisions have the same content, under the name of main", async () => {
    await folders.hub(FILE, content, { commit: OLDER_COMMIT, ref: "" });
    const file = await folders.hub(FILE, content, { commit: COMMIT });
    assert.deepEqual(
      (await find()).map((model) => model.path),
      [file],
    );
  });

  test("are found among our downloads with what their notes say, unfinished ones are not", async () => {
    const note = { url: "https://example.org/m.gguf", sha256: sha256(content) };
    const file = await folders.write("hub/other-addresses/0123456789abcdef/m.gguf", content);
    await folders.write("hub/other-addresses/0123456789abcdef/m.gguf.json", JSON.stringify(note));
    await folders.write("hub/other-addresses/fedcba9876543210/old.gguf", other);
    await folders.write("hub/other-addresses/fedcba9876543210/ab.blob.incomplete", other);
    await folders.write("hub/other-addresses/fedcba9876543210/ab.blob.incomplete.json", "{}");
    const [noted, plain, ...more] = await find();
    assert.deepEqual(
      [noted?.path, noted?.origin, noted?.source, noted?.sha256],
      [file, "download", { kind: "url", url: note.url }, note.sha256],
    );
    assert.deepEqual([plain?.name, plain?.sha256], ["old", undefined]);
    assert.deepEqual(more, []);
  });

  test("of LM Studio are found in its folder, in that of older versions, and where its settings say", async () => {
    await folders.write(`home/.lmstudio/models/${REPO}/${FILE}`, content);
    await folders.write(`home/.lmstudio/models/me/mine/mmproj-f16.gguf`, other);
    await folders.write(`home/.cache/lm-studio/models/me/older/a.gguf`, other);
    const elsewhere = path.join(folders.root, "elsewhere");
    await folders.write("home/.lmstudio-home-pointer", `${elsewhere}\n`);
    await folders.write("elsewhere/settings.json", JSON.stringify({ downloadsFolder: path.join(elsewhere, "big") }));
    await folders.write("elsewhere/big/you/yours/b.gguf", content);
    const found = await find();
    assert.deepEqual(
      found.map(({ name, origin }) => [name, origin]),
      [
        ["me/older", "lmStudio"],
        [REPO, "lmStudio"],
        ["you/yours", "lmStudio"],
      ],
    );
    assert.deepEqual(found[1]?.source, { kind: "hub", repo: REPO, file: FILE });
    assert.match(found[1].sha256 ?? "", /^[0-9a-f]{64}$/, "the catalogue knows this file");
  });

  test("of Ollama are found by their manifests, named as its commands name them, each content once", async () => {
    await folders.ollama("registry.ollama.ai/library/codellama/7b", content);
    await folders.ollama("registry.ollama.ai/library/codellama/latest", content);
    await folders.ollama("registry.ollama.ai/me/mine/q4", other);
    await folders.ollama("hf.co/TheBloke/some-GGUF/Q4_K_M", Buffer.from("GGUF third"));
    const found = await find();
    assert.deepEqual(
      found.map(({ name }) => name),
      ["codellama:7b", "hf.co/TheBloke/some-GGUF:Q4_K_M", "me/mine:q4"],
    );
    assert.equal(found[0]?.sha256, sha256(content));
    assert.equal(path.basename(found[0].path), `sha256-${sha256(content)}`);
  });

  test("of Ollama with damaged manifests, or without their blobs, are logged and left out", async () => {
    const manifests = "home/.ollama/models/manifests/registry.ollama.ai/library";
    await folders.write(`${manifests}/broken/1`, '{"layers": [');
    await folders.write(`${manifests}/odd/1`, '{"layers": 3}');
    await folders.write(`${manifests}/a-file`, "where a folder should be");
    await folders.write(`${manifests}/cloud/1`, '{"layers": []}');
    await fs.rm(await folders.ollama("registry.ollama.ai/library/gone/1", other));
    await folders.ollama("registry.ollama.ai/library/evil/1", content);
    const evil = { mediaType: "application/vnd.ollama.image.model", digest: "sha256:../../../../x" };
    await folders.write(`${manifests}/evil/1`, JSON.stringify({ layers: [evil] }));
    assert.deepEqual(await find(), []);
    assert.deepEqual(
      ["broken", "odd", "gone"].map((word) => log.filter((line) => line.includes(word)).length),
      [1, 1, 1],
      log.join("\n"),
    );
    assert.equal(log.length, 3);
  });

  test("of llama.cpp are found with the repository that its manifests tell", async () => {
    await folders.write("home/llama.cpp/manifest=TheBloke=CodeLlama-7B-GGUF=latest.json", "{}");
    await folders.write(`home/llama.cpp/TheBloke_CodeLlama-7B-GGUF_${FILE}`, content);
    await folders.write(`home/llama.cpp/TheBloke_CodeLlama-7B-GGUF_${FILE}.etag`, "x");
    await folders.write("home/llama.cpp/alone.gguf", other);
    await folders.write("home/llama.cpp/b.gguf.downloadInProgress", other);
    const [alone, ofHub, ...more] = await find();
    assert.deepEqual([alone?.name, alone?.origin, alone?.source], ["alone", "llamaCpp", undefined]);
    assert.deepEqual(ofHub?.source, { kind: "hub", repo: REPO, file: FILE });
    assert.deepEqual(more, []);
  });

  test("that are split count as one, and one without all its parts says which is missing", async () => {
    const name = (part: number): string => `big-0000${String(part)}-of-00003.gguf`;
    await folders.hub(name(1), Buffer.from("GGUF one"));
    await folders.hub(name(2), Buffer.from("GGUF second"));
    const [incomplete] = await find();
    assert.deepEqual(
      incomplete?.missing.map((part) => path.basename(part)),
      [name(3)],
    );
    await folders.hub(name(3), Buffer.from("GGUF 3"));
    const [whole, ...more] = await find();
    assert.deepEqual(
      whole?.paths.map((part) => path.basename(part)),
      [1, 2, 3].map(name),
    );
    assert.deepEqual([whole.name, whole.bytes, whole.missing], ["big", 8 + 11 + 6, []]);
    assert.notEqual(whole.stamp, incomplete.stamp);
    assert.deepEqual(more, []);
  });

  test("that the client names are listed once, those that are not there too", async () => {
    const inCache = await folders.hub(FILE, content);
    const own = await folders.write("mine/own.gguf", other);
    const link = await folders.link("mine/link.gguf", inCache);
    const gone = path.join(folders.root, "gone.gguf");
    const found = await find([own, link, inCache, own, gone, "relative.gguf"]);
    assert.deepEqual(
      found.map((model) => [model.path, model.origin, model.missing]),
      [
        [inCache, "hub", []],
        [gone, "file", [gone]],
        [own, "file", []],
      ],
    );
  });

  test("behind broken links and in folders that are files are skipped, broken links with a word in the log", async () => {
    const file = await folders.hub(FILE, content);
    await folders.link(`hub/models--${REPO.replace("/", "--")}/snapshots/${COMMIT}/gone.gguf`, "/nowhere/at/all");
    await folders.link("home/.lmstudio/models/me/loop", path.join(folders.home, ".lmstudio/models"));
    await folders.write("home/llama.cpp", "a file");
    await folders.write("hub/models--me--empty/snapshots", "a file");
    assert.deepEqual(
      (await find()).map((model) => model.path),
      [file],
    );
    assert.equal(log.length, 1);
    assert.match(log[0] ?? "", /gone\.gguf is skipped \(ENOENT\)/);
  });

  test("in folders that may not be read are skipped with a word in the log", async function () {
    if (process.platform === "win32" || process.getuid?.() === 0) {
      skipBecause(this, "this user may read every folder");
    }
    await folders.hub(FILE, content);
    await fs.chmod(folders.cacheFolder, 0);
    try {
      assert.deepEqual(await find(), []);
      assert.match(log[0] ?? "", /hub is skipped \(EACCES\)/);
    } finally {
      await fs.chmod(folders.cacheFolder, 0o755);
    }
  });
});

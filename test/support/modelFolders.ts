/** Puts models into a folder as the programs of this field do, for tests that look for them. */
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { SearchPlaces } from "../../src/server/models/local/findModels";
import { sha256 } from "./hub/mockHub";

export const COMMIT = "c".repeat(40);
export const OLDER_COMMIT = "b".repeat(40);
export const REPO = "TheBloke/CodeLlama-7B-GGUF";

export class ModelFolders {
  private constructor(readonly root: string) {}

  static async make(): Promise<ModelFolders> {
    // by its real path: the folder of temporary files is a link on macOS
    return new ModelFolders(await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), "llama2-models-"))));
  }

  get cacheFolder(): string {
    return path.join(this.root, "hub");
  }

  get urlFolder(): string {
    return path.join(this.cacheFolder, "other-addresses");
  }

  get home(): string {
    return path.join(this.root, "home");
  }

  get places(): SearchPlaces {
    const { cacheFolder, urlFolder, home } = this;
    return {
      hub: { endpoint: "https://huggingface.co", cacheFolder, urlFolder, offline: true },
      // another system than Linux has no folder outside the user's own
      system: { env: { LLAMA_CACHE: path.join(home, "llama.cpp") }, home, platform: "darwin" },
    };
  }

  /** Absolute path of a file below the root, which is written. */
  async write(file: string, content: string | Buffer): Promise<string> {
    const target = path.join(this.root, file);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, content);
    return target;
  }

  /** A file of the Hub's cache: a link to its blob or, as on systems without links, the file itself. */
  async hub(
    file: string,
    content: Buffer,
    { repo = REPO, commit = COMMIT, ref = "main", copy = false } = {},
  ): Promise<string> {
    const folder = `hub/models--${repo.replace("/", "--")}`;
    if (ref !== "") {
      await this.write(`${folder}/refs/${ref}`, commit);
    }
    const name = `${folder}/snapshots/${commit}/${file}`;
    if (copy) {
      return this.write(name, content);
    }
    const blob = await this.write(`${folder}/blobs/${sha256(content)}`, content);
    return this.link(name, blob);
  }

  async link(file: string, to: string): Promise<string> {
    const target = path.join(this.root, file);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.symlink(path.relative(path.dirname(target), to), target);
    return target;
  }

  /** `name` is that of the manifest: `registry.ollama.ai/library/codellama/7b`. */
  async ollama(name: string, content: Buffer): Promise<string> {
    const digest = `sha256:${sha256(content)}`;
    const layers = [
      { mediaType: "application/vnd.ollama.image.license", digest: `sha256:${"1".repeat(64)}`, size: 7 },
      { mediaType: "application/vnd.ollama.image.model", digest, size: content.length },
    ];
    await this.write(`home/.ollama/models/manifests/${name}`, JSON.stringify({ schemaVersion: 2, layers }));
    return this.write(`home/.ollama/models/blobs/${digest.replace(":", "-")}`, content);
  }

  /** All files and links, relative, sorted. */
  async tree(): Promise<string[]> {
    const entries = await fs.readdir(this.root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .sort();
  }

  /** All folders, relative. */
  async folders(): Promise<string[]> {
    const entries = await fs.readdir(this.root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.relative(this.root, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  }

  remove(): Promise<void> {
    return fs.rm(this.root, { recursive: true });
  }
}

/** Models in the cache of the Hub's programs: `models--owner--name/snapshots/<commit>/<path>`, links to blobs or the files themselves. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isRepoName } from "../../../protocol/modelSpec";
import type { FoundFile, Log } from "./foundModel";
import { entriesOf, ggufFilesBelow, type Entry } from "./walk";

/** Folders within a repository. */
const LEVELS = 6;
const FOLDER = /^models--(.+)$/;

export async function hubCacheFiles(cacheFolder: string, log: Log): Promise<readonly FoundFile[]> {
  const repos = (await entriesOf(cacheFolder, log)).filter(({ name }) => FOLDER.test(name));
  return (await Promise.all(repos.map((repo) => filesOf(repo, log)))).flat();
}

/** Of two commits with the same file the one of `main` comes first, then one that has another name. */
async function filesOf(repo: Entry, log: Log): Promise<readonly FoundFile[]> {
  const refs = await refsOf(path.join(repo.path, "refs"));
  const snapshots = await entriesOf(path.join(repo.path, "snapshots"), log);
  const revisionOf = ({ name }: Entry): string => refs.find(({ commit }) => commit === name)?.ref ?? name;
  const rank = (snapshot: Entry): number => {
    const revision = revisionOf(snapshot);
    return revision === "main" ? 0 : revision === snapshot.name ? 2 : 1;
  };
  const inOrder = [...snapshots].sort((a, b) => rank(a) - rank(b));
  const found = inOrder.map(async (snapshot) => {
    const files = await ggufFilesBelow(snapshot.path, LEVELS, log);
    return files.map((file) => describe(repo, snapshot, file, revisionOf(snapshot)));
  });
  return (await Promise.all(found)).flat();
}

function describe(repo: Entry, snapshot: Entry, file: string, revision: string): FoundFile {
  const name = (FOLDER.exec(repo.name)?.[1] ?? "").replace("--", "/");
  const inRepo = path.relative(snapshot.path, file).split(path.sep).join("/");
  return {
    path: file,
    origin: "hub",
    ...(isRepoName(name)
      ? { source: { kind: "hub", repo: name, file: inRepo, ...(revision === "main" ? {} : { revision }) } }
      : {}),
  };
}

export interface Ref {
  readonly ref: string;
  readonly file: string;
  readonly commit: string;
}

/** `main` first; empty where there are none. */
export async function refsOf(folder: string): Promise<readonly Ref[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const refs = entries
    .filter((entry) => entry.isFile())
    .map(async (entry): Promise<Ref> => {
      const file = path.join(entry.parentPath, entry.name);
      const commit = (await fs.readFile(file, "utf8").catch(() => "")).trim();
      return { ref: path.relative(folder, file).split(path.sep).join("/"), file, commit };
    });
  return (await Promise.all(refs)).sort((a, b) => Number(b.ref === "main") - Number(a.ref === "main"));
}

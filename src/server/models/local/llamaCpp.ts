/** llama.cpp's own downloads: `owner_repository_file.gguf` in one folder, with `manifest=owner=repository=tag.json` of each repository. */
import * as path from "node:path";
import { isRepoName, isRepoPath } from "../../../protocol/modelSpec";
import type { FoundFile, Log } from "./foundModel";
import { entriesOf, ggufFilesBelow } from "./walk";

/** Those that people have sorted into folders too, where the variable LLAMA_CACHE names a folder of theirs. */
const LEVELS = 2;

export async function llamaCppFiles(folder: string, log: Log): Promise<readonly FoundFile[]> {
  const manifests = (await entriesOf(folder, log)).map(({ name }) => /^manifest=([^=]+)=([^=]+)=/.exec(name));
  const repos = manifests
    .map((match) => `${match?.[1] ?? ""}/${match?.[2] ?? ""}`)
    .filter(isRepoName)
    .sort((a, b) => b.length - a.length); // of two names the longer one fits better
  return (await ggufFilesBelow(folder, LEVELS, log)).map((file) => {
    const name = path.basename(file);
    const repo = repos.find((one) => name.startsWith(startOf(one)));
    const inRepo = repo === undefined ? "" : name.slice(startOf(repo).length);
    return {
      path: file,
      origin: "llamaCpp",
      ...(repo !== undefined && isRepoPath(inRepo) ? { source: { kind: "hub", repo, file: inRepo } as const } : {}),
    };
  });
}

function startOf(repo: string): string {
  return `${repo.replace("/", "_")}_`;
}

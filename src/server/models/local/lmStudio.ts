/** LM Studio's models: `publisher/repository/file.gguf`, named as on the Hub. */
import * as path from "node:path";
import { isRepoName } from "../../../protocol/modelSpec";
import type { FoundFile, Log } from "./foundModel";
import { ggufFilesBelow } from "./walk";

const LEVELS = 4;

export async function lmStudioFiles(folder: string, log: Log): Promise<readonly FoundFile[]> {
  return (await ggufFilesBelow(folder, LEVELS, log)).map((file) => {
    const [publisher = "", name = "", ...inRepo] = path.relative(folder, file).split(path.sep);
    const repo = `${publisher}/${name}`;
    return {
      path: file,
      origin: "lmStudio",
      ...(inRepo.length === 0 ? {} : { name: repo }),
      ...(inRepo.length > 0 && isRepoName(repo)
        ? { source: { kind: "hub", repo, file: inRepo.join("/") } as const }
        : {}),
    };
  });
}

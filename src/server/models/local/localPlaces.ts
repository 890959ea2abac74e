/** Where other programs keep their models, on each system. Sources: the programs' manuals; llama.cpp's own code. */
import * as fs from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { isRecord } from "../../../base/json";
import type { Environment } from "../hub/places";

export interface System {
  readonly env: Environment;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

export function thisSystem(env: Environment): System {
  return { env, home: homedir(), platform: process.platform };
}

/** Installed as a service on Linux, Ollama is a user of its own. */
const OLLAMA_SERVICE = "/usr/share/ollama/.ollama/models";

export function ollamaFolders({ env, home, platform }: System): readonly string[] {
  const own = path.join(home, ".ollama", "models");
  const chosen = env["OLLAMA_MODELS"] ?? "";
  return chosen !== "" ? [chosen] : platform === "linux" ? [own, OLLAMA_SERVICE] : [own];
}

/** llama.cpp's `fs_get_cache_directory`. Its newer versions use the Hub's cache. */
export function llamaCppFolders({ env, home, platform }: System): readonly string[] {
  const chosen = env["LLAMA_CACHE"] ?? "";
  if (chosen !== "") {
    return [chosen];
  }
  switch (platform) {
    case "win32":
      return [path.join(env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local"), "llama.cpp")];
    case "darwin":
      return [path.join(home, "Library", "Caches", "llama.cpp")];
    default:
      return [path.join(env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"), "llama.cpp")];
  }
}

/** A file in the user's folder may say where LM Studio lives, and its settings where its models do. Older ones lived in the cache. */
export async function lmStudioFolders({ home }: System): Promise<readonly string[]> {
  const pointer = await textOf(path.join(home, ".lmstudio-home-pointer"));
  const homes = [pointer, path.join(home, ".lmstudio"), path.join(home, ".cache", "lm-studio")];
  const folders = homes.filter((folder) => path.isAbsolute(folder)).map(modelsOf);
  return [...new Set(await Promise.all(folders))];
}

async function modelsOf(lmStudio: string): Promise<string> {
  let settings: unknown;
  try {
    settings = JSON.parse(await textOf(path.join(lmStudio, "settings.json")));
  } catch {
    // without settings its models are where they are by default
  }
  const chosen = isRecord(settings) ? settings["downloadsFolder"] : undefined;
  return typeof chosen === "string" && path.isAbsolute(chosen) ? chosen : path.join(lmStudio, "models");
}

/** "" where there is no such file. */
async function textOf(file: string): Promise<string> {
  return (await fs.readFile(file, "utf8").catch(() => "")).trim();
}

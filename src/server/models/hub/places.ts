/** Where the Hub is and where its files are kept: environment variables as in the Hub's own programs, under the settings. */
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { TokenOrigin } from "../../../protocol/models";

export interface HubPlaces {
  /** e.g. `https://huggingface.co`; without a slash at its end. */
  readonly endpoint: string;
  /** The cache of repositories that all Hub programs share. */
  readonly cacheFolder: string;
  /** Models from other addresses, which have no place in that cache. */
  readonly urlFolder: string;
  readonly offline: boolean;
}

/** What the settings say; "" leaves it to the environment. */
export interface HubSettings {
  readonly endpoint: string;
  readonly cacheFolder: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function hubPlaces(env: Environment, settings: HubSettings): HubPlaces {
  const cacheFolder = firstOf(settings.cacheFolder, env["HF_HUB_CACHE"]) ?? join(hubHome(env), "hub");
  return {
    endpoint: (firstOf(settings.endpoint, env["HF_ENDPOINT"]) ?? "https://huggingface.co").replace(/\/+$/, ""),
    cacheFolder: expand(cacheFolder),
    urlFolder:
      settings.cacheFolder === ""
        ? join(cacheHome(env), "llama2-assistant", "models")
        : join(expand(settings.cacheFolder), "other-addresses"),
    offline: /^(1|on|yes|true)$/i.test(env["HF_HUB_OFFLINE"] ?? ""),
  };
}

/** The token that this machine has already, and where it was found. */
export async function foundToken(
  env: Environment,
): Promise<{ readonly token: string; readonly origin: TokenOrigin } | undefined> {
  const fromEnvironment = firstOf(env["HF_TOKEN"]?.trim());
  if (fromEnvironment !== undefined) {
    return { token: fromEnvironment, origin: "environment" };
  }
  const file = expand(firstOf(env["HF_TOKEN_PATH"]) ?? join(hubHome(env), "token"));
  // without such a file nobody has signed in here
  const token = (await readFile(file, "utf8").catch(() => "")).trim();
  return token === "" ? undefined : { token, origin: "file" };
}

function hubHome(env: Environment): string {
  return expand(firstOf(env["HF_HOME"]) ?? join(cacheHome(env), "huggingface"));
}

function cacheHome(env: Environment): string {
  return firstOf(env["XDG_CACHE_HOME"]) ?? join(homedir(), ".cache");
}

function expand(path: string): string {
  return resolve(path.replace(/^~(?=$|[/\\])/, homedir()));
}

function firstOf(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== "");
}

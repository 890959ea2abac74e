/** Downloads pinned packages from the npm registry: with `npm pack`, so that proxies, mirrors and caches just work. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import { runCommand, runNpm, type CommandResult } from "../command";
import { parseJson, property } from "../json";
import { FetchError } from "./fetchError";

export interface NpmPackage {
  /** Exact: "code-server@4.139.1". */
  readonly spec: string;
  /** `npm view <spec> dist.integrity`; checked here, whatever the registry says. */
  readonly integrity: string;
}

const checkNetwork = "Check the network and npm's registry and proxy settings, then run the command again.";

/**
 * Downloads the package's tarball into `folder`, which must be empty, and verifies its hash.
 * No script of the package runs.
 * @returns the tarball's path
 * @throws FetchError
 */
export async function fetchTarball(wanted: NpmPackage, folder: string): Promise<string> {
  const retries = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  const flags = ["--json", "--silent", "--ignore-scripts", "--prefer-offline", "--pack-destination", folder];
  const result = await runNpm(["pack", wanted.spec, ...flags, ...retries], { cwd: folder });
  const name = (await fs.readdir(folder)).find((entry) => entry.endsWith(".tgz"));
  if (result.code !== 0 || name === undefined) {
    throw new FetchError({ what: `The package ${wanted.spec}`, why: npmFailure(result), remedy: checkNetwork });
  }
  const tarball = path.join(folder, name);
  const integrity = await sha512Integrity(tarball);
  if (integrity !== wanted.integrity) {
    await fs.rm(tarball);
    throw new FetchError({
      what: `The package ${wanted.spec}`,
      why: `its content is not the pinned one (${integrity} instead of ${wanted.integrity})`,
      remedy: "Check which registry or mirror npm uses.",
    });
  }
  return tarball;
}

/** Downloads the package and unpacks it, without the leading `package/`, into `folder`. Takes the same errors as fetchTarball. */
export async function fetchAndUnpack(wanted: NpmPackage, folder: string): Promise<void> {
  const download = `${folder}.download`;
  await fs.mkdir(download, { recursive: true });
  const tarball = await fetchTarball(wanted, download);
  await unpackTar(tarball, folder, ["--strip-components=1"]);
  await fs.rm(download, { recursive: true });
}

/** @throws FetchError when there is no `tar` (part of every supported system, Windows included) or the disk is full */
export async function unpackTar(archive: string, folder: string, flags: readonly string[] = []): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const result = await runCommand("tar", ["-xf", archive, "-C", folder, ...flags]);
  if (result.code !== 0) {
    const why = `tar failed: ${result.stderr.trim().slice(0, 500)}`;
    throw new FetchError({
      what: path.basename(archive),
      why,
      remedy: "Check that tar is installed and the disk not full.",
    });
  }
}

/** One sentence of why npm failed; with `--json` it answers `{"error": {"code", "summary"}}`. */
export function npmFailure(result: CommandResult): string {
  const error = property(parseJson(result.stdout), "error");
  const code = property(error, "code");
  const summary = property(error, "summary");
  if (typeof code === "string" && typeof summary === "string") {
    return code === "E404" ? "the registry has no such package" : `no answer from the registry (${code}: ${summary})`;
  }
  return `npm failed: ${result.stderr.trim().slice(0, 500) || `exit code ${result.code}`}`;
}

async function sha512Integrity(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}

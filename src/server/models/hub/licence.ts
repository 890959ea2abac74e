/** What ships beside a model (licence, notice, use policy): fetched into the folder where the model will be, and read. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { EngineError } from "../../../protocol/engineErrors";
import type { HubSource, Licence, LicenceText } from "../../../protocol/models";
import { download } from "./download";
import { licenceId, topFiles } from "./hubApi";
import { knownCommit, namesIn, repoFolder } from "./layout";
import type { HubSession } from "./session";

/** In the order to read them. */
const KINDS: readonly RegExp[] = [
  /^(licen[cs]e|copying)(\.(txt|md))?$/i,
  /^notice(\.(txt|md))?$/i,
  /^use_policy(\.(txt|md))?$/i,
];
/** A text that somebody could read. */
const MOST_BYTES = 1_000_000;

/** Offline, or where the Hub does not answer: what is there of an earlier time. */
export async function licenceOf(
  session: HubSession,
  repo: string,
  revision: string | undefined,
  signal: AbortSignal,
): Promise<Licence> {
  const source = { repo, ...(revision === undefined ? {} : { revision }) };
  if (session.places.offline) {
    return describe(undefined, await savedTexts(session, source));
  }
  try {
    const id = await licenceId(session, repo, signal);
    return describe(id, await fetchTexts(session, source, signal));
  } catch (error) {
    const saved = isOfNetwork(error) ? await savedTexts(session, source) : [];
    if (saved.length === 0) {
      throw error;
    }
    return describe(undefined, saved);
  }
}

async function fetchTexts(
  session: HubSession,
  source: Pick<HubSource, "repo" | "revision">,
  signal: AbortSignal,
): Promise<readonly LicenceText[]> {
  const files = await topFiles(session, source.repo, source.revision, signal);
  const small = files.filter(({ bytes }) => bytes <= MOST_BYTES).map(({ file }) => file);
  const texts: LicenceText[] = [];
  for (const file of inOrder(small)) {
    const { path: saved } = await download(session, { kind: "hub", ...source, file }, () => undefined, signal);
    texts.push({ file, path: saved, text: await readFile(saved, "utf8") });
  }
  return texts;
}

async function savedTexts(
  session: HubSession,
  source: Pick<HubSource, "repo" | "revision">,
): Promise<readonly LicenceText[]> {
  const commit = await knownCommit(session.places, source);
  if (commit === undefined) {
    return [];
  }
  const folder = path.join(repoFolder(session.places, source.repo), "snapshots", commit);
  return Promise.all(
    inOrder(await namesIn(folder)).map(async (file) => {
      const saved = path.join(folder, file);
      return { file, path: saved, text: await readFile(saved, "utf8") };
    }),
  );
}

function describe(id: string | undefined, texts: readonly LicenceText[]): Licence {
  const hash = createHash("sha256");
  for (const { text } of texts) {
    hash.update(text);
  }
  return {
    ...(id === undefined ? {} : { id }),
    texts,
    ...(texts.length === 0 ? {} : { sha256: hash.digest("hex") }),
  };
}

function inOrder(files: readonly string[]): readonly string[] {
  return KINDS.flatMap((kind) => files.filter((file) => kind.test(file)).sort());
}

function isOfNetwork(error: unknown): boolean {
  return error instanceof EngineError && ["network", "httpStatus", "tooManyRequests"].includes(error.data.code);
}

/** What the Hub's own library is used for: who am I, may I, which repositories, which files. Its requests go our way. */
import { checkRepoAccess, listFiles, listModels, modelInfo, whoAmI } from "@huggingface/hub";
import { EngineError } from "../../../protocol/engineErrors";
import { isRepoName } from "../../../protocol/modelSpec";
import type { HubFile, HubRepo, HubUser } from "../../../protocol/models";
import { refusal, send, type Subject } from "./http";
import { withRetries } from "./retry";
import type { HubSession } from "./session";

const DEFAULT_LIMIT = 20;

export async function currentUser(session: HubSession, signal: AbortSignal): Promise<HubUser> {
  if (session.token === undefined) {
    throw new EngineError({ code: "notLoggedIn" });
  }
  if (!session.token.startsWith("hf_")) {
    throw new EngineError({ code: "badToken" }); // the library does not even send it
  }
  const user = await whoAmI({ accessToken: session.token, ...connection(session, {}, signal) });
  const fullName = "fullname" in user ? user.fullname : "";
  return { name: user.name, ...(fullName === "" ? {} : { fullName }) };
}

export async function requireAccess(session: HubSession, repo: string, signal: AbortSignal): Promise<void> {
  await checkRepoAccess({ repo: nameOfRepo(repo), ...connection(session, { repo }, signal) });
  // Of a gated repository everybody may see what is in it; the files themselves tell.
  await requireFileAccess(session, repo, signal);
}

export async function searchRepos(
  session: HubSession,
  query: string,
  limit: number = DEFAULT_LIMIT,
  signal: AbortSignal,
): Promise<readonly HubRepo[]> {
  const found: HubRepo[] = [];
  const search = { tags: ["gguf"], ...(query.trim() === "" ? {} : { query: query.trim() }) };
  const models = listModels({ search, sort: "downloads", limit, ...connection(session, {}, signal) });
  for await (const { name, downloads, likes, gated } of models) {
    found.push({ repo: name, downloads, likes, gated: gated !== false });
  }
  return found;
}

export async function ggufFiles(
  session: HubSession,
  repo: string,
  revision: string | undefined,
  signal: AbortSignal,
): Promise<readonly HubFile[]> {
  const files = await filesOf(session, { repo, revision, recursive: true }, signal);
  return files
    .filter(({ file }) => file.endsWith(".gguf"))
    .sort((a, b) => a.file.localeCompare(b.file, "en", { numeric: true }));
}

/** The files of all kinds that stand at the top. */
export function topFiles(
  session: HubSession,
  repo: string,
  revision: string | undefined,
  signal: AbortSignal,
): Promise<readonly HubFile[]> {
  return filesOf(session, { repo, revision, recursive: false }, signal);
}

async function filesOf(
  session: HubSession,
  { repo, revision, recursive }: { repo: string; revision: string | undefined; recursive: boolean },
  signal: AbortSignal,
): Promise<HubFile[]> {
  const subject = { repo, ...(revision === undefined ? {} : { revision }) };
  const files: HubFile[] = [];
  for await (const { type, path, size, lfs } of listFiles({
    repo: nameOfRepo(repo),
    recursive,
    ...(revision === undefined ? {} : { revision }),
    ...connection(session, subject, signal),
  })) {
    if (type === "file") {
      files.push({ file: path, bytes: lfs?.size ?? size, ...(lfs === undefined ? {} : { sha256: lfs.oid }) });
    }
  }
  return files;
}

/** The licence of the model card, e.g. "llama2". */
export async function licenceId(session: HubSession, repo: string, signal: AbortSignal): Promise<string | undefined> {
  const { tags } = await modelInfo({
    name: nameOfRepo(repo),
    additionalFields: ["tags"],
    ...connection(session, { repo }, signal),
  });
  return tags.find((tag) => tag.startsWith("license:"))?.slice("license:".length);
}

async function requireFileAccess(session: HubSession, repo: string, signal: AbortSignal): Promise<void> {
  const { endpoint } = session.places;
  const url = new URL(`${endpoint}/api/models/${repo}/auth-check`);
  const { token } = session;
  const answer = await send(
    session.dispatcher,
    url,
    { method: "GET", ...(token === undefined ? {} : { token }) },
    signal,
  );
  await answer.body.dump();
  if (answer.statusCode >= 400 && answer.statusCode !== 404) {
    throw refusal(answer, url, { repo, endpoint, tokenSent: token !== undefined });
  }
}

function nameOfRepo(repo: string): string {
  if (!isRepoName(repo)) {
    throw new EngineError({ code: "repoNotFound", repo });
  }
  return repo;
}

/** Proxies, retries and coded refusals for the library, which would use none of them. */
function connection(
  session: HubSession,
  subject: Subject,
  signal: AbortSignal,
): { hubUrl: string; fetch: typeof fetch } {
  const { endpoint } = session.places;
  const ask = async (input: Parameters<typeof fetch>[0]): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    return withRetries(() => fetchJson(session, url, { ...subject, endpoint }, signal), session.retry, signal);
  };
  return { hubUrl: endpoint, fetch: ask };
}

async function fetchJson(session: HubSession, url: URL, subject: Subject, signal: AbortSignal): Promise<Response> {
  const hub = new URL(session.places.endpoint);
  const token = url.origin === hub.origin ? session.token : undefined;
  const answer = await send(
    session.dispatcher,
    url,
    { method: "GET", ...(token === undefined ? {} : { token }) },
    signal,
  );
  const location = answer.headers["location"];
  if ([301, 302, 307, 308].includes(answer.statusCode) && typeof location === "string") {
    await answer.body.dump();
    const next = new URL(location, url);
    if (next.href !== url.href && next.origin === hub.origin) {
      return fetchJson(session, next, subject, signal);
    }
  }
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw refusal(answer, url, { ...subject, tokenSent: token !== undefined });
  }
  const link = answer.headers["link"];
  return new Response(await answer.body.text(), {
    headers: { "content-type": "application/json", ...(typeof link === "string" ? { link } : {}) },
  });
}

/** Asks a server what a file is and where its bytes are, without fetching them. The token goes to the Hub's own host only. */
import { createHash } from "node:crypto";
import { isRepoName, isRepoPath } from "../../../protocol/modelSpec";
import { EngineError } from "../../../protocol/engineErrors";
import type { HubSource, UrlSource } from "../../../protocol/models";
import { discard, headerOf, refusal, send, type Answer } from "./http";
import { withRetries } from "./retry";
import type { HubSession } from "./session";

export interface RemoteFile {
  /** Where the bytes are; on another host it is signed and expires. */
  readonly url: URL;
  /** The token, where it is the Hub itself that has them. */
  readonly token: string | undefined;
  /** Names the content: for large files the SHA-256, for others whatever the server has. Safe as a file name. */
  readonly id: string;
  readonly sha256?: string;
  /** Absent where the server does not say it. */
  readonly bytes?: number;
  readonly commit?: string;
}

const MOST_REDIRECTS = 10;
const SHA256 = /^[0-9a-f]{64}$/;

/** Fails with the Hub's refusals, `network`, `httpStatus`. */
export function askHub(session: HubSession, source: HubSource, signal: AbortSignal): Promise<RemoteFile> {
  const { repo, file, revision = "main" } = source;
  if (!isRepoName(repo) || !isRepoPath(file) || !isRepoPath(revision)) {
    throw new EngineError({ code: "badModelSpec", spec: `${repo}/${file}@${revision}` });
  }
  return withRetries(() => askHubOnce(session, { ...source, revision }, signal), session.retry, signal);
}

async function askHubOnce(
  session: HubSession,
  source: Required<Pick<HubSource, "repo" | "file" | "revision">>,
  signal: AbortSignal,
): Promise<RemoteFile> {
  const { repo, file, revision } = source;
  const { endpoint } = session.places;
  const hub = new URL(endpoint);
  let url = new URL(`${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${encodePath(file)}`);
  let headers: Answer["headers"] = {};
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await send(session.dispatcher, url, { method: "HEAD", ...tokenOf(session) }, signal);
    await discard(answer);
    const location = redirectOf(answer, url);
    if (location === undefined && answer.statusCode !== 200) {
      throw refusal(answer, url, { repo, revision, file, endpoint, tokenSent: session.token !== undefined });
    }
    headers = { ...headers, ...answer.headers };
    if (location?.host !== undefined && location.origin !== hub.origin) {
      return describeHubFile(headers, location, undefined);
    }
    if (location === undefined) {
      return describeHubFile(headers, url, session.token);
    }
    url = location; // the repository has been renamed
  }
  throw new EngineError({ code: "network", host: hub.host, detail: "too many redirects" });
}

/** Asks any other server. `pinned` names the content where the source says it. */
export function askUrl(session: HubSession, source: UrlSource, signal: AbortSignal): Promise<RemoteFile> {
  return withRetries(() => askUrlOnce(session, source, signal), session.retry, signal);
}

async function askUrlOnce(session: HubSession, source: UrlSource, signal: AbortSignal): Promise<RemoteFile> {
  let url = new URL(source.url);
  let method: "HEAD" | "GET" = "HEAD";
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    // some servers answer signed addresses for one method only; of a GET no more than a byte is asked for
    const range = method === "GET" ? { headers: { range: "bytes=0-0" } } : {};
    const answer = await send(session.dispatcher, url, { method, ...range }, signal);
    answer.body.on("error", () => undefined).destroy();
    const location = redirectOf(answer, url);
    if (location !== undefined) {
      url = location;
    } else if (answer.statusCode === 200 || answer.statusCode === 206) {
      return describeUrl(answer, url, source);
    } else if (method === "HEAD" && [403, 405, 501].includes(answer.statusCode)) {
      method = "GET";
    } else {
      throw refusal(answer, url, { file: withoutQuery(source.url) });
    }
  }
  throw new EngineError({ code: "network", host: url.host, detail: "too many redirects" });
}

function describeHubFile(headers: Answer["headers"], url: URL, token: string | undefined): RemoteFile {
  const header = (name: string): string | undefined => headerOf({ headers }, name);
  const etag = tagOf(header("x-linked-etag") ?? header("etag"));
  const commit = header("x-repo-commit");
  const bytes = wholeNumber(header("x-linked-size") ?? header("content-length"));
  if (etag === undefined || commit === undefined || !/^[0-9a-f]{40}$/.test(commit)) {
    throw new EngineError({ code: "network", host: url.host, detail: "the answer is not that of a Hub" });
  }
  return {
    url,
    token,
    id: etag,
    commit,
    ...(SHA256.test(etag) ? { sha256: etag } : {}),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

function describeUrl(answer: Answer, url: URL, source: UrlSource): RemoteFile {
  const total = /\/(\d+)$/.exec(headerOf(answer, "content-range") ?? "")?.[1];
  const bytes = wholeNumber(answer.statusCode === 206 ? total : headerOf(answer, "content-length"));
  const version = headerOf(answer, "etag") ?? headerOf(answer, "last-modified") ?? "";
  const content = createHash("sha256")
    .update(`${source.url}\n${version}\n${String(bytes)}`)
    .digest("hex");
  return {
    url,
    token: undefined,
    id: source.sha256 ?? content.slice(0, 40),
    ...(source.sha256 === undefined ? {} : { sha256: source.sha256 }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

function redirectOf(answer: Answer, url: URL): URL | undefined {
  const location = headerOf(answer, "location");
  return [301, 302, 303, 307, 308].includes(answer.statusCode) && location !== undefined && URL.canParse(location, url)
    ? new URL(location, url)
    : undefined;
}

function tokenOf({ token }: HubSession): { token?: string } {
  return token === undefined ? {} : { token };
}

/** Without quotes and the mark of a weak one; `undefined` for what could name a file elsewhere. */
function tagOf(etag: string | undefined): string | undefined {
  const tag = etag?.replace(/^W\//, "").replace(/^"|"$/g, "");
  return tag !== undefined && /^[\w-]{1,128}$/.test(tag) ? tag : undefined;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** A signature in the query is nobody's business. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

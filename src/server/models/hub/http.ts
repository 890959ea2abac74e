/** One HTTP request without redirects, its failures as `Transient` or `EngineError`, and the meaning of the Hub's refusals. */
import { Writable } from "node:stream";
import { request, stream, type Dispatcher } from "undici";
import { EngineError } from "../../../protocol/engineErrors";
import { retryAfterMs, Transient } from "./retry";

export type Answer = Dispatcher.ResponseData;

/** What comes before the body. */
export type Head = Pick<Answer, "statusCode" | "headers">;

export interface Ask {
  readonly method: "HEAD" | "GET";
  readonly headers?: Readonly<Record<string, string>>;
  /** For the Hub's own host only: whoever calls this has looked where it goes. */
  readonly token?: string;
}

/** What a request was about, to say what its refusal means. */
export interface Subject {
  /** Absent for a plain URL, and for who-am-I. */
  readonly repo?: string;
  readonly revision?: string;
  /** Path in the repository, or the URL. */
  readonly file?: string;
  /** The hub's address; absent where another server was asked, whose refusals mean nothing to an account. */
  readonly endpoint?: string;
  readonly tokenSent?: boolean;
}

const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** Rejects with `Transient` where the server cannot be reached; gives every answer, whatever its status. */
export async function send(dispatcher: Dispatcher, url: URL, ask: Ask, signal: AbortSignal): Promise<Answer> {
  try {
    return await request(url, { dispatcher, method: ask.method, signal, headers: headersOf(ask) });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

/** What may wait for the sink before the server is made to: with less the socket stops and starts with every piece. */
const WAITING_BYTES = 1 << 20;

/** Takes an answer while it comes, without a stream in between, which would cost as much as hashing does. */
export interface Sink {
  /** Before the first byte. */
  begin(head: Head): Promise<void>;
  /** Of answers with a file; the next piece comes when it resolves, or at once where there is nothing to wait for. */
  take(piece: Buffer): Promise<void> | undefined;
}

/** What the sink throws is thrown on; a connection that breaks is `Transient`. Bodies of refusals are left out. */
export async function sendInto(
  { dispatcher, url, ask }: { readonly dispatcher: Dispatcher; readonly url: URL; readonly ask: Ask },
  sink: Sink,
  signal: AbortSignal,
): Promise<Head> {
  let head: Head = { statusCode: 0, headers: {} };
  let ofSink: { readonly error: unknown } | undefined;
  const guard = (work: Promise<void>, done: (error?: Error) => void): void => {
    work.then(
      () => {
        done();
      },
      (error: unknown) => {
        ofSink = { error };
        done(error instanceof Error ? error : new Error(String(error)));
      },
    );
  };
  const open = ({ statusCode, headers }: Head): Writable => {
    head = { statusCode, headers };
    const wanted = statusCode === 200 || statusCode === 206;
    return new Writable({
      highWaterMark: WAITING_BYTES,
      construct: (done) => {
        guard(sink.begin(head), done);
      },
      write: (piece: Buffer, _encoding, done) => {
        const work = wanted ? sink.take(piece) : undefined;
        if (work === undefined) {
          done();
        } else {
          guard(work, done);
        }
      },
    });
  };
  try {
    await stream(url, { dispatcher, method: ask.method, signal, headers: headersOf(ask) }, open);
    return head;
  } catch (error) {
    if (ofSink !== undefined) {
      throw ofSink.error;
    }
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

/** What a broken connection means: to be tried again. */
export function unreachable(url: URL, error: unknown): Transient {
  return new Transient(new EngineError({ code: "network", host: url.host, detail: detailOf(error) }, { cause: error }));
}

function headersOf({ headers = {}, token }: Ask): Record<string, string> {
  return {
    "user-agent": "llama2-assistant",
    "accept-encoding": "identity", // sizes and ranges are those of the file
    ...headers,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

export function headerOf(answer: Pick<Answer, "headers">, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Reads a body to its end and forgets it, so that the connection can be used again. */
export async function discard(answer: Answer): Promise<void> {
  await answer.body.dump().catch(() => undefined); // it is not needed
}

/** What an answer other than success means: `Transient` where it may pass, else the reason. */
export function refusal(answer: Head, url: URL, subject: Subject): Error {
  const { statusCode: status } = answer;
  if (TRANSIENT.has(status)) {
    const retryAfter = retryAfterMs(headerOf(answer, "retry-after"), Date.now());
    return new Transient(transientFailure(status, url, retryAfter), retryAfter);
  }
  return new EngineError(
    accountRefusal(answer, subject) ?? missing(answer, subject) ?? { code: "httpStatus", host: url.host, status },
  );
}

function transientFailure(status: number, url: URL, retryAfter: number | undefined): EngineError {
  return status === 429
    ? new EngineError({
        code: "tooManyRequests",
        host: url.host,
        ...(retryAfter === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfter / 1000) }),
      })
    : new EngineError({ code: "httpStatus", host: url.host, status });
}

/** Source: `hf_raise_for_status` of huggingface_hub. */
function accountRefusal(answer: Head, { repo, endpoint, tokenSent = false }: Subject): EngineError["data"] | undefined {
  const { statusCode: status } = answer;
  const code = headerOf(answer, "x-error-code");
  if (endpoint === undefined || code === "RepoNotFound") {
    return undefined;
  }
  if (status === 401) {
    const invalid = tokenSent || /invalid credentials/i.test(headerOf(answer, "x-error-message") ?? "");
    return invalid && code !== "GatedRepo"
      ? { code: "badToken" }
      : { code: "notLoggedIn", ...(repo === undefined ? {} : { repo }) };
  }
  return status === 403 && repo !== undefined
    ? { code: "accessNotGranted", repo, url: `${endpoint}/${repo}` }
    : undefined;
}

function missing(answer: Head, { repo, revision, file }: Subject): EngineError["data"] | undefined {
  const code = headerOf(answer, "x-error-code");
  if (repo !== undefined && code === "RepoNotFound") {
    return { code: "repoNotFound", repo };
  }
  if (answer.statusCode !== 404) {
    return undefined;
  }
  if (repo !== undefined && code === "RevisionNotFound") {
    return { code: "revisionNotFound", repo, revision: revision ?? "main" };
  }
  if (file !== undefined) {
    return { code: "fileNotFound", file, ...(repo === undefined ? {} : { repo }) };
  }
  return repo === undefined ? undefined : { code: "repoNotFound", repo };
}

/** The system's or the library's code, e.g. "ECONNREFUSED", or what the proxy said; the message where there is neither. */
function detailOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return detailOf(error.errors[0]);
  }
  const refusedByProxy = /\bproxy\b.*\((\d{3})\)/i.exec(error instanceof Error ? error.message : "");
  if (refusedByProxy !== null) {
    return `proxy: HTTP ${refusedByProxy[1] ?? ""}`;
  }
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return error instanceof Error ? error.message : String(error);
}

/**
 * A Hugging Face Hub and the host of its large files, over real HTTP on this machine: the Hub is `127.0.0.1`, the other host is
 * `localhost`, so that their origins differ as they do in the world. Its knobs make it misbehave; its log tells who asked what.
 */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";

export interface MockFile {
  content: Buffer;
  /** Kept as a large file: on the other host, named by its SHA-256. */
  readonly large: boolean;
}

export interface MockRepo {
  readonly files: Map<string, MockFile>;
  commit: string;
  /** Only with a token that is in `granted`. */
  gated: boolean;
  readonly tags: string[];
}

/** One request as a server saw it. */
export interface Seen {
  readonly host: "hub" | "cdn";
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
  status: number;
}

/** How the host of the files misbehaves. What counts down does so with each request for bytes. */
export interface Knobs {
  /** Answers this status so many times, with these headers. */
  failures: { readonly status: number; times: number; readonly headers?: Record<string, string> }[];
  /** Of the Hub itself. */
  hubFailures: { readonly status: number; times: number; readonly headers?: Record<string, string> }[];
  /** Breaks the connection when so many bytes of the answer are out; one entry for each request. */
  cutAfter: number[];
  /** Changes the byte at this place of the file, in so many answers. */
  corrupt: { readonly at: number; times: number } | undefined;
  /** Announces ranges and sends the whole file. */
  ignoreRange: boolean;
  /** A signed address is good for so many requests. */
  addressUses: number;
  /** Bytes in one write, and milliseconds between two of them; 0 for as fast as it goes. */
  pieceBytes: number;
  pauseMs: number;
  /** Sends nothing of the file beyond this place, and keeps the connection. */
  holdAt: number | undefined;
  /** The Hub says this size instead of the true one. */
  announcedBytes: number | undefined;
  /** Sends this instead of the file. */
  page: string | undefined;
  /** Called after each piece of an answer, with the place in the file where it ended. */
  onPiece: ((end: number) => void) | undefined;
  /** Called before an answer with bytes begins. */
  onBytes: ((seen: Seen) => void | Promise<void>) | undefined;
}

/** Where the hub is not simply on this machine: names that only a proxy knows, and a certificate for https. */
export interface MockAddress {
  readonly hubName?: string;
  readonly cdnName?: string;
  readonly certificate?: { readonly key: string; readonly cert: string };
}

export class MockHub {
  readonly log: Seen[] = [];
  readonly repos = new Map<string, MockRepo>();
  /** Old name -> new name. */
  readonly renamed = new Map<string, string>();
  readonly validTokens = new Map<string, { readonly name: string; readonly granted: boolean }>();
  readonly knobs: Knobs = {
    failures: [],
    hubFailures: [],
    cutAfter: [],
    corrupt: undefined,
    ignoreRange: false,
    addressUses: Number.POSITIVE_INFINITY,
    pieceBytes: 64 * 1024,
    pauseMs: 0,
    holdAt: undefined,
    announcedBytes: undefined,
    page: undefined,
    onPiece: undefined,
    onBytes: undefined,
  };
  private readonly addresses = new Map<string, { readonly content: Buffer; uses: number }>();

  private constructor(
    private readonly hub: http.Server,
    private readonly cdn: http.Server,
    private readonly address: MockAddress,
  ) {}

  static async start(address: MockAddress = {}): Promise<MockHub> {
    const { certificate } = address;
    const create = (): http.Server =>
      certificate === undefined ? http.createServer() : https.createServer({ ...certificate });
    const [hubServer, cdnServer] = [create(), create()];
    const mock = new MockHub(hubServer, cdnServer, address);
    hubServer.on("request", (request, response) => void mock.answerAsHub(request, response));
    cdnServer.on("request", (request, response) => void mock.answerAsCdn(request, response));
    hubServer.listen(0, "127.0.0.1");
    cdnServer.listen(0, "localhost");
    await Promise.all([once(hubServer, "listening"), once(cdnServer, "listening")]);
    return mock;
  }

  get endpoint(): string {
    return `${this.scheme}://${this.address.hubName ?? "127.0.0.1"}:${portOf(this.hub)}`;
  }

  get cdnOrigin(): string {
    return `${this.scheme}://${this.address.cdnName ?? "localhost"}:${portOf(this.cdn)}`;
  }

  private get scheme(): "http" | "https" {
    return this.address.certificate === undefined ? "http" : "https";
  }

  /** A repository with these files; GGUF files are large ones. */
  add(
    name: string,
    files: Record<string, Buffer | string>,
    options: { gated?: boolean; tags?: string[] } = {},
  ): MockRepo {
    const repo: MockRepo = {
      files: new Map(
        Object.entries(files).map(([path, content]) => [
          path,
          { content: Buffer.from(content), large: path.endsWith(".gguf") },
        ]),
      ),
      commit: randomBytes(20).toString("hex"),
      gated: options.gated ?? false,
      tags: options.tags ?? [],
    };
    this.repos.set(name, repo);
    return repo;
  }

  /** The starts of the ranges that were asked for, 0 where there was none. */
  get starts(): number[] {
    return this.log
      .filter(({ method, status, path }) => method === "GET" && status < 300 && path.startsWith("/blob/"))
      .map(({ range }) => Number(/\d+/.exec(range ?? "0")?.[0]));
  }

  /** What the other host was told that is not its business. */
  get leaks(): Seen[] {
    return this.log.filter(({ host, authorization }) => host === "cdn" && authorization !== undefined);
  }

  async stop(): Promise<void> {
    for (const server of [this.hub, this.cdn]) {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  }

  private async answerAsHub(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const seen = this.see("hub", request);
    const reply = (status: number, headers: Record<string, string> = {}, body = ""): void => {
      seen.status = status;
      response.writeHead(status, headers).end(body);
    };
    const failure = this.knobs.hubFailures.find(({ times }) => times > 0);
    if (failure !== undefined) {
      failure.times--;
      reply(failure.status, failure.headers);
      return;
    }
    const token = seen.authorization?.replace("Bearer ", "");
    const user = token === undefined ? undefined : this.validTokens.get(token);
    if (token !== undefined && user === undefined) {
      reply(401, { "x-error-message": "Invalid credentials in Authorization header" });
      return;
    }
    const path = decodeURIComponent(seen.path.split("?")[0] ?? "");
    if (path === "/api/whoami-v2") {
      reply(user === undefined ? 401 : 200, JSON_TYPE, JSON.stringify(whoAmI(user?.name ?? "")));
    } else if (path.startsWith("/api/models")) {
      this.answerApi(path.slice("/api/models".length), seen.path, user?.granted === true, token !== undefined, reply);
    } else {
      await this.answerResolve(path, { user, token }, response, reply, seen);
    }
  }

  private answerApi(
    path: string,
    address: string,
    granted: boolean,
    known: boolean,
    reply: (status: number, headers?: Record<string, string>, body?: string) => void,
  ): void {
    if (path === "") {
      const query = new URL(address, this.endpoint).searchParams.get("search")?.toLowerCase() ?? "";
      const names = [...this.repos.keys()].filter((name) => name.toLowerCase().includes(query));
      reply(200, JSON_TYPE, JSON.stringify(names.map((name) => this.modelInfo(name))));
      return;
    }
    const [, owner = "", name = "", action = "", ...rest] = path.split("/");
    const repo = this.repos.get(`${owner}/${name}`);
    if (repo === undefined) {
      reply(known ? 404 : 401, { "x-error-code": "RepoNotFound" });
    } else if (action === "auth-check" && repo.gated && !granted) {
      reply(known ? 403 : 401, { "x-error-code": "GatedRepo" });
    } else if (action === "tree") {
      const [, ...folder] = rest;
      const recursive = new URL(address, this.endpoint).searchParams.get("recursive") === "true";
      reply(200, JSON_TYPE, JSON.stringify(treeOf(repo, folder.join("/"), recursive)));
    } else {
      reply(200, JSON_TYPE, JSON.stringify(this.modelInfo(`${owner}/${name}`)));
    }
  }

  private async answerResolve(
    path: string,
    { user, token }: { user: { granted: boolean } | undefined; token: string | undefined },
    response: http.ServerResponse,
    reply: (status: number, headers?: Record<string, string>, body?: string) => void,
    seen: Seen,
  ): Promise<void> {
    const [, owner = "", name = "", way = "", revision = "", ...file] = path.split("/");
    const newName = this.renamed.get(`${owner}/${name}`);
    const repo = this.repos.get(`${owner}/${name}`);
    if (newName !== undefined) {
      reply(307, { location: `/${newName}/${way}/${revision}/${file.join("/")}` });
    } else if (repo === undefined || way !== "resolve") {
      reply(token === undefined ? 401 : 404, { "x-error-code": "RepoNotFound" });
    } else if (repo.gated && user?.granted !== true) {
      reply(token === undefined ? 401 : 403, { "x-error-code": "GatedRepo" });
    } else if (revision !== "main" && revision !== repo.commit) {
      reply(404, { "x-error-code": "RevisionNotFound" });
    } else {
      await this.answerFile(repo, file.join("/"), response, reply, seen);
    }
  }

  private async answerFile(
    repo: MockRepo,
    path: string,
    response: http.ServerResponse,
    reply: (status: number, headers?: Record<string, string>, body?: string) => void,
    seen: Seen,
  ): Promise<void> {
    const file = repo.files.get(path);
    if (file === undefined) {
      reply(404, { "x-error-code": "EntryNotFound" });
    } else if (file.large) {
      const address = randomBytes(8).toString("hex");
      this.addresses.set(address, { content: file.content, uses: this.knobs.addressUses });
      reply(302, {
        location: `${this.cdnOrigin}/blob/${address}`,
        "x-repo-commit": repo.commit,
        "x-linked-etag": `"${sha256(file.content)}"`,
        "x-linked-size": String(this.knobs.announcedBytes ?? file.content.length),
      });
    } else {
      const headers = { "x-repo-commit": repo.commit, etag: `"${gitSha1(file.content)}"` };
      await this.sendBytes(file.content, response, seen, headers);
    }
  }

  private async answerAsCdn(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const seen = this.see("cdn", request);
    const address = this.addresses.get(seen.path.replace("/blob/", ""));
    const failure = this.knobs.failures.find(({ times }) => times > 0);
    if (failure !== undefined) {
      failure.times--;
      seen.status = failure.status;
      response.writeHead(failure.status, failure.headers).end();
    } else if (address === undefined || address.uses <= 0) {
      seen.status = 403;
      response.writeHead(403).end("Request has expired");
    } else {
      address.uses--;
      await this.sendBytes(address.content, response, seen, {});
    }
  }

  private async sendBytes(
    whole: Buffer,
    response: http.ServerResponse,
    seen: Seen,
    headers: Record<string, string>,
  ): Promise<void> {
    const { knobs } = this;
    const content = knobs.page === undefined ? whole : Buffer.from(knobs.page);
    const start = knobs.ignoreRange || seen.range === undefined ? 0 : Number(/\d+/.exec(seen.range)?.[0]);
    if (start > 0 && start >= content.length) {
      seen.status = 416;
      response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
      return;
    }
    const partial = seen.range !== undefined && !knobs.ignoreRange;
    const wanted = partial ? /-(\d+)$/.exec(seen.range)?.[1] : undefined;
    const end = Math.min(content.length, wanted === undefined ? content.length : Number(wanted) + 1);
    seen.status = partial ? 206 : 200;
    response.writeHead(seen.status, {
      ...headers,
      "content-length": String(end - start),
      ...(partial ? { "content-range": `bytes ${start}-${end - 1}/${content.length}` } : {}),
    });
    if (seen.method === "HEAD") {
      response.end();
      return;
    }
    await knobs.onBytes?.(seen);
    await this.pour(this.spoiled(content).subarray(start, end), start, response);
  }

  /** In pieces, as the knobs have it. */
  private async pour(bytes: Buffer, start: number, response: http.ServerResponse): Promise<void> {
    const cut = this.knobs.cutAfter.shift();
    const end = Math.min(cut ?? bytes.length, bytes.length);
    for (let offset = 0; offset < end; offset += this.knobs.pieceBytes) {
      const piece = bytes.subarray(offset, Math.min(end, offset + this.knobs.pieceBytes));
      if (this.knobs.holdAt !== undefined && start + offset + piece.length > this.knobs.holdAt) {
        await closed(response);
      }
      if (response.destroyed) {
        return;
      }
      if (!response.write(piece)) {
        await drained(response);
      }
      this.knobs.onPiece?.(start + offset + piece.length);
      if (this.knobs.pauseMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, this.knobs.pauseMs));
      }
    }
    if (cut === undefined) {
      response.end();
    } else {
      response.socket?.destroySoon(); // when all that was written is out
    }
  }

  private spoiled(content: Buffer): Buffer {
    const { corrupt } = this.knobs;
    if (corrupt === undefined || corrupt.times <= 0) {
      return content;
    }
    corrupt.times--;
    const copy = Buffer.from(content);
    copy[corrupt.at] = (copy[corrupt.at] ?? 0) ^ 0xff;
    return copy;
  }

  private see(host: "hub" | "cdn", request: http.IncomingMessage): Seen {
    const seen: Seen = {
      host,
      method: request.method ?? "",
      path: request.url ?? "",
      authorization: request.headers.authorization,
      range: request.headers.range,
      status: 0,
    };
    this.log.push(seen);
    return seen;
  }

  private modelInfo(name: string): object {
    const repo = this.repos.get(name);
    return {
      _id: name,
      id: name,
      private: false,
      gated: repo?.gated === true ? "manual" : false,
      downloads: 10,
      likes: 1,
      lastModified: "2024-01-01T00:00:00.000Z",
      tags: repo?.tags ?? [],
    };
  }
}

/** There is room for more, or nobody takes it any longer. */
function drained(response: http.ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}

async function closed(response: http.ServerResponse): Promise<void> {
  if (!response.destroyed) {
    await once(response, "close");
  }
}

const JSON_TYPE = { "content-type": "application/json" };

/** A file with GGUF's magic and noise behind it. */
export function ggufNoise(bytes: number): Buffer {
  return Buffer.concat([Buffer.from("GGUF"), randomBytes(bytes - 4)]);
}

export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function gitSha1(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

function whoAmI(name: string): object {
  return { type: "user", id: "1", name, fullname: "", auth: { type: "access_token" }, orgs: [] };
}

function treeOf(repo: MockRepo, folder: string, recursive: boolean): object[] {
  return [...repo.files]
    .filter(([path]) => path.startsWith(folder) && (recursive || !path.slice(folder.length).includes("/")))
    .map(([path, { content, large }]) => ({
      type: "file",
      path,
      size: content.length,
      oid: gitSha1(content),
      ...(large ? { lfs: { oid: sha256(content), size: content.length, pointerSize: 130 } } : {}),
    }));
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}

/**
 * Brings one file to the disk: from where an earlier attempt ended, through broken connections, expired addresses and
 * servers that know no ranges, until its bytes are those that were announced.
 */
import { EngineError } from "../../../protocol/engineErrors";
import { headerOf, refusal, sendInto, unreachable, type Head } from "./http";
import { PartialFile } from "./partialFile";
import type { RemoteFile } from "./remoteFile";
import { Patience, Transient } from "./retry";
import type { HubSession } from "./session";

export interface TransferOptions {
  readonly session: HubSession;
  /** The partial file. */
  readonly path: string;
  /** For messages: the path in the repository, or the address. */
  readonly name: string;
  readonly remote: RemoteFile;
  /** Asks the server again, when an address has expired or something does not fit. */
  readonly askAgain: () => Promise<RemoteFile>;
  readonly onProgress: (phase: "checking" | "downloading" | "verifying", bytes: number) => void;
}

/** Something that came is not what was announced; once is a fault on the way, twice is not. */
class Damaged extends Error {}

/** The server has another file now; the caller begins anew with that one. */
export class ContentChanged extends Error {}

/** The disk, not the network; `cause` is what the system said. */
export class DiskError extends Error {}

/** How servers of signed addresses say that one is no longer good. */
const EXPIRED = new Set([400, 401, 403, 404, 410]);

export class Transfer {
  private remote: RemoteFile;
  private readonly patience: Patience;
  /** How far it has ever come: only beyond it is progress. */
  private furthest = 0;

  constructor(private readonly options: TransferOptions) {
    this.remote = options.remote;
    this.patience = new Patience(options.session.retry);
  }

  /** Resolves when all is in the partial file and verified; what has come stays there when it rejects, unless it is wrong. */
  async run(signal: AbortSignal): Promise<{ readonly bytes: number; readonly sha256: string }> {
    const file = await PartialFile.open(this.options.path, this.options.session.createHasher);
    try {
      await file.readExisting(
        this.remote.bytes ?? 0,
        (bytes) => {
          this.options.onProgress("checking", bytes);
        },
        signal,
      );
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.fill(file, signal);
        } catch (error) {
          if (!(error instanceof Damaged)) {
            throw error;
          }
          await file.clear();
          if (attempt === 2) {
            throw new EngineError({ code: "checksumMismatch", file: this.options.name }, { cause: error });
          }
        }
      }
    } finally {
      await file.close();
    }
  }

  private async fill(file: PartialFile, signal: AbortSignal): Promise<{ bytes: number; sha256: string }> {
    while (this.remote.bytes === undefined || file.bytes < this.remote.bytes) {
      try {
        await this.fetchFrom(file, signal);
        if (this.remote.bytes === undefined) {
          break; // the end of the answer is the end of the file
        }
      } catch (error) {
        signal.throwIfAborted();
        await this.patience.afterFailure(error, signal);
      }
    }
    this.options.onProgress("verifying", file.bytes);
    const { bytes, sha256 } = await file.finish();
    const { bytes: expectedBytes = bytes, sha256: expectedSha256 = sha256 } = this.remote;
    if (bytes !== expectedBytes || sha256 !== expectedSha256) {
      throw new Damaged();
    }
    return { bytes, sha256 };
  }

  /** One request for what is missing; rejects with `Transient` where it ended too early. */
  private async fetchFrom(file: PartialFile, signal: AbortSignal): Promise<void> {
    const { url, token } = this.remote;
    const rest = file.bytes === 0 ? {} : { headers: { range: `bytes=${String(file.bytes)}-` } };
    const ask = { method: "GET", ...rest, ...(token === undefined ? {} : { token }) } as const;
    const { dispatcher } = this.options.session;
    const sink = { begin: (head: Head) => this.begin(head, file), take: (piece: Buffer) => this.take(piece, file) };
    try {
      const head = await sendInto({ dispatcher, url, ask }, sink, signal);
      if (!hasBytes(head)) {
        await this.refused(head, file, signal);
        return;
      }
    } finally {
      if (file.bytes > this.furthest) {
        this.furthest = file.bytes;
        this.patience.reset();
      }
    }
    if (this.remote.bytes !== undefined && file.bytes > this.remote.bytes) {
      throw new Damaged();
    }
    if (this.remote.bytes !== undefined && file.bytes < this.remote.bytes) {
      throw unreachable(url, new Error("the answer ended too early"));
    }
  }

  /** Before the first byte: whether the answer goes on where the file ends, and is of the file at all. */
  private async begin(head: Head, file: PartialFile): Promise<void> {
    if (!hasBytes(head)) {
      return;
    }
    const range = rangeOf(head);
    if (head.statusCode === 200) {
      await this.written(file.clear()); // from the start, whatever was asked for
    } else if (range.start !== file.bytes) {
      await this.written(file.clear());
      throw unreachable(this.remote.url, new Error("another range than was asked for"));
    }
    const total = head.statusCode === 200 ? lengthOf(head) : range.total;
    if (total !== undefined && this.remote.bytes !== undefined && total !== this.remote.bytes) {
      throw new Damaged();
    }
  }

  private take(piece: Buffer, file: PartialFile): Promise<void> | undefined {
    const appending = file.append(piece);
    this.options.onProgress("downloading", file.bytes);
    if (!"GGUF".startsWith(file.magic) && this.options.name.endsWith(".gguf")) {
      return this.refuse(file, appending);
    }
    return appending && this.written(appending);
  }

  private async refuse(file: PartialFile, appending: Promise<void> | undefined): Promise<never> {
    await this.written(Promise.resolve(appending));
    await this.written(file.clear());
    throw new EngineError({ code: "notGguf", path: this.options.name });
  }

  /** An address that has expired, or a range that the server does not have, is asked for again; the rest is a failure. */
  private async refused(answer: Head, file: PartialFile, signal: AbortSignal): Promise<void> {
    const { url, token } = this.remote;
    const failure = refusal(answer, url, { file: this.options.name });
    if (answer.statusCode === 416) {
      await this.written(file.clear());
    } else if (token !== undefined || failure instanceof Transient || !EXPIRED.has(answer.statusCode)) {
      throw failure;
    }
    // the next failure counts as one of a row, so that this ends
    await this.patience.afterFailure(asTransient(failure), signal);
    const again = await this.options.askAgain();
    if (again.id !== this.remote.id) {
      throw new ContentChanged();
    }
    this.remote = again;
  }

  private async written<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw new DiskError("writing the download", { cause: error });
    }
  }
}

function hasBytes({ statusCode }: Head): boolean {
  return statusCode === 200 || statusCode === 206;
}

function asTransient(failure: Error): Error {
  return failure instanceof EngineError ? new Transient(failure) : failure;
}

function rangeOf(answer: Head): { readonly start?: number; readonly total?: number } {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headerOf(answer, "content-range") ?? "") ?? [];
  return start === undefined || total === undefined ? {} : { start: Number(start), total: Number(total) };
}

function lengthOf(answer: Head): number | undefined {
  const length = headerOf(answer, "content-length");
  return length === undefined ? undefined : Number(length);
}

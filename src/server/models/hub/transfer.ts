/**
 * Brings one file to the disk: from where an earlier attempt ended, through broken connections, expired addresses and
 * servers that know no ranges, until its bytes are those that were announced.
 */
import { EngineError } from "../../../protocol/engineErrors";
import { discard, headerOf, refusal, send, unreachable, type Answer } from "./http";
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
    const file = await PartialFile.open(this.options.path);
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
    const answer = await send(this.options.session.dispatcher, url, ask, signal);
    if (answer.statusCode !== 200 && answer.statusCode !== 206) {
      await discard(answer);
      await this.refused(answer, file, signal);
      return;
    }
    if (answer.statusCode === 200) {
      await this.written(file.clear()); // from the start, whatever was asked for
    } else if (rangeOf(answer).start !== file.bytes) {
      abandon(answer);
      await this.written(file.clear());
      throw unreachable(url, new Error("another range than was asked for"));
    }
    const total = answer.statusCode === 200 ? lengthOf(answer) : rangeOf(answer).total;
    if (total !== undefined && this.remote.bytes !== undefined && total !== this.remote.bytes) {
      abandon(answer);
      throw new Damaged();
    }
    await this.receive(answer, file, url);
  }

  private async receive(answer: Answer, file: PartialFile, url: URL): Promise<void> {
    try {
      for await (const piece of pieces(answer)) {
        await this.written(file.append(piece));
        this.options.onProgress("downloading", file.bytes);
        if (!"GGUF".startsWith(file.magic) && this.options.name.endsWith(".gguf")) {
          await this.written(file.clear());
          throw new EngineError({ code: "notGguf", path: this.options.name });
        }
      }
    } catch (error) {
      throw error instanceof DiskError || error instanceof EngineError ? error : unreachable(url, error);
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

  /** An address that has expired, or a range that the server does not have, is asked for again; the rest is a failure. */
  private async refused(answer: Answer, file: PartialFile, signal: AbortSignal): Promise<void> {
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

async function* pieces(answer: Answer): AsyncGenerator<Buffer> {
  for await (const piece of answer.body) {
    if (Buffer.isBuffer(piece)) {
      yield piece;
    }
  }
}

function abandon(answer: Answer): void {
  answer.body.on("error", () => undefined).destroy();
}

function asTransient(failure: Error): Error {
  return failure instanceof EngineError ? new Transient(failure) : failure;
}

function rangeOf(answer: Answer): { readonly start?: number; readonly total?: number } {
  const [, start, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headerOf(answer, "content-range") ?? "") ?? [];
  return start === undefined || total === undefined ? {} : { start: Number(start), total: Number(total) };
}

function lengthOf(answer: Answer): number | undefined {
  const length = headerOf(answer, "content-length");
  return length === undefined ? undefined : Number(length);
}

/**
 * Reads a remote file from its beginning, a piece at a time and no further than is asked for: by ranges where its server knows
 * them; else of one answer, which is broken off when enough of it has been read.
 */
import { EngineError } from "../../../protocol/engineErrors";
import { headerOf, refusal, send, unreachable, type Answer } from "./http";
import type { RemoteFile } from "./remoteFile";
import { Transient, withRetries } from "./retry";
import type { HubSession } from "./session";

export class RangeReader {
  /** The answer of a server that sends everything, and how far it has been read. */
  private whole: { readonly pieces: PieceReader; position: number } | undefined;

  constructor(
    private readonly session: HubSession,
    private readonly remote: RemoteFile,
    /** For messages. */
    private readonly name: string,
  ) {}

  /** The bytes from `start` to before `end`; fewer where the file ends. Pieces must be asked for in their order. */
  async read(start: number, end: number, signal: AbortSignal): Promise<Buffer> {
    const last = Math.min(end, this.remote.bytes ?? end);
    if (start >= last) {
      return Buffer.alloc(0);
    }
    return withRetries(() => this.attempt(start, last, signal), this.session.retry, signal);
  }

  dispose(): void {
    this.whole?.pieces.dispose();
    this.whole = undefined;
  }

  private async attempt(start: number, end: number, signal: AbortSignal): Promise<Buffer> {
    let bytes: Buffer;
    try {
      bytes =
        this.whole?.position === start ? await this.readOn(this.whole, end) : await this.readRange(start, end, signal);
    } catch (error) {
      this.dispose();
      signal.throwIfAborted();
      throw error instanceof Transient || error instanceof EngineError ? error : unreachable(this.remote.url, error);
    }
    if (this.remote.bytes !== undefined && bytes.length < end - start) {
      this.dispose();
      throw unreachable(this.remote.url, new Error("the answer ended too early"));
    }
    return bytes;
  }

  private async readRange(start: number, end: number, signal: AbortSignal): Promise<Buffer> {
    const { url, token } = this.remote;
    const headers = { range: `bytes=${String(start)}-${String(end - 1)}` };
    const ask = { method: "GET", headers, ...(token === undefined ? {} : { token }) } as const;
    const answer = await send(this.session.dispatcher, url, ask, signal);
    const pieces = new PieceReader(answer);
    if (answer.statusCode === 200) {
      this.dispose();
      this.whole = { pieces, position: 0 };
      await this.readOn(this.whole, start);
      return this.readOn(this.whole, end);
    }
    try {
      if (answer.statusCode === 206 && startOf(answer) === start) {
        return await pieces.take(end - start);
      }
    } finally {
      pieces.dispose();
    }
    if (answer.statusCode === 416) {
      return Buffer.alloc(0); // of a file whose size nobody has told
    }
    throw answer.statusCode === 206
      ? unreachable(url, new Error("another range than was asked for"))
      : refusal(answer, url, { file: this.name });
  }

  private async readOn(whole: NonNullable<typeof this.whole>, end: number): Promise<Buffer> {
    const bytes = await whole.pieces.take(end - whole.position);
    whole.position += bytes.length;
    return bytes;
  }
}

/** Takes so many bytes of a body, and keeps what came with them. */
class PieceReader {
  private readonly iterator: AsyncIterator<unknown, undefined>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly answer: Answer) {
    this.answer.body.on("error", () => undefined); // of one that is broken off
    this.iterator = this.answer.body.iterator();
  }

  async take(bytes: number): Promise<Buffer> {
    const pieces = [this.rest];
    let length = this.rest.length;
    while (length < bytes) {
      const next = await this.iterator.next();
      if (next.done === true || !Buffer.isBuffer(next.value)) {
        break;
      }
      pieces.push(next.value);
      length += next.value.length;
    }
    const all = Buffer.concat(pieces);
    this.rest = Buffer.from(all.subarray(bytes));
    return all.subarray(0, bytes);
  }

  dispose(): void {
    this.answer.body.destroy();
  }
}

function startOf(answer: Answer): number | undefined {
  const start = /^bytes (\d+)-/.exec(headerOf(answer, "content-range") ?? "")?.[1];
  return start === undefined ? undefined : Number(start);
}

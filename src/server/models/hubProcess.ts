/**
 * The server's side of the hub process: forks dist/hub.js when it is needed, passes requests and their progress on, and ends
 * it when nothing has been asked for a while. When it dies, what was asked is asked once more of the next one.
 */
import { fork, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import {
  createProtocolConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type CancellationToken,
  type ProtocolConnection,
  type ProtocolRequestType,
} from "vscode-languageserver/node";
import { ENGINE_ERROR, EngineError } from "../../protocol/engineErrors";
import { HubSettingsNotification } from "./hub/hubMessages";
import type { HubSettings } from "./hub/places";

const IDLE_MS = 60_000;
/** Asking again what has killed two processes would kill them all. */
const MOST_DEATHS = 2;

export interface HubProcessOptions {
  /** Absolute path of dist/hub.js. */
  readonly modulePath: string;
  readonly settings: () => Promise<HubSettings>;
  readonly log: (message: string) => void;
}

/** Of requests that ended with their connection. */
const CONNECTION_CODES: ReadonlySet<number> = new Set([
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.ConnectionInactive,
]);

interface Life {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  /** Resolves with why it ended. */
  readonly ended: Promise<string>;
}

/** A request that streams where it carries a token for that. */
export interface Streaming<PR> {
  readonly token: string | number;
  readonly onProgress: (value: PR) => void;
}

/** What came of one attempt. */
type Attempt<R> =
  { readonly kind: "answered"; readonly result: R } | { readonly kind: "died"; readonly detail: string };

export class HubProcess {
  private life: Life | undefined;
  private running = 0;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: HubProcessOptions) {}

  /** Rejects as the hub process does, or with `downloadFailed` where it dies again and again without getting on. */
  async request<P, R, PR>(
    type: ProtocolRequestType<P, R, PR, void, void>,
    params: P,
    token: CancellationToken,
    streaming?: Streaming<PR>,
  ): Promise<R> {
    clearTimeout(this.idleTimer);
    this.running++;
    let deaths = 0;
    const counting = streaming && {
      ...streaming,
      onProgress: (value: PR) => {
        deaths = 0;
        streaming.onProgress(value);
      },
    };
    try {
      for (;;) {
        const attempt = await this.attempt((life) => ask(life, { type, params, token }, counting));
        if (attempt.kind === "answered") {
          return attempt.result;
        }
        deaths++;
        if (deaths === MOST_DEATHS || token.isCancellationRequested) {
          const failure = new EngineError({ code: "downloadFailed", detail: attempt.detail });
          throw new ResponseError(ENGINE_ERROR, failure.message, failure.data);
        }
      }
    } finally {
      this.running--;
      this.endWhenIdle();
    }
  }

  dispose(): void {
    clearTimeout(this.idleTimer);
    this.end();
  }

  private async attempt<R>(ask: (life: Life) => Promise<R>): Promise<Attempt<R>> {
    const settings = await this.options.settings();
    const life = (this.life ??= this.start());
    await life.connection.sendNotification(HubSettingsNotification.type, settings).catch(() => undefined);
    return Promise.race([
      ask(life).then(
        (result): Attempt<R> => ({ kind: "answered", result }),
        async (error: unknown): Promise<Attempt<R>> => {
          if (error instanceof ResponseError && !CONNECTION_CODES.has(error.code)) {
            throw error;
          }
          return { kind: "died", detail: await life.ended }; // the connection ends with the process only
        },
      ),
      life.ended.then((detail): Attempt<R> => ({ kind: "died", detail })),
    ]);
  }

  private start(): Life {
    const { modulePath, log } = this.options;
    const child = fork(modulePath, [], {
      // the server has set the pool to one thread for the model's sake
      env: { ...process.env, UV_THREADPOOL_SIZE: "4" },
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    log(`hub process ${String(child.pid)} runs`);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) {
        createInterface({ input: stream }).on("line", log);
      }
    }
    const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    const life: Life = { child, connection, ended: endOf(child) };
    void life.ended.then((detail) => {
      connection.dispose();
      if (this.life === life) {
        this.life = undefined;
        log(`the hub process ended (${detail})`);
      }
    });
    connection.listen();
    return life;
  }

  private endWhenIdle(): void {
    clearTimeout(this.idleTimer);
    if (this.running === 0) {
      this.idleTimer = setTimeout(() => {
        this.end();
      }, IDLE_MS);
      this.idleTimer.unref();
    }
  }

  private end(): void {
    const { life } = this;
    this.life = undefined;
    if (life?.child.connected === true) {
      life.child.disconnect(); // at which it ends itself
    }
  }
}

interface Request<P, R, PR> {
  readonly type: ProtocolRequestType<P, R, PR, void, void>;
  readonly params: P;
  readonly token: CancellationToken;
}

async function ask<P, R, PR>(
  { connection }: Life,
  { type, params, token }: Request<P, R, PR>,
  streaming: Streaming<PR> | undefined,
): Promise<R> {
  const subscription = streaming && connection.onProgress(type, streaming.token, streaming.onProgress);
  try {
    return await connection.sendRequest<R>(type.method, params, token);
  } finally {
    subscription?.dispose();
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`);
    });
    child.on("error", (error) => {
      if (child.pid === undefined) {
        resolve(error.message); // it could not be started, so there is no "exit"
      }
    });
  });
}

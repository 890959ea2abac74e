/**
 * Entry of an inference process with the real engine, whose evaluations are counted where the library does them. Says on
 * stderr, a JSON line each, that one begins and, once a generation has ended, what was evaluated before and after the
 * message that cancels it had arrived.
 */
import { createConnection } from "vscode-languageserver/node";
import type { Engine, GenerateRequest, GenerationEvent, LanguageModel } from "../../src/server/engine/engine";
import { LocalEngine } from "../../src/server/engine/localEngine";
import { startServer } from "../../src/server/server";

export interface EvaluationCounts {
  /** Evaluations, and the tokens in them, that had begun when the cancellation arrived; all, where none did. */
  readonly batches: number;
  readonly tokens: number;
  /** Those that began afterwards. */
  readonly batchesAfterCancel: number;
  readonly tokensAfterCancel: number;
  /** From the arrival to the end of the generation; undefined where none arrived. */
  readonly idleAfterMs: number | undefined;
}

export type EvaluationReport =
  { readonly kind: "begins"; readonly batches: number } | ({ readonly kind: "ended" } & EvaluationCounts);

type Decode = (tokens: readonly unknown[], ...others: readonly unknown[]) => Promise<unknown>;

class Evaluations {
  private counts = { batches: 0, tokens: 0, batchesAfterCancel: 0, tokensAfterCancel: 0 };
  private cancelledAt: number | undefined;

  begins(tokens: number): void {
    if (this.cancelledAt === undefined) {
      this.counts.batches++;
      this.counts.tokens += tokens;
      tell({ kind: "begins", batches: this.counts.batches });
    } else {
      this.counts.batchesAfterCancel++;
      this.counts.tokensAfterCancel += tokens;
    }
  }

  cancelled(): void {
    this.cancelledAt = performance.now();
  }

  ended(): void {
    const idleAfterMs = this.cancelledAt === undefined ? undefined : performance.now() - this.cancelledAt;
    tell({ kind: "ended", ...this.counts, idleAfterMs });
    this.counts = { batches: 0, tokens: 0, batchesAfterCancel: 0, tokensAfterCancel: 0 };
    this.cancelledAt = undefined;
  }
}

function tell(report: EvaluationReport): void {
  process.stderr.write(`${JSON.stringify(report)}\n`);
}

/** The real engine, with the end of each generation noted. */
class CountingEngine implements Engine {
  constructor(
    private readonly engine: Engine,
    private readonly evaluations: Evaluations,
  ) {}

  async load(...args: Parameters<Engine["load"]>): Promise<LanguageModel> {
    const model = await this.engine.load(...args);
    const { evaluations } = this;
    async function* generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<GenerationEvent> {
      for await (const event of model.generate(request, signal)) {
        if (event.kind === "end") {
          evaluations.ended();
        }
        yield event;
      }
    }
    return new Proxy(model, { get: (target, key) => (key === "generate" ? generate : valueOf(target, key)) });
  }

  graphics(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  fitsBeside(): Promise<boolean> {
    return Promise.resolve(true);
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }
}

function valueOf(target: LanguageModel, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target);
  return typeof value === "function" ? (value as () => unknown).bind(target) : value;
}

async function start(): Promise<void> {
  process.env["UV_THREADPOOL_SIZE"] ??= "1";
  const evaluations = new Evaluations();
  // every way of evaluating tokens comes through this method of the library
  const { LlamaContextSequence } = await import("node-llama-cpp");
  const sequence = LlamaContextSequence.prototype as unknown as { _decodeTokens: Decode };
  const decode = sequence._decodeTokens;
  sequence._decodeTokens = function (tokens, ...others) {
    evaluations.begins(tokens.length);
    return decode.call(this, tokens, ...others);
  };
  process.on("message", (message: { readonly method?: string }) => {
    if (message.method === "$/cancelRequest") {
      evaluations.cancelled();
    }
  });
  process.on("disconnect", () => process.exit(1));
  startServer({
    connection: createConnection(),
    engine: new CountingEngine(new LocalEngine(() => undefined), evaluations),
    hubModule: "", // nothing is downloaded
  });
}

void start();

/**
 * `npm run bench:completion -- --model FILE [--server URL]`: replays a typing session, key by key in real time, against
 * the product and, where its address is given, a running llama-server with the same model; prints both side by side.
 */
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { optionValue, runCli, UsageError } from "../scripts/cli";
import { projectRoot } from "../scripts/command";
import type { Contestant, Figures, Shown } from "./contestant";
import { LlamaServer } from "./llamaServer";
import { Ours } from "./ours";
import { keystrokesOf, typingTasks, type TypingTask } from "./typingSession";

/** Short enough for the test model's context: llama-server is given the whole file. */
const FILES = [
  "samples/workspace/inventory.js",
  "samples/workspace/knn.py",
  "src/server/chat.ts",
  "src/server/generate.ts",
];
const PLACES_PER_FILE = 3;
/** A fluent typist. */
const KEY_INTERVAL_MS = 150;
/** At the end of a task: long enough for any answer. */
const PAUSE_MS = 1_500;

runCli(async () => {
  const args = process.argv.slice(2);
  const model = optionValue(args, "model");
  if (model === undefined) {
    throw new UsageError("usage: npm run bench:completion -- --model FILE [--server URL] [--threads N]");
  }
  const server = optionValue(args, "server");
  const threads = Number(optionValue(args, "threads") ?? "1");
  const tasks = typingTasks(
    FILES.map((file) => path.join(projectRoot, file)),
    PLACES_PER_FILE,
  );
  const contestants: Contestant[] = [await Ours.start(path.resolve(model), { threads })];
  if (server !== undefined) {
    contestants.push(new LlamaServer(server));
  }
  const figures = new Map<string, Figures>();
  for (const contestant of contestants) {
    console.log(`${contestant.name}: typing ${String(tasks.length)} passages…`);
    figures.set(contestant.name, await replay(contestant, tasks));
    await contestant.close();
  }
  printTable(figures);
  return 0;
});

async function replay(contestant: Contestant, tasks: readonly TypingTask[]): Promise<Figures> {
  const shown: Shown[] = [];
  let keystrokes = 0;
  for (const task of tasks) {
    await contestant.begin(task);
    let running = new AbortController();
    for (const key of keystrokesOf(task)) {
      keystrokes++;
      running.abort();
      running = new AbortController();
      const { signal } = running;
      const pressed = performance.now();
      const rest = task.typed.slice(key.keys);
      void contestant.keystroke(key, signal).then(
        (text) => {
          if (text !== undefined && !signal.aborted) {
            shown.push({ latencyMs: performance.now() - pressed, right: rest !== "" && text.startsWith(rest) });
          }
        },
        (error: unknown) => {
          if (!signal.aborted) {
            console.error(error);
          }
        },
      );
      await delay(KEY_INTERVAL_MS);
    }
    await delay(PAUSE_MS);
    running.abort();
  }
  return { keystrokes, requests: contestant.requests, shown };
}

function printTable(figures: ReadonlyMap<string, Figures>): void {
  const rows = [...figures].map(([name, { keystrokes, requests, shown }]) => {
    const evaluated = requests.map(({ evaluatedTokens }) => evaluatedTokens);
    return {
      engine: name,
      keystrokes,
      "requests answered": requests.length,
      "tokens evaluated per keystroke": round(sum(evaluated) / keystrokes),
      "first token ms, median / p95": both(requests.map(({ firstTokenMs }) => firstTokenMs)),
      "suggestions shown": shown.length,
      "shown after ms, median / p95": both(shown.map(({ latencyMs }) => latencyMs)),
      "shown after ms, mean": round(sum(shown.map(({ latencyMs }) => latencyMs)) / Math.max(1, shown.length)),
    };
  });
  console.table(Object.fromEntries(rows.map(({ engine, ...row }) => [engine, row])));
}

function both(values: readonly number[]): string {
  return `${String(round(quantile(values, 0.5)))} / ${String(round(quantile(values, 0.95)))}`;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

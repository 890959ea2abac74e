/**
 * `npm run bench:completion -- --model FILE [--server URL]`: replays a typing session, key by key in real time, against
 * the product and, where its address is given, a running llama-server with the same model. Runs take turns and are repeated;
 * figures are medians of the runs, and ratios are medians of the ratios of runs that followed each other.
 */
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { optionValue, runCli, UsageError } from "../scripts/cli";
import { projectRoot } from "../scripts/command";
import type { Contestant, Figures, Shown } from "./contestant";
import { LlamaServer } from "./llamaServer";
import { Ours } from "./ours";
import { tableOf } from "./report";
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
const RUNS = 3;
const CANCELS = 5;
const USAGE =
  "usage: npm run bench:completion -- --model FILE [--server URL] [--threads N] [--runs N] [--places N] [--keys N] [--interval MS] [--cancel-after MS] [--eagerness eager]";

runCli(async () => {
  const args = process.argv.slice(2);
  const model = optionValue(args, "model");
  if (model === undefined) {
    throw new UsageError(USAGE);
  }
  const whole = (name: string, standard: number): number => Number(optionValue(args, name) ?? standard);
  const server = optionValue(args, "server");
  const tasks = typingTasks(
    FILES.map((file) => path.join(projectRoot, file)),
    whole("places", PLACES_PER_FILE),
  );
  const engine = { threads: whole("threads", 1) };
  const ours = await Ours.start(path.resolve(model), optionValue(args, "eagerness") ?? "eager", engine);
  const contestants: Contestant[] = [ours, ...(server === undefined ? [] : [await LlamaServer.connect(server)])];
  const figures = contestants.map((): Figures[] => []);
  try {
    for (let run = 1; run <= whole("runs", RUNS); run++) {
      for (const [index, contestant] of contestants.entries()) {
        console.error(`run ${String(run)}, ${contestant.name}: typing ${String(tasks.length)} passages…`);
        figures[index]?.push(
          await replay(contestant, tasks, {
            run,
            keys: whole("keys", Infinity),
            intervalMs: whole("interval", KEY_INTERVAL_MS),
            cancelAfterMs: whole("cancel-after", 20),
          }),
        );
      }
    }
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.close()));
  }
  console.log(
    tableOf(
      contestants.map(({ name }) => name),
      figures,
    ),
  );
  return 0;
});

interface Run {
  readonly run: number;
  /** Of each passage; a slow model gets fewer. */
  readonly keys: number;
  readonly intervalMs: number;
  readonly cancelAfterMs: number;
}

async function replay(contestant: Contestant, tasks: readonly TypingTask[], options: Run): Promise<Figures> {
  const shown: Shown[] = [];
  let keystrokes = 0;
  for (const task of tasks) {
    await contestant.begin(task);
    let running = new AbortController();
    for (const key of keystrokesOf(task).slice(0, options.keys)) {
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
      await delay(options.intervalMs);
    }
    await delay(Math.max(PAUSE_MS, options.intervalMs));
    running.abort();
  }
  const { requests, counts } = contestant.take();
  const cancelMs = await cancelLatencies(contestant, options);
  contestant.take();
  return { keystrokes, requests, counts, shown, cancelMs };
}

/** In the middle of reading a prompt that no cache knows. */
async function cancelLatencies(contestant: Contestant, { run, cancelAfterMs }: Run): Promise<number[]> {
  const measured: number[] = [];
  for (let index = 0; index < CANCELS; index++) {
    const lines = Array.from({ length: 40 }, (_, line) => `value_${String(line)} = ${String(run * 7 + index * 3)}\n`);
    measured.push(
      await contestant.cancelAfter(`# ${String(run)}.${String(index)}\n${lines.join("")}x = `, cancelAfterMs),
    );
  }
  return measured;
}

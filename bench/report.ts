/** The completion benchmark's table: a column for each contestant, and how the first one stands to the second. */
import type { Figures } from "./contestant";

interface Row {
  readonly name: string;
  /** Of one run. */
  readonly values: (figures: Figures) => readonly number[];
  /** The value that the ratio is made of. */
  readonly ratioOf?: (figures: Figures) => number;
}

const ROWS: readonly Row[] = [
  { name: "keystrokes", values: ({ keystrokes }) => [keystrokes] },
  { name: "requests sent", values: ({ counts }) => [counts.sent], ratioOf: ({ counts }) => counts.sent },
  { name: "keys answered without one", values: ({ counts }) => [counts.avoided] },
  { name: "requests the engine answered", values: ({ requests }) => [requests.length] },
  {
    name: "prompt tokens evaluated a key",
    values: (figures) => [evaluatedPerKey(figures)],
    ratioOf: evaluatedPerKey,
  },
  both("prompt tokens evaluated a request, median / p95", ({ requests }) => requests.map((one) => one.evaluatedTokens)),
  both("first token of a request, median / p95, ms", ({ requests }) => requests.map((one) => one.firstTokenMs)),
  both("request, median / p95, ms", ({ requests }) => requests.map((one) => one.totalMs)),
  { name: "suggestions shown", values: ({ shown }) => [shown.length] },
  {
    name: "shown that go on with what is typed next",
    values: ({ shown }) => [shown.filter((one) => one.right).length],
  },
  { name: "shown after, mean, ms", values: (figures) => [meanLatency(figures)], ratioOf: meanLatency },
  both("shown after, median / p95, ms", ({ shown }) => shown.map((one) => one.latencyMs)),
  both("idle after a cancellation, median / p95, ms", ({ cancelMs }) => cancelMs),
];

/** Takes the runs of each contestant, in the same order for all. */
export function tableOf(names: readonly string[], runs: readonly (readonly Figures[])[]): string {
  const head = ["", ...names, "ratio"];
  const lines = ROWS.map((row) => [row.name, ...runs.map((own) => cell(row, own)), ratio(row, runs)]);
  const align = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [head, align, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cell({ values }: Row, runs: readonly Figures[]): string {
  const columns = runs.map(values);
  const count = columns[0]?.length ?? 0;
  return Array.from({ length: count }, (_, at) => round(quantile(columns.map((column) => column[at] ?? 0)))).join(
    " / ",
  );
}

function ratio({ ratioOf }: Row, [ours = [], others = []]: readonly (readonly Figures[])[]): string {
  if (ratioOf === undefined || others.length === 0) {
    return "";
  }
  return quantile(
    ours.flatMap((figures, run) => {
      const other = others[run];
      return other === undefined ? [] : [ratioOf(figures) / ratioOf(other)];
    }),
  ).toFixed(2);
}

function both(name: string, of: (figures: Figures) => readonly number[]): Row {
  return {
    name,
    values: (figures) => [quantile(of(figures)), quantile(of(figures), 0.95)],
    ratioOf: (figures) => quantile(of(figures)),
  };
}

function evaluatedPerKey({ requests, keystrokes }: Figures): number {
  return requests.reduce((sum, { evaluatedTokens }) => sum + evaluatedTokens, 0) / keystrokes;
}

function meanLatency({ shown }: Figures): number {
  return shown.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / Math.max(1, shown.length);
}

function quantile(values: readonly number[], share = 0.5): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

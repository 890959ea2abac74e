/** Files whose changes say nothing about what a commit is for: a line says enough. Pure. */
import type { FileDiff } from "./diff";

const LOCK_FILES = new Set([
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "bun.lockb",
  "go.sum",
  "packages.lock.json",
  "gradle.lockfile",
  "Package.resolved",
]);

const GENERATED_NAMES =
  /\.(min\.(js|css|mjs)|map|snap|pb\.(go|cc|h)|g\.dart|freezed\.dart|designer\.cs)$|_pb2(_grpc)?\.pyi?$|\.generated\.|\.gen\.\w+$/i;
const GENERATED_FOLDERS = /(^|\/)(node_modules|vendor|dist|third_party|__snapshots__|__generated__)\//;
const GENERATED_MARK = /@generated\b|code generated .*do not edit|this file (is|was) (auto-?)?generated/i;
/** Such a mark stands at a file's start. */
const MARK_WITHIN_LINES = 10;

export type Uninteresting = "binary" | "lock file" | "generated";

/** Why the file's changes need not be shown; undefined where they should be. */
export function whyUninteresting(file: FileDiff): Uninteresting | undefined {
  if (file.binary) {
    return "binary";
  }
  const name = file.path.split("/").at(-1) ?? "";
  if (LOCK_FILES.has(name) || name.endsWith(".lock")) {
    return "lock file";
  }
  if (GENERATED_NAMES.test(name) || GENERATED_FOLDERS.test(file.path) || hasGeneratedMark(file)) {
    return "generated";
  }
  return undefined;
}

function hasGeneratedMark({ hunks: [first] }: FileDiff): boolean {
  return (
    first !== undefined &&
    /^@@ -[01][, ]/.test(first.header) &&
    first.lines.slice(0, MARK_WITHIN_LINES).some((line) => GENERATED_MARK.test(line))
  );
}

/**
 * `npm run check:gates`: proves that each gate can fail. In a copy of the working tree, every gate must pass as it is, then
 * fail on a violation planted for it, and say where. Takes some minutes; run it after a change of a tool or its settings.
 */
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { runCli } from "./cli";
import { projectRoot, runCommand, runNpm, type CommandResult } from "./command";

interface Violation {
  readonly what: string;
  /** Arguments for npm. */
  readonly gate: readonly string[];
  /** Files to write or, with null, to delete. */
  readonly files: Readonly<Record<string, string | null>>;
  /** All of it must be in the gate's output. */
  readonly says: readonly string[];
}

const lintViolations = `/** A file with one violation of each rule that the house style stands on. */
export default async function gate(value: any): Promise<void> {
  const text = value as string;
  console.log([text][0]!);
  process.stdout.write(text);
  Promise.resolve();
}
`;

const violations: readonly Violation[] = [
  {
    what: "a type error",
    gate: ["run", "check-types"],
    files: { "src/base/planted.ts": 'export const planted: number = "text";\n' },
    says: ["src/base/planted.ts"],
  },
  {
    what: "a type error in the chat page",
    gate: ["run", "check-types"],
    files: { "src/webview/planted.ts": "export const planted: number = document.title;\n" },
    says: ["planted.ts"],
  },
  {
    what: "broken lint rules",
    gate: ["run", "lint"],
    files: { "src/server/planted.ts": lintViolations },
    says: [
      "planted.ts",
      "no-explicit-any",
      "consistent-type-assertions",
      "no-non-null-assertion",
      "no-floating-promises",
      "no-restricted-exports",
      "no-console",
      "no-restricted-properties",
    ],
  },
  {
    what: "an import against the layers",
    gate: ["run", "lint:deps"],
    files: { "src/prompt/planted.ts": 'export { startServer } from "../server/server";\n' },
    says: ["imports-of-prompt", "src/prompt/planted.ts"],
  },
  {
    what: "an unused file and its export",
    gate: ["run", "lint:unused"],
    files: { "src/base/planted.ts": "export const planted = 1;\n" },
    says: ["src/base/planted.ts"],
  },
  {
    what: "an unused export",
    gate: ["run", "lint:unused"],
    files: {
      "scripts/support/planted.ts": "export const planted = 1;\nexport const needed = 2;\n",
      "scripts/planted.ts": 'import { needed } from "./support/planted";\n\nneeded.toFixed();\n',
    },
    says: ["scripts/support/planted.ts", "planted "],
  },
  {
    what: "bad layout",
    gate: ["run", "format:check"],
    files: { "src/base/planted.ts": "export const planted={a:1}\n" },
    says: ["src/base/planted.ts"],
  },
  {
    what: "a missing entry of a bundle",
    gate: ["run", "build"],
    files: { "src/webview/main.ts": null },
    says: ["src/webview/main.ts"],
  },
  {
    what: "a failing test",
    gate: ["run", "test:unit", "--", "--grep", "planted"],
    files: { "test/unit/planted.test.ts": testFile('test("planted", () => assert.equal(1, 2));') },
    says: ["planted", "1 !== 2"],
  },
  {
    what: "a test that would silence the others",
    gate: ["run", "test:unit", "--", "--grep", "planted"],
    files: { "test/unit/planted.test.ts": testFile('test.only("planted", () => assert.ok(true));') },
    says: ["forbid"],
  },
  {
    what: "zero tests",
    gate: ["run", "test:unit", "--", "--grep", "no test is called this"],
    files: {},
    says: ["No unit test ran"],
  },
  {
    what: "code that no test runs",
    gate: ["exec", "--no", "--", "c8", "mocha", "test/unit/layering.test.ts"],
    files: {},
    says: ["does not meet global threshold"],
  },
];

function testFile(test: string): string {
  return `import assert from "node:assert/strict";\n\nsuite("planted", () => {\n  ${test}\n});\n`;
}

runCli(async () => {
  const copy = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-gates-"));
  try {
    await copyTree(copy);
    return (await checkAll(copy)) ? 0 : 1;
  } finally {
    await fs.rm(copy, { recursive: true, force: true });
  }
});

/** What git knows or would add, as it is in the working tree now. */
async function copyTree(to: string): Promise<void> {
  const listed = await runCommand("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
  });
  for (const file of listed.stdout.split("\0").filter((name) => name !== "")) {
    await fs.cp(path.join(projectRoot, file), path.join(to, file)).catch((error: unknown) => {
      if (!isMissing(error)) {
        throw error; // a file deleted in the working tree is still listed
      }
    });
  }
  await fs.symlink(path.join(projectRoot, "node_modules"), path.join(to, "node_modules"), "junction");
}

async function checkAll(copy: string): Promise<boolean> {
  let good = true;
  const say = (ok: boolean, line: string, { stdout, stderr }: CommandResult): void => {
    console.log(`${ok ? "ok  " : "FAIL"}  ${line}`);
    if (!ok) {
      console.log(`${stdout}${stderr}`.replace(/^/gm, "        "));
    }
    good &&= ok;
  };
  const planted = violations.filter(({ files }) => Object.keys(files).length > 0);
  for (const gate of new Set(planted.map((violation) => violation.gate.slice(0, 2).join(" ")))) {
    const result = await runNpm(gate.split(" "), { cwd: copy });
    say(result.code === 0, `npm ${gate} passes`, result);
  }
  for (const { what, gate, files, says } of violations) {
    const restore = await plant(files, copy);
    const result = await runNpm(gate, { cwd: copy });
    await restore();
    const output = result.stdout + result.stderr;
    say(
      result.code !== 0 && says.every((text) => output.includes(text)),
      `npm ${gate.join(" ")} fails on ${what}`,
      result,
    );
  }
  return good;
}

/** @returns what undoes it */
async function plant(files: Violation["files"], copy: string): Promise<() => Promise<void>> {
  const undo: (() => Promise<void>)[] = [];
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(copy, name);
    const before = await fs.readFile(file).catch(() => undefined); // most are new
    undo.push(() => (before === undefined ? fs.rm(file) : fs.writeFile(file, before)));
    if (text === null) {
      await fs.rm(file);
    } else {
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, text);
    }
  }
  return async () => {
    for (const step of undo) {
      await step();
    }
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

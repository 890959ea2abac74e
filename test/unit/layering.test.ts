/** The layering check itself: that it sees our modules and what they import, and that every one of its rules can fail. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { ICruiseResult } from "dependency-cruiser";
import { projectRoot } from "../../scripts/command";

const llama = "node-llama-cpp";

/** file, what it imports (`type …` for its types only, `import() …` at run time), the rule that must report it */
const violations: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ["src/base/a.ts", "../protocol/engine", "imports-of-base"],
  ["src/base/b.ts", "node:fs", "imports-of-base"],
  ["src/base/c.ts", "type vscode", "imports-of-base"],
  ["src/protocol/a.ts", "../server/main", "imports-of-protocol"],
  ["src/protocol/b.ts", "vscode-languageserver/node", "imports-of-protocol"],
  ["src/prompt/a.ts", "../postprocess/pipeline", "imports-of-prompt"],
  ["src/prompt/b.ts", "node:path", "imports-of-prompt"],
  ["src/prompt/c.ts", "type ../server/main", "imports-of-prompt"],
  ["src/postprocess/a.ts", "@huggingface/jinja", "imports-of-postprocess"],
  ["src/exclusion/a.ts", "node:fs", "imports-of-exclusion"],
  ["src/apply/a.ts", "../protocol/engine", "imports-of-apply"],
  ["src/apply/b.ts", "node:fs", "imports-of-apply"],
  ["src/server/a.ts", "vscode", "imports-of-server"],
  ["src/server/b.ts", "../extension/extension", "imports-of-server"],
  ["src/server/c.ts", "type vscode-languageclient/node", "imports-of-server"],
  ["src/server/d.ts", `type ${llama}`, "engine-types-in-engine"],
  ["src/server/e.ts", "@huggingface/gguf", "gguf-in-models"],
  ["src/server/f.ts", "undici", "network-in-hub"],
  ["src/server/models/a.ts", "@huggingface/hub", "network-in-hub"],
  ["src/server/models/b.ts", "./hub/ok", "hub-process-apart"],
  ["src/server/engine/a.ts", llama, "engine-library-in-one-file"],
  ["src/server/engine/b.ts", `import() ${llama}`, "engine-library-in-one-file"],
  ["src/server/engine/localEngine.ts", llama, "engine-library-by-dynamic-import"],
  ["src/extension/a.ts", "../server/main", "imports-of-extension"],
  ["src/extension/b.ts", `import() ${llama}`, "imports-of-extension"],
  ["src/extension/c.ts", "./inline/policy", "wired-by-extension-ts"],
  ["src/extension/engine/a.ts", "../chat/conversation", "wired-by-extension-ts"],
  ["src/extension/inline/a.ts", "../chat/conversation", "features-apart"],
  ["src/extension/promptFiles/a.ts", "../chat/conversation", "features-apart"],
  ["src/extension/models/a.ts", "../modelsView/ok", "features-apart"],
  ["src/extension/modelsView/a.ts", "../chat/conversation", "models-view-shows-models"],
  ["src/extension/git/a.ts", "../promptFiles/body", "wired-by-extension-ts"],
  ["src/webview/a.ts", "../protocol/engine", "imports-of-webview"],
  ["src/webview/b.ts", "node:path", "imports-of-webview"],
  ["src/webview/c.ts", "type vscode", "imports-of-webview"],
  ["src/bench/a.ts", "../base/lines", "unknown-folder"],
  ["src/base/cycleA.ts", "./cycleB", "no-cycles"],
  ["src/base/d.ts", "./index", "no-barrels"],
  ["src/base/e.ts", "./nowhere", "unresolvable"],
];

/** What the table allows, and a rule that is too eager would report. */
const allowed: readonly (readonly [file: string, imports: string])[] = [
  ["src/protocol/ok.ts", "vscode-languageserver-protocol"],
  ["src/prompt/ok.ts", "@huggingface/jinja"],
  ["src/exclusion/ok.ts", "ignore"],
  ["src/apply/ok.ts", "diff"],
  ["src/server/ok.ts", "node:fs"],
  ["src/server/ok2.ts", "../exclusion/ok"],
  ["src/server/models/ok.ts", "@huggingface/gguf"],
  ["src/server/models/hub/ok.ts", "undici"],
  ["src/server/engine/ok.ts", `type ${llama}`],
  ["src/extension/extension.ts", "./inline/policy"],
  ["src/extension/chat/ok.ts", "vscode"],
  ["src/extension/inline/ok.ts", "../../protocol/engine"],
  ["src/extension/modelsView/ok.ts", "../models/hub"],
  ["src/webview/ok.ts", "../protocol/chatView"],
  ["src/webview/ok2.ts", "lit"],
];

suite("layering check", function () {
  this.timeout(60_000); // all of src/ is parsed, which takes its time on a busy machine

  test("sees our modules, what they import from each other and from outside, and nothing wrong", async () => {
    const result = await check(projectRoot);
    const sources = result.modules.map(({ source }) => source).filter((source) => source.startsWith("src/"));
    const targets = result.modules.flatMap(({ dependencies }) => dependencies.map(({ resolved }) => resolved));
    assert.ok(sources.length > 60, `only ${String(sources.length)} modules of src/ seen`);
    assert.ok(targets.filter((target) => target.startsWith("src/")).length > 120);
    for (const outside of ["vscode", "vscode-languageserver", "node-llama-cpp", "lit"]) {
      assert.ok(
        targets.some((target) => target.split("/").includes(outside)),
        `no import of ${outside} seen`,
      );
    }
    assert.deepEqual(reports(result), []);
  });

  test("reports each kind of forbidden import, and only those", async () => {
    const root = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-layering-"));
    try {
      await seed(root);
      const expected = violations.map(([file, , rule]) => `${file}: ${rule}`);
      assert.deepEqual(reports(await check(root)), expected.sort());
    } finally {
      await fs.rm(root, { recursive: true });
    }
  });
});

async function check(root: string): Promise<ICruiseResult> {
  // ES modules only, and tests are CommonJS
  const { cruise } = await import("dependency-cruiser");
  const { default: extractDepcruiseOptions } = await import("dependency-cruiser/config-utl/extract-depcruise-options");
  const options = await extractDepcruiseOptions(path.join(projectRoot, ".dependency-cruiser.cjs"));
  const { output } = await cruise(["src"], { ...options, baseDir: root });
  assert.ok(typeof output !== "string");
  return output;
}

function reports(result: ICruiseResult): string[] {
  return result.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
}

async function seed(root: string): Promise<void> {
  const files = new Map([
    ["src/base/lines.ts", ""],
    ["src/base/index.ts", ""],
    ["src/protocol/engine.ts", ""],
    ["src/protocol/chatView.ts", ""],
    ["src/postprocess/pipeline.ts", ""],
    ["src/server/main.ts", ""],
    ["src/extension/inline/policy.ts", ""],
    ["src/extension/chat/conversation.ts", ""],
    ["src/extension/promptFiles/body.ts", ""],
    ["src/extension/models/hub.ts", ""],
  ]);
  for (const [file, imports] of [...violations, ...allowed]) {
    files.set(file, statement(imports));
  }
  files.set("src/base/cycleB.ts", statement("./cycleA"));
  for (const [file, text] of files) {
    await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await fs.writeFile(path.join(root, file), text);
  }
  await fs.symlink(path.join(projectRoot, "node_modules"), path.join(root, "node_modules"), "junction");
}

function statement(imports: string): string {
  const [, how, name = ""] = /^(type |import\(\) )?(.+)$/.exec(imports) ?? [];
  switch (how) {
    case "type ":
      return `import type * as it from "${name}";\nexport type It = typeof it;\n`;
    case "import() ":
      return `export const it = () => import("${name}");\n`;
    default:
      return `import * as it from "${name}";\nexport const that = it;\n`;
  }
}

/** The README's table of settings: a person reads it instead of package.json. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../scripts/command";
import { parseJson, property } from "../../scripts/json";

test("the README lists every setting with its default", () => {
  const manifest = parseJson(readFileSync(path.join(projectRoot, "package.json"), "utf8"));
  const configuration = property(property(manifest, "contributes"), "configuration");
  const groups: unknown[] = Array.isArray(configuration) ? configuration : [configuration];
  const declared = groups
    .flatMap((group) => Object.entries(property(group, "properties") ?? {}))
    .map(([name, setting]) => `${name} = ${JSON.stringify(property(setting, "default"))}`);
  const readme = readFileSync(path.join(projectRoot, "README.md"), "utf8");
  const listed = [...readme.matchAll(/^\| `(llama2\.[^`]+)` +\| `([^`]+)`/gm)].map(
    ([, name = "", value = ""]) => `${name} = ${value}`,
  );
  assert.ok(declared.length > 0);
  assert.deepEqual(listed.sort(), declared.sort());
});

/**
 * `npm run complete-lock`, after a change of dependencies: adds to package-lock.json the packages for other platforms that
 * npm left out because the registry in use does not serve them. Without them `npm ci` refuses to run, with any registry. What
 * is added has no hash: an `npm install` with a registry that has the package fills it in.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isRecord, type JsonRecord } from "../src/base/json";
import { runCli } from "./cli";
import { projectRoot } from "./command";
import { parseJson, property } from "./json";

const systems: Readonly<Record<string, string>> = { mac: "darwin", win: "win32" };

runCli(async () => {
  const file = path.join(projectRoot, "package-lock.json");
  const lock = parseJson(await fs.readFile(file, "utf8"));
  const packages = new Map(Object.entries(recordOr(property(lock, "packages"))));
  const before = packages.size;
  for (const entry of [...packages.values()]) {
    const dev = property(entry, "dev") === true ? { dev: true } : {};
    for (const [name, version] of Object.entries(recordOr(property(entry, "optionalDependencies")))) {
      const exact = typeof version === "string" && /^\d/.test(version);
      if (exact && !packages.has(`node_modules/${name}`)) {
        packages.set(`node_modules/${name}`, { version, ...platformOf(name), ...dev, optional: true });
      }
    }
  }
  const sorted = [...packages].sort(([a], [b]) => a.localeCompare(b, "en"));
  await fs.writeFile(file, `${JSON.stringify({ ...recordOr(lock), packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`${packages.size - before} packages for other platforms added to package-lock.json`);
  return 0;
});

function recordOr(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** "@node-llama-cpp/win-x64-cuda", "@oxc-parser/binding-linux-arm-gnueabihf": the system, then the processor. */
function platformOf(name: string): { os: string[]; cpu: string[] } {
  const [, system = "", cpu = ""] = /\/(?:binding-)?([a-z0-9]+)-([a-z0-9]+)/.exec(name) ?? [];
  if (cpu === "") {
    throw new Error(`The name ${name} does not say for which platform the package is`);
  }
  return { os: [systems[system] ?? system], cpu: [cpu] };
}

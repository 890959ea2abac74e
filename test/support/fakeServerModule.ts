/** The scripted engine for tests that drive VS Code: a bundle that the extension starts in place of its own server. */
import * as path from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../scripts/command";
import type { FakeScript } from "./fakeEngine";

/** Bundles the server with the scripted engine; gives the environment that makes the extension start it. */
export async function fakeServerEnvironment(script: FakeScript): Promise<Record<string, string>> {
  const outfile = path.join(projectRoot, "out/test/fakeServer.js");
  await build({
    entryPoints: [path.join(projectRoot, "test/support/fakeServer.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "warning",
  });
  return { LLAMA2_SERVER_MODULE: outfile, LLAMA2_FAKE_SCRIPT: JSON.stringify(script) };
}

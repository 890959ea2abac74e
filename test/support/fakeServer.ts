/** Entry of an inference process with the scripted engine; the script is JSON in the environment. */
import { join } from "node:path";
import { createConnection } from "vscode-languageserver/node";
import { startServer } from "../../src/server/server";
import { FakeEngine, type FakeScript } from "./fakeEngine";

const script = JSON.parse(process.env["LLAMA2_FAKE_SCRIPT"] ?? '{"rules":[]}') as FakeScript;
process.on("disconnect", () => process.exit(1));
startServer({
  connection: createConnection(),
  engine: new FakeEngine(script),
  hubModule: join(__dirname, "../../dist/hub.js"), // also from out/test, where this is bundled to
});

/** Starts the inference process with the scripted engine in place of the real one. */
import type { FakeScript } from "./fakeEngine";
import { LspClient, type ServerOptions } from "../../scripts/client/lspClient";

const FAKE_SERVER = ["--import", "tsx", "test/support/fakeServer.ts"];

export const fakeSettings = {
  chat: { modelPath: "/models/fake.gguf", repeatPenalty: 1 },
  completion: { modelPath: "/models/fake.gguf" },
};

export async function startFake(
  script: FakeScript,
  settings: Record<string, unknown> = fakeSettings,
  options: Pick<ServerOptions, "experimental" | "workspaceFolders" | "env"> = {},
): Promise<LspClient> {
  const client = await LspClient.start({
    ...options,
    entry: FAKE_SERVER,
    settings,
    env: { ...options.env, LLAMA2_FAKE_SCRIPT: JSON.stringify(script) },
  });
  await client.settled();
  return client;
}

/** Where other programs keep their models, by system and environment. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { llamaCppFolders, ollamaFolders } from "../../../../../src/server/models/local/localPlaces";

const home = path.join(path.sep, "home", "ann");

suite("folders of other programs", () => {
  const cases: readonly (readonly [NodeJS.Platform, Record<string, string>, string[], string[]])[] = [
    [
      "linux",
      {},
      [path.join(home, ".ollama/models"), "/usr/share/ollama/.ollama/models"],
      [path.join(home, ".cache/llama.cpp")],
    ],
    [
      "linux",
      { XDG_CACHE_HOME: "/xdg", OLLAMA_MODELS: "/big/ollama" },
      ["/big/ollama"],
      [path.join("/xdg", "llama.cpp")],
    ],
    ["darwin", {}, [path.join(home, ".ollama/models")], [path.join(home, "Library/Caches/llama.cpp")]],
    [
      "win32",
      { LOCALAPPDATA: path.join(home, "Local") },
      [path.join(home, ".ollama/models")],
      [path.join(home, "Local/llama.cpp")],
    ],
    [
      "linux",
      { LLAMA_CACHE: "/own", OLLAMA_MODELS: "" },
      ollamaFolders({ env: {}, home, platform: "linux" }) as string[],
      ["/own"],
    ],
  ];
  for (const [platform, env, ollama, llamaCpp] of cases) {
    test(`are known on ${platform} with ${JSON.stringify(env)}`, () => {
      assert.deepEqual(ollamaFolders({ env, home, platform }), ollama);
      assert.deepEqual(llamaCppFolders({ env, home, platform }), llamaCpp);
    });
  }
});

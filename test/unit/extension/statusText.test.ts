/** What the status bar says. */
import * as assert from "node:assert/strict";
import type { ConnectionState } from "../../../src/extension/engineApi";
import { statusText, type StatusFacts, type StatusText } from "../../../src/extension/statusText";
import type { LoadedModel, ModelState } from "../../../src/protocol/engine";

const MODEL: LoadedModel = {
  name: "Code Llama 7B",
  path: "/m.gguf",
  device: "CPU",
  gpuLayers: 0,
  layers: 33,
  contextSize: 4096,
  promptFormat: "llama2",
  capabilities: { chat: true, infill: true },
};
const FIGURES = {
  model: "Code Llama 7B",
  device: "CPU",
  promptTokens: 300,
  cachedTokens: 280,
  answerTokens: 12,
  firstTokenMs: 60,
  totalMs: 250.3,
  tokensPerSecond: 52.5,
  isPrepared: false,
  isCancelled: false,
  firstLineProbability: 0.424,
};
const STOPPED: ModelState = { kind: "stopped" };
const READY: ModelState = { kind: "ready", model: MODEL };

function status(state: ConnectionState, completionsOn = true, more: Partial<StatusFacts> = {}): StatusText {
  const facts = { state, completionsOn, completing: false, lastCompletion: undefined, ...more };
  return statusText(facts, (message, ...args) =>
    message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)])),
  );
}

function running(chat: ModelState, completion: ModelState): ConnectionState {
  return { kind: "running", models: { chat, completion } };
}

suite("status", () => {
  test("a graphics card that is not used is explained once, with what to install", () => {
    const idle = { ...MODEL, unusedGraphics: { vendor: "NVIDIA", lacks: "vulkanLoader" } } as const;
    const other: ModelState = { kind: "ready", model: { ...idle, path: "/other.gguf" } };
    const { tooltip, severity } = status(running({ kind: "ready", model: idle }, other));
    assert.equal(tooltip.match(/NVIDIA graphics card is not used.*libvulkan1/g)?.length, 1);
    assert.equal(severity, "normal");
  });

  const cases: [name: string, shown: StatusText, text: string, severity: string, tooltip: RegExp][] = [
    ["off", status({ kind: "stopped" }), "$(circle-slash) Llama 2: off", "normal", /not running/],
    ["starting", status({ kind: "starting" }), "$(loading~spin) Llama 2: starting", "normal", /starting/],
    [
      "restarting, with why",
      status({ kind: "restarting", detail: "signal SIGKILL" }),
      "$(loading~spin) Llama 2: restarting",
      "warning",
      /signal SIGKILL/,
    ],
    ["given up", status({ kind: "failed", detail: "exit code 1" }), "$(error) Llama 2: failed", "error", /restart/],
    ["no model", status(running(STOPPED, STOPPED)), "$(circle-slash) Llama 2: no model", "normal", /no model selected/],
    [
      "loading, in percent",
      status(running({ kind: "loading", path: "/a/m.gguf", fraction: 0.426 }, STOPPED)),
      "$(loading~spin) Llama 2: loading 43 %",
      "normal",
      /Chat: loading m\.gguf, 43 %/,
    ],
    [
      "ready, one model for both named once",
      status(running(READY, READY)),
      "$(check) Llama 2: Code Llama 7B · CPU",
      "normal",
      /Chat: Code Llama 7B on CPU, context of 4096 tokens\nCompletion: /,
    ],
    [
      "ready, with layers on the graphics card",
      status(running({ kind: "ready", model: { ...MODEL, device: "Vulkan (X)", gpuLayers: 20 } }, STOPPED)),
      "$(check) Llama 2: Code Llama 7B · Vulkan (X)",
      "normal",
      /Vulkan \(X\), 20 of 33 layers/,
    ],
    [
      "ready with completions off",
      status(running(STOPPED, READY), false),
      "$(circle-slash) Llama 2: Code Llama 7B · CPU",
      "normal",
      /Completions are off/,
    ],
    [
      "computing a completion",
      status(running(STOPPED, READY), true, { completing: true }),
      "$(loading~spin) Llama 2: Code Llama 7B · CPU",
      "normal",
      /Completion: /,
    ],
    [
      "the last completion's figures",
      status(running(STOPPED, READY), true, { lastCompletion: FIGURES }),
      "$(check) Llama 2: Code Llama 7B · CPU",
      "normal",
      /Last completion: 12 tokens in 250 ms \(52\.5 tokens\/s\), from 300 tokens of code, 280 of them reused\nThe model was 42 % sure of its first line\./,
    ],
    [
      "a model that failed",
      status(running(READY, { kind: "failed", path: "/x", error: { code: "modelNotFound", path: "/x" } })),
      "$(error) Llama 2: model failed",
      "error",
      /\/x does not exist/,
    ],
  ];
  for (const [name, shown, text, severity, tooltip] of cases) {
    test(name, () => {
      assert.equal(shown.text, text);
      assert.equal(shown.severity, severity);
      assert.match(shown.tooltip, tooltip);
      assert.doesNotMatch(shown.label, /\$\(/, "screen readers get no icon names");
    });
  }
});

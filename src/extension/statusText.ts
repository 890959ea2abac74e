/** What the status bar says for each state of the engine. Pure. */
import { basename } from "node:path";
import type { CompletionFigures } from "../protocol/completion";
import { engineErrorMessage } from "../protocol/engineErrors";
import type {
  EngineState,
  LoadReduction,
  LoadedModel,
  ModelRole,
  ModelState,
  UnusedGraphics,
} from "../protocol/engine";
import type { ConnectionState } from "./engineApi";
import type { Translate } from "../base/localize";

export interface StatusFacts {
  readonly state: ConnectionState;
  /** Whether completions are on, globally and for the language of the active editor. */
  readonly completionsOn: boolean;
  /** Whether a suggestion is being computed. */
  readonly completing: boolean;
  /** What the last suggestion cost. */
  readonly lastCompletion: CompletionFigures | undefined;
}

export interface StatusText {
  /** With a product icon, e.g. `$(llama2) …`. */
  readonly text: string;
  /** Plain text, one line for each thing. */
  readonly tooltip: string;
  /** The same without the icon. */
  readonly title: string;
  /** For screen readers, who get no icons: title and tooltip. */
  readonly label: string;
  readonly severity: "normal" | "warning" | "error";
}

export function statusText(facts: StatusFacts, translate: Translate): StatusText {
  const { state } = facts;
  switch (state.kind) {
    case "stopped":
      return plain("$(circle-slash)", translate("off"), translate("The engine is not running."));
    case "starting":
      return plain("$(loading~spin)", translate("starting"), translate("The engine is starting."));
    case "restarting":
      return {
        ...plain(
          "$(loading~spin)",
          translate("restarting"),
          state.detail === ""
            ? translate("The engine stopped unexpectedly and is starting again.")
            : translate("The engine stopped unexpectedly ({0}) and is starting again.", state.detail),
        ),
        severity: "warning",
      };
    case "failed":
      return {
        ...plain(
          "$(error)",
          translate("failed"),
          translate("The engine stopped unexpectedly too often ({0}). Select to restart it.", state.detail),
        ),
        severity: "error",
      };
    case "running":
      return runningText(state.models, facts, translate);
  }
}

function runningText(models: EngineState, facts: StatusFacts, translate: Translate): StatusText {
  const { completionsOn, completing, lastCompletion } = facts;
  const states = [models.chat, models.completion];
  const tooltip = [
    modelLine(translate("Chat"), models.chat, translate),
    modelLine(translate("Completion"), models.completion, translate),
    ...unusedGraphicsLines(models, translate),
    ...(completionsOn ? [] : [translate("Completions are off.")]),
    ...(lastCompletion === undefined ? [] : figuresLines(lastCompletion, translate)),
  ].join("\n");
  if (states.some(({ kind }) => kind === "failed")) {
    return { ...plain("$(error)", translate("model failed"), tooltip), severity: "error" };
  }
  const loading = states.find((state) => state.kind === "loading");
  if (loading?.kind === "loading") {
    const percent = Math.round(loading.fraction * 100);
    return plain("$(loading~spin)", translate("loading {0} %", percent), tooltip);
  }
  const ready = readyModels(models);
  if (ready.length === 0 && states.some(({ kind }) => kind === "unloaded")) {
    return plain("$(coffee)", translate("resting"), tooltip);
  }
  if (ready.length === 0) {
    return plain("$(circle-slash)", translate("no model"), tooltip);
  }
  if (completing) {
    return plain("$(loading~spin)", namesAndDevices(ready), tooltip);
  }
  const icon = completionsOn || models.completion.kind !== "ready" ? "$(check)" : "$(circle-slash)";
  return plain(icon, namesAndDevices(ready), tooltip);
}

/** "chat-model, code-model · CPU", or each with its own device where they differ. */
function namesAndDevices(models: readonly LoadedModel[]): string {
  const [first] = models;
  if (first !== undefined && models.every(({ device }) => device === first.device)) {
    return `${models.map(({ name }) => name).join(", ")} · ${first.device}`;
  }
  return models.map(({ name, device }) => `${name} · ${device}`).join(", ");
}

/** One entry for a model that serves both roles. */
function readyModels(models: EngineState): readonly LoadedModel[] {
  const roles: readonly ModelRole[] = ["chat", "completion"];
  const loaded = roles.flatMap((role) => {
    const state = models[role];
    return state.kind === "ready" ? [state.model] : [];
  });
  return loaded.filter((model, index) => loaded.findIndex(({ path }) => path === model.path) === index);
}

function modelLine(role: string, state: ModelState, translate: Translate): string {
  switch (state.kind) {
    case "stopped":
      return translate("{0}: no model selected", role);
    case "loading":
      return translate("{0}: loading {1}, {2} %", role, basename(state.path), Math.round(state.fraction * 100));
    case "ready":
      return readyLine(role, state.model, translate);
    case "unloaded":
      return translate("{0}: {1} is not in memory; the next request loads it again", role, basename(state.path));
    case "failed":
      return `${role}: ${engineErrorMessage(state.error, translate)}`;
  }
}

function readyLine(role: string, model: LoadedModel, translate: Translate): string {
  const device =
    model.gpuLayers === 0
      ? model.device
      : translate("{0}, {1} of {2} layers", model.device, model.gpuLayers, model.layers);
  const line = translate("{0}: {1} on {2}, context of {3} tokens", role, model.name, device, model.contextSize);
  return model.reduced === undefined ? line : `${line} (${reductionText(model.reduced, translate)})`;
}

/** Once, however many models are computed by the CPU for it. */
function unusedGraphicsLines(models: EngineState, translate: Translate): readonly string[] {
  const [unused] = readyModels(models).flatMap(({ unusedGraphics }) => unusedGraphics ?? []);
  return unused === undefined ? [] : [unusedGraphicsText(unused, translate)];
}

function unusedGraphicsText({ vendor, lacks }: UnusedGraphics, translate: Translate): string {
  switch (lacks) {
    case "vulkanLoader":
      return translate(
        "The {0} graphics card is not used: Vulkan is not installed. Install the package libvulkan1 (vulkan-loader on some systems), then restart the engine.",
        vendor,
      );
    case "vulkanDriver":
      return translate(
        "The {0} graphics card is not used: its driver offers no Vulkan. Install the maker's driver or mesa-vulkan-drivers, then restart the engine.",
        vendor,
      );
  }
}

function reductionText(reduction: LoadReduction, translate: Translate): string {
  switch (reduction) {
    case "fewerGpuLayers":
      return translate("its memory did not suffice for more layers");
    case "noGpu":
      return translate("the graphics card's memory did not suffice");
    case "smallerContext":
      return translate("memory did not suffice for a larger one");
  }
}

/** How sure the model was says why little or nothing of an answer was shown. */
function figuresLines(figures: CompletionFigures, translate: Translate): readonly string[] {
  const { promptTokens, cachedTokens, answerTokens, tokensPerSecond, totalMs, firstLineProbability } = figures;
  const cost = translate(
    "Last completion: {0} tokens in {1} ms ({2} tokens/s), from {3} tokens of code, {4} of them reused",
    answerTokens,
    Math.round(totalMs),
    tokensPerSecond.toFixed(1),
    promptTokens,
    cachedTokens,
  );
  return firstLineProbability === undefined
    ? [cost]
    : [cost, translate("The model was {0} % sure of its first line.", Math.round(100 * firstLineProbability))];
}

function plain(icon: string, words: string, tooltip: string): StatusText {
  const title = `Llama 2: ${words}`;
  return { text: `${icon} ${title}`, tooltip, title, label: `${title}. ${tooltip}`, severity: "normal" };
}

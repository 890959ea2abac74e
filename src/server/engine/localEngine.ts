/**
 * The engine on node-llama-cpp: the only file that loads it, and by dynamic import, because it is an ESM package with
 * native code that the bundle leaves outside. Nothing it logs may reach stdout, which carries the protocol.
 */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import type { Llama, LlamaModel, LlamaModelOptions } from "node-llama-cpp";
import type { ModelDescription } from "../../protocol/engine";
import { EngineError, type EngineErrorData } from "../../protocol/engineErrors";
import type { GpuChoice } from "../../protocol/engineSettings";
import type { Vocabulary } from "../../prompt/tokenizer";
import type { ChatTemplate } from "../../prompt/templateChat";
import { memoryNeed } from "../models/fit/memory";
import { inspectFile, inspectModel } from "../models/inspect";
import type { Engine, Graphics, LanguageModel, LoadOptions } from "./engine";
import { loadLadder, type LoadAttempt } from "./loadLadder";
import { chatTemplateOf, vocabularyOf } from "./llamaVocabulary";
import { LocalModel } from "./localModel";
import { thisSystem, unusedGraphics } from "./unusedGraphics";

/** What llama.cpp calls information is hundreds of lines a load: details. */
export type NativeLogLevel = "error" | "warn" | "debug";
export type NativeLog = (level: NativeLogLevel, message: string) => void;

/** Prompt tokens evaluated between two looks at the abort signal: small on a CPU, where a batch takes long. */
const CPU_BATCH_TOKENS = 128;
const GPU_BATCH_TOKENS = 512;

/** What is left to everything else on the machine, where a second model is loaded beside the first. */
const SPARE_BYTES = 1024 ** 3;

interface Backend {
  readonly gpu: GpuChoice;
  readonly threads: number | null;
  readonly llama: Promise<Llama>;
}

export class LocalEngine implements Engine {
  private backend: Backend | undefined;

  constructor(private readonly log: NativeLog) {}

  async load(
    options: LoadOptions,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<LanguageModel> {
    const { description, shape } = await inspectFile(options.path);
    await requireAdapters(options);
    const llama = await this.backendFor(options);
    let failure: EngineError | undefined;
    for (const attempt of loadLadder(options, shape?.layers)) {
      signal.throwIfAborted();
      try {
        return await loadModel(llama, description, attempt, {
          onLoadProgress: wholePercents(onProgress),
          loadSignal: signal,
        });
      } catch (error) {
        signal.throwIfAborted();
        failure ??= loadError(options, error);
        if (failure.data.code !== "outOfMemory") {
          break;
        }
      }
    }
    throw failure ?? new EngineError({ code: "loadFailed", path: options.path, detail: "nothing was tried" });
  }

  async graphics(options: Pick<LoadOptions, "gpu" | "threads">): Promise<Graphics | undefined> {
    const llama = await this.backendFor(options);
    if (llama.gpu === false) {
      return undefined;
    }
    const [name = GPU_NAMES[llama.gpu]] = await llama.getGpuDeviceNames();
    const { free, unifiedSize } = await llama.getVramState();
    return { name, freeBytes: free, sharesMemory: unifiedSize > 0 };
  }

  async fitsBeside(options: LoadOptions): Promise<boolean> {
    if (this.backend === undefined || !this.isServedBy(this.backend, options)) {
      return false; // another backend begins without the models of this one
    }
    const { shape } = await inspectFile(options.path).catch(() => ({ shape: undefined })); // loading says what is wrong
    if (shape === undefined) {
      return false;
    }
    const llama = await this.backend.llama;
    const need = memoryNeed(shape, {
      contextTokens: options.contextSize,
      sequences: options.roles.length,
      batchTokens: llama.gpu === false ? CPU_BATCH_TOKENS : GPU_BATCH_TOKENS,
    });
    const free = llama.gpu === false ? process.availableMemory() : (await llama.getVramState()).free;
    return need.totalBytes + SPARE_BYTES < free;
  }

  async dispose(): Promise<void> {
    const backend = this.backend;
    this.backend = undefined;
    // A backend that failed to start has told so when it was asked for, and has nothing to free.
    await backend?.llama.then((llama) => llama.dispose()).catch(() => undefined);
  }

  private isServedBy(backend: Backend, { gpu, threads }: Pick<LoadOptions, "gpu" | "threads">): boolean {
    return backend.gpu === gpu && backend.threads === threads;
  }

  private async backendFor({ gpu, threads }: Pick<LoadOptions, "gpu" | "threads">): Promise<Llama> {
    if (this.backend === undefined || !this.isServedBy(this.backend, { gpu, threads })) {
      await this.dispose();
      this.backend = { gpu, threads, llama: startBackend(gpu, threads, this.log) };
    }
    try {
      return await this.backend.llama;
    } catch (error) {
      this.backend = undefined;
      throw new EngineError({ code: "noBackend", gpu, detail: messageOf(error) }, { cause: error });
    }
  }
}

/**
 * Loads a model's vocabulary and chat template without its weights: enough to build prompts, also from a
 * vocabulary-only file.
 */
export async function loadVocabulary(
  path: string,
  log: NativeLog,
): Promise<{ vocabulary: Vocabulary; chatTemplate: ChatTemplate | undefined; dispose: () => Promise<void> }> {
  await inspectModel(path);
  const llama = await startBackend("cpu", 1, log);
  const model = await llama.loadModel({ modelPath: path, vocabOnly: true });
  return { vocabulary: vocabularyOf(model), chatTemplate: chatTemplateOf(model), dispose: () => llama.dispose() };
}

async function startBackend(gpu: GpuChoice, threads: number | null, log: NativeLog): Promise<Llama> {
  const { getLlama, LlamaLogLevel } = await import("node-llama-cpp");
  return getLlama({
    gpu: gpu === "cpu" ? false : gpu,
    build: "never",
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.info,
    logger: (level, message) => {
      log(nativeLogLevel(level), message.trimEnd());
    },
    maxThreads: threads ?? 0,
  });
}

type LoadWatch = Pick<LlamaModelOptions, "onLoadProgress" | "loadSignal">;

async function loadModel(
  llama: Llama,
  description: ModelDescription,
  { options, reduced }: LoadAttempt,
  watch: LoadWatch,
): Promise<LanguageModel> {
  const contextSize = Math.min(options.contextSize, description.trainedContext);
  const fitting = llama.gpu === false ? 0 : { fitContext: { contextSize: contextSize * options.roles.length } };
  const model = await llama.loadModel({ modelPath: options.path, gpuLayers: options.gpuLayers ?? fitting, ...watch });
  try {
    const context = await model.createContext({
      contextSize,
      sequences: options.roles.length,
      batchSize: Math.min(contextSize, model.gpuLayers === 0 ? CPU_BATCH_TOKENS : GPU_BATCH_TOKENS),
      threads: options.threads ?? defaultThreads(llama),
      lora: { adapters: options.adapters.map((filePath) => ({ filePath })) },
    });
    const unused = options.gpu === "auto" && llama.gpu === false ? await unusedGraphics(thisSystem()) : undefined;
    return new LocalModel({
      model,
      context,
      roles: options.roles,
      vocabulary: vocabularyOf(model),
      chatTemplate: chatTemplateOf(model),
      info: {
        name: description.name,
        path: options.path,
        device: await deviceName(llama, model),
        gpuLayers: model.gpuLayers,
        layers: model.fileInsights.totalLayers,
        contextSize,
        promptFormat: description.promptFormat,
        capabilities: description.capabilities,
        ...(reduced === undefined ? {} : { reduced }),
        ...(unused === undefined ? {} : { unusedGraphics: unused }),
      },
    });
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

/**
 * One core is left to the editor. llama.cpp's threads wait for each other in a busy loop after every operation, so a single
 * thread that has to share its core with another program slows down all of them, more than tenfold on a busy machine.
 */
function defaultThreads(llama: Llama): number {
  return Math.max(1, llama.cpuMathCores - 1);
}

const GPU_NAMES = { cuda: "CUDA", vulkan: "Vulkan", metal: "Metal" } as const;

async function deviceName(llama: Llama, model: LlamaModel): Promise<string> {
  if (llama.gpu === false || model.gpuLayers === 0) {
    return "CPU";
  }
  const [device] = await llama.getGpuDeviceNames();
  return device === undefined ? GPU_NAMES[llama.gpu] : `${GPU_NAMES[llama.gpu]} (${device})`;
}

/** Passes progress on at most once a percent: a large model reports thousands of times. */
function wholePercents(onProgress: (fraction: number) => void): (fraction: number) => void {
  let told = -1;
  return (fraction) => {
    const percent = Math.floor(fraction * 100);
    if (percent > told) {
      told = percent;
      onProgress(percent / 100);
    }
  };
}

/** The library would say only that something went wrong. */
async function requireAdapters({ path, adapters }: LoadOptions): Promise<void> {
  for (const adapter of adapters) {
    await access(adapter, constants.R_OK).catch((error: unknown) => {
      throw new EngineError({ code: "adapterFailed", path, adapter, detail: messageOf(error) }, { cause: error });
    });
  }
}

function loadError({ path, adapters }: LoadOptions, error: unknown): EngineError {
  const detail = messageOf(error);
  // node-llama-cpp says that memory does not suffice by an error class of its own, llama.cpp by its log and a plain error.
  const outOfMemory =
    (error instanceof Error && error.name === "InsufficientMemoryError") || /memory|VRAM/i.test(detail);
  const [adapter] = adapters;
  if (adapter !== undefined && /lora|adapter/i.test(detail)) {
    return new EngineError({ code: "adapterFailed", path, adapter, detail }, { cause: error });
  }
  const data: EngineErrorData = { code: outOfMemory ? "outOfMemory" : "loadFailed", path, detail };
  return new EngineError(data, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function nativeLogLevel(level: string): NativeLogLevel {
  switch (level) {
    case "fatal":
    case "error":
      return "error";
    case "warn":
      return "warn";
    default:
      return "debug";
  }
}

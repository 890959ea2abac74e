/** What the request handlers work with; built once in server.ts. */
import type { CompletionFigures } from "../protocol/completion";
import type { EngineSettings } from "../protocol/engineSettings";
import type { CrossFileContext } from "./context/crossFile";
import type { Exclusion } from "./context/exclusion";
import type { LanguageModel, LoadOptions } from "./engine/engine";
import type { ModelHost } from "./engine/modelHost";
import type { Scheduler } from "./engine/scheduler";
import type { Documents } from "./documents";
import type { HubProcess } from "./models/hubProcess";
import type { InstalledModels } from "./models/installedModels";
import type { MachineNow } from "./models/machineNow";
import type { LastPromptRecord } from "./lastPrompt";

export interface ServerParts {
  readonly documents: Documents;
  readonly exclusion: Exclusion;
  /** A document's path relative to the workspace folder that it, or its notebook, is in; undefined outside of all. */
  readonly pathInWorkspace: (uri: string) => string | undefined;
  readonly crossFile: CrossFileContext;
  readonly models: ModelHost;
  /** Loads a model that is no part of the settings; whoever asked disposes of it. */
  readonly loadBeside: (options: LoadOptions, signal: AbortSignal) => Promise<LanguageModel>;
  readonly hub: HubProcess;
  readonly scheduler: Scheduler;
  readonly lastPrompt: LastPromptRecord;
  /** The settings as they are now. */
  readonly settings: () => EngineSettings;
  /** Tells the client what a completion cost, after its answer. */
  readonly tellFigures: (figures: CompletionFigures) => void;
  /** What models would have to run on. */
  readonly machine: () => Promise<MachineNow>;
  readonly installed: InstalledModels;
  /** A line for people who look for what happened, at trace level. */
  readonly trace: (message: string) => void;
}

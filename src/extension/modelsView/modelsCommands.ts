/** Every command of the models view, by its id. */
import { isRecord } from "../../base/json";
import type { ModelHeaderParams } from "../../protocol/localModels";
import { CommandIds } from "../contributions";
import type { Engine } from "../engineApi";
import type { Models } from "../models/models";
import { addModel, searchForModel, type AddModelParts } from "./addModel";
import { downloadCommands } from "./downloadCommands";
import { installedCommands } from "./installedCommands";
import type { ModelHeaders } from "./modelHeaders";
import type { ModelAction, Subject } from "./modelNode";
import type { ModelsFeed } from "./modelsFeed";
import type { ModelsView } from "./modelsView";
import { NodeCommands, telling, type Handler } from "./nodeCommand";

export interface ModelsCommandParts {
  readonly engine: Pick<Engine, "inspectModel">;
  readonly models: Models;
  readonly feed: ModelsFeed;
  readonly view: ModelsView;
  readonly headers: ModelHeaders;
}

export function modelsCommands(parts: ModelsCommandParts) {
  const { view, feed, headers } = parts;
  const commands = new NodeCommands(view);
  const onHeader = (run: (source: ModelHeaderParams["source"], title: string) => Promise<void>): Handler =>
    commands.on("header", ({ subject, label }) => {
      const source = headerSource(subject);
      return source && run(source, label);
    });
  const ofDownloads = downloadCommands(parts, commands);
  const ofInstalled = installedCommands(parts, commands);
  return {
    ...ofDownloads,
    ...ofInstalled,
    [CommandIds.showModels]: () => view.reveal(),
    [CommandIds.refreshModels]: () => telling(() => feed.refresh()),
    [CommandIds.addModel]: () => telling(async () => showEntry(parts, await addModel(addParts(parts)))),
    [CommandIds.searchHub]: () => telling(async () => showEntry(parts, await searchForModel(addParts(parts)))),
    [CommandIds.showModelHeader]: onHeader((source, title) => headers.show(source, title)),
    [CommandIds.copyModelHeader]: onHeader((source, title) => headers.copy(source, title)),
    [CommandIds.deleteModel]: byKey(view, {
      delete: ofInstalled[CommandIds.deleteModel],
      discard: ofDownloads[CommandIds.discardDownload],
      cancel: ofDownloads[CommandIds.cancelDownload],
      removeEntry: ofDownloads[CommandIds.removeModelEntry],
    }),
  };
}

type Removal = Extract<ModelAction, "delete" | "discard" | "cancel" | "removeEntry">;

/** The Delete key does to the row that has the focus what takes it away. */
function byKey(view: ModelsView, handlers: Readonly<Record<Removal, Handler>>): Handler {
  return async (...args) => {
    const isKey = isRecord(args[0]) && args[0]["selected"] === true;
    if (!isKey) {
      return handlers.delete(...args);
    }
    const removals: readonly Removal[] = ["delete", "discard", "cancel", "removeEntry"];
    const removal = removals.find((action) => view.selected?.actions.includes(action) === true);
    return removal && handlers[removal](view.selected?.id);
  };
}

function addParts({ engine, models, headers }: ModelsCommandParts): AddModelParts {
  return {
    engine,
    hub: models.hub,
    downloads: models.downloads,
    showHeader: (source, title) => headers.show(source, title),
  };
}

/** The setting has changed, and its row comes with the next list. */
async function showEntry({ view, feed }: ModelsCommandParts, entry: string | undefined): Promise<void> {
  if (entry !== undefined) {
    await feed.refresh();
    await view.reveal([`custom:${entry}`, `installed:${entry}`].find((id) => view.node(id) !== undefined));
  }
}

function headerSource(subject: Subject): ModelHeaderParams["source"] | undefined {
  switch (subject.kind) {
    case "installed":
      return { kind: "file", path: subject.model.path };
    case "offer":
      return subject.offer.source;
    case "custom":
      return subject.custom.kind === "remote" ? subject.custom.source : undefined;
    default:
      return undefined;
  }
}

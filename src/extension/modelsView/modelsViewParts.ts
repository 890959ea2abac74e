/** Builds the models view and what its commands need. */
import { homedir } from "node:os";
import * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import type { Engine } from "../engineApi";
import type { Models } from "../models/models";
import { onDidChangeSettings, readSettings } from "../settings";
import { ModelHeaders } from "./modelHeaders";
import { modelsCommands } from "./modelsCommands";
import { ModelsFeed } from "./modelsFeed";
import { ModelsView } from "./modelsView";

export interface ModelsViewOptions {
  readonly engine: Pick<Engine, "state" | "onDidChangeState" | "inspectModel">;
  readonly models: Models;
  readonly logError: (error: unknown) => void;
}

export class ModelsViewParts implements Disposable {
  readonly view: ModelsView;
  readonly commands: ReturnType<typeof modelsCommands>;
  private readonly disposables = new DisposableList();

  constructor({ engine, models, logError }: ModelsViewOptions) {
    const { hub, local, downloads } = models;
    const feed = this.disposables.add(
      new ModelsFeed({
        engine,
        hub,
        local,
        downloads,
        settings: readSettings,
        onDidChangeSettings,
        home: homedir(),
        translate: vscode.l10n.t,
        logError,
      }),
    );
    const headers = this.disposables.add(new ModelHeaders(local));
    this.view = this.disposables.add(new ModelsView(feed));
    this.commands = modelsCommands({ engine, models, feed, view: this.view, headers });
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** Builds what has to do with getting models. */
import type * as vscode from "vscode";
import { DisposableList, type Disposable } from "../../base/disposables";
import type { HubAccess, ProxySettings } from "../../protocol/models";
import type { Engine } from "../engineApi";
import { Account } from "./account";
import { offerUse } from "./downloadModel";
import { Downloads } from "./downloads";
import { Hub } from "./hub";
import { HubToken } from "./hubToken";
import { LicenceDialog } from "./licenceDialog";
import { LicenceRecord } from "./licenceRecord";
import { LocalModels } from "./localModels";

export interface ModelsOptions {
  readonly engine: Pick<Engine, "request">;
  readonly secrets: vscode.SecretStorage;
  readonly globalState: vscode.Memento;
  readonly proxy: () => ProxySettings;
}

export class Models implements Disposable {
  readonly hub: Hub;
  readonly local: LocalModels;
  readonly account: Account;
  readonly downloads: Downloads;
  private readonly disposables = new DisposableList();

  constructor({ engine, secrets, globalState, proxy }: ModelsOptions) {
    const token = new HubToken(secrets);
    const access = async (): Promise<HubAccess> => {
      const stored = await token.get();
      return { proxy: proxy(), ...(stored === undefined ? {} : { token: stored }) };
    };
    this.hub = new Hub(engine, access);
    this.local = new LocalModels(engine, access);
    this.account = new Account(this.hub, token);
    const licence = this.disposables.add(new LicenceDialog(this.hub, new LicenceRecord(globalState)));
    this.downloads = this.disposables.add(
      new Downloads({ hub: this.hub, account: this.account, licence, onDownloaded: offerUse }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

/** The user's access token for the Hub: in VS Code's secret storage and nowhere else. */
import type * as vscode from "vscode";

const KEY = "llama2.hubToken";

export class HubToken {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async get(): Promise<string | undefined> {
    return this.secrets.get(KEY);
  }

  async store(token: string): Promise<void> {
    await this.secrets.store(KEY, token);
  }

  async delete(): Promise<void> {
    await this.secrets.delete(KEY);
  }
}

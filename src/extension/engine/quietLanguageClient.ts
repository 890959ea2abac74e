/** The language client without its notifications: what it has to say goes to the log; the extension decides what is shown. */
import { LanguageClient } from "vscode-languageclient/node";

export class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override warn(message: string, data?: unknown): void {
    super.warn(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}

/**
 * The webview view of the chat: gives it its page, parses what the page says, and posts to it what changes. The page may
 * go at any time (a hidden view is destroyed); the next one says `ready` and gets the whole state.
 */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { parseFromView, type FromView, type ToView } from "../../protocol/chatView";
import { ViewIds } from "../contributions";
import { pageHtml } from "./pageHtml";

export class ChatViewProvider implements vscode.WebviewViewProvider {
  private view: vscode.WebviewView | undefined;
  private pageIsReady = false;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly onMessage: (message: FromView) => void,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    const dist = vscode.Uri.joinPath(this.extensionUri, "dist");
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    view.webview.onDidReceiveMessage((data: unknown) => {
      const message = parseFromView(data);
      if (message !== undefined) {
        this.pageIsReady ||= message.type === "ready";
        this.onMessage(message);
      }
    });
    view.onDidChangeVisibility(() => {
      this.pageIsReady &&= view.visible; // VS Code throws the page of a hidden view away
    });
    view.onDidDispose(() => {
      if (this.view === view) {
        this.view = undefined;
        this.pageIsReady = false;
      }
    });
    this.view = view;
    this.pageIsReady = false;
    view.webview.html = this.html(view.webview, dist);
  }

  /** Tells the page, where there is one; one that is not ready yet asks for everything when it is. False: there is none. */
  post(message: ToView): boolean {
    if (this.view === undefined || !this.pageIsReady) {
      return false;
    }
    void this.view.webview.postMessage(message);
    return true;
  }

  /** Opens the view. */
  async reveal(options: { readonly preserveFocus: boolean }): Promise<void> {
    if (this.view === undefined) {
      await vscode.commands.executeCommand(`${ViewIds.chat}.focus`, options);
    } else {
      this.view.show(options.preserveFocus);
    }
    if (!options.preserveFocus) {
      this.post({ type: "focusInput" });
    }
  }

  private html(webview: vscode.Webview, dist: vscode.Uri): string {
    const uri = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    return pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(24).toString("base64url"),
      scriptUri: uri("chat.js"),
      styleUri: uri("chat.css"),
      codiconUri: uri("codicon.css"),
      language: vscode.env.language,
      texts: vscode.l10n.bundle ?? {},
      title: vscode.l10n.t("Llama 2 Chat"),
    });
  }
}

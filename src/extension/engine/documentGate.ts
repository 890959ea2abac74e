/**
 * Stands between VS Code's document events and the inference process, and lets through what documentPolicy.ts allows.
 * A language client's selector can only name schemes that are wanted, and here every scheme is but a few.
 */
import type * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { isEligibleDocument } from "./documentPolicy";

export class DocumentGate {
  readonly middleware: Pick<Middleware, "didOpen" | "didChange" | "didClose" | "didSave"> = {
    didOpen: async (document, next) => {
      if (isEligibleDocument(document.uri.scheme, document.getText().length)) {
        this.synced.add(key(document));
        await next(document);
      }
    },
    didChange: async (event, next) => {
      if (this.synced.has(key(event.document))) {
        await next(event);
      }
    },
    didSave: async (document, next) => {
      if (this.synced.has(key(document))) {
        await next(document);
      }
    },
    didClose: async (document, next) => {
      if (this.synced.delete(key(document))) {
        await next(document);
      }
    },
  };

  private readonly synced = new Set<string>();

  isSynced(uri: string): boolean {
    return this.synced.has(uri);
  }
}

function key(document: vscode.TextDocument): string {
  return document.uri.toString();
}

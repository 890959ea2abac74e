/**
 * Stands between VS Code's document events and the inference process, and lets through what documentPolicy.ts allows.
 * A language client's selector can only name schemes that are wanted, and here every scheme is but a few.
 */
import type * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { isEligibleDocument } from "./documentPolicy";

type GateMiddleware = Pick<Middleware, "didOpen" | "didChange" | "didClose" | "didSave"> &
  Required<Pick<Middleware, "notebooks">>;

export class DocumentGate {
  readonly middleware: GateMiddleware = {
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
    notebooks: {
      didOpen: async (notebook, cells, next) => {
        if (isEligibleDocument(notebook.uri.scheme, lengthOf(cells))) {
          this.cells.set(key(notebook), keysOf(cells));
          await next(notebook, cells);
        }
      },
      didChange: async (event, next) => {
        const cells = this.cells.get(key(event.notebook));
        if (cells !== undefined) {
          const { didOpen = [], didClose = [] } = event.cells?.structure ?? {};
          keysOf(didClose).forEach((cell) => cells.delete(cell));
          keysOf(didOpen).forEach((cell) => cells.add(cell));
          await next(event);
        }
      },
      didClose: async (notebook, cells, next) => {
        if (this.cells.delete(key(notebook))) {
          await next(notebook, cells);
        }
      },
    },
  };

  private readonly synced = new Set<string>();
  /** Of the notebooks that are mirrored. */
  private readonly cells = new Map<string, Set<string>>();

  /** Whether a document or the cell of a notebook is mirrored. */
  isSynced(uri: string): boolean {
    return this.synced.has(uri) || [...this.cells.values()].some((cells) => cells.has(uri));
  }
}

function key({ uri }: vscode.TextDocument | vscode.NotebookDocument): string {
  return uri.toString();
}

function keysOf(cells: readonly vscode.NotebookCell[]): Set<string> {
  return new Set(cells.map(({ document }) => key(document)));
}

function lengthOf(cells: readonly vscode.NotebookCell[]): number {
  return cells.reduce((length, { document }) => length + document.getText().length, 0);
}

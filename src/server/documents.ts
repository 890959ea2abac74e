/**
 * The documents the client has open, kept in step by LSP text synchronisation; positions are UTF-16, as in the editor. The
 * cells of a notebook are documents that belong together.
 */
import {
  NotebookCellKind,
  NotebookDocuments,
  TextDocuments,
  type Connection,
  type Position,
  type Range,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { EngineError } from "../protocol/engineErrors";
import { surroundings, type Cell, type Surroundings } from "./notebookText";

/** Called after each change of a part of a document, with the line where that begins. */
type EditListener = (document: TextDocument, line: number) => void;

export class Documents {
  private readonly synced: TextDocuments<TextDocument>;
  private readonly notebooks: NotebookDocuments<TextDocument>;

  constructor(onEdit: EditListener = () => undefined) {
    this.synced = new TextDocuments({
      create: (uri, languageId, version, content) => TextDocument.create(uri, languageId, version, content),
      update: (document, changes, version) => {
        const updated = TextDocument.update(document, changes, version);
        for (const change of changes) {
          if ("range" in change) {
            onEdit(updated, change.range.start.line);
          }
        }
        return updated;
      },
    });
    this.notebooks = new NotebookDocuments(this.synced);
  }

  /** Takes part in the connection's `didOpen`, `didChange` and `didClose`, of documents and of notebooks. */
  listen(connection: Connection): void {
    this.synced.listen(connection);
    this.notebooks.listen(connection);
  }

  all(): readonly TextDocument[] {
    return this.synced.all();
  }

  find(uri: string): TextDocument | undefined {
    return this.synced.get(uri);
  }

  /** Fails with `unknownDocument` where the client has not opened it. */
  get(uri: string): TextDocument {
    const document = this.find(uri);
    if (document === undefined) {
      throw new EngineError({ code: "unknownDocument", uri });
    }
    return document;
  }

  /** The URI of the file that a document is, or is a part of: for a cell its notebook. */
  fileOf(uri: string): string {
    return this.notebooks.findNotebookDocumentForCell(uri)?.uri ?? uri;
  }

  /** What stands in the same file outside of a document: the other cells of its notebook. */
  around(uri: string): Surroundings {
    const cells = this.notebooks.findNotebookDocumentForCell(uri)?.cells ?? [];
    const index = cells.findIndex(({ document }) => document === uri);
    return surroundings(
      cells.map(({ kind, document }) => this.cell(kind, document)),
      index,
    );
  }

  private cell(kind: NotebookCellKind, uri: string): Cell {
    const document = this.find(uri);
    return {
      kind: kind === NotebookCellKind.Code ? "code" : "markup",
      languageId: document?.languageId ?? "",
      text: withLineFeeds(document?.getText() ?? ""),
    };
  }
}

/** What stands before and after a position. Line ends become LF: models are trained on it. */
export function aroundPosition(document: TextDocument, position: Position): { prefix: string; suffix: string } {
  const text = document.getText();
  const offset = document.offsetAt(position);
  return { prefix: withLineFeeds(text.slice(0, offset)), suffix: withLineFeeds(text.slice(offset)) };
}

/** The text of a range, with LF line ends. */
export function textOfRange(document: TextDocument, range: Range): string {
  return withLineFeeds(document.getText(range));
}

function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

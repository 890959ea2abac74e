/** The documents the client has open, kept in step by LSP text synchronisation; positions are UTF-16, as in the editor. */
import { TextDocuments, type Connection, type Position, type Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { EngineError } from "../protocol/engineErrors";

export class Documents {
  private readonly synced: TextDocuments<TextDocument>;

  /** `onEdit` gets a document after each change of a part of it, with the line where that begins. */
  constructor(onEdit: (document: TextDocument, line: number) => void = () => undefined) {
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
  }

  /** Takes part in the connection's `didOpen`, `didChange` and `didClose`. */
  listen(connection: Connection): void {
    this.synced.listen(connection);
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

/**
 * `llama2/declarations`: the one request that the server sends to its client. Editors know where names are declared; the
 * server asks them while the user is typing, and shows the model what they answered.
 */
import {
  ProtocolRequestType,
  type ClientCapabilities,
  type Position,
  type TextDocumentIdentifier,
} from "vscode-languageserver-protocol";
import { isRecord } from "../base/json";

/** A name in a document. */
export interface SymbolUse {
  readonly name: string;
  /** Where it begins. */
  readonly position: Position;
}

export interface DeclarationsParams {
  readonly textDocument: TextDocumentIdentifier;
  /** The most important first. */
  readonly symbols: readonly SymbolUse[];
}

export interface Declaration {
  /** The name that was asked for. */
  readonly name: string;
  /** Of the file that declares it. */
  readonly uri: string;
  /**
   * Whole lines, the first one that of the declaration; or its signature alone. Lines that follow the declaration may stand
   * at its end: the server cuts where it ends.
   */
  readonly text: string;
}

/**
 * Sent by the server for names near the cursor, often before a completion is asked for, to clients that have announced it
 * (`DECLARATIONS_CAPABILITY`). Answers what is known within about a second, in any order, and leaves out what is not.
 */
export const DeclarationsRequest = {
  method: "llama2/declarations",
  type: new ProtocolRequestType<DeclarationsParams, readonly Declaration[], never, void, void>("llama2/declarations"),
} as const;

/** What a client that answers the request says at `initialize`, as `capabilities.experimental`. */
export const DECLARATIONS_CAPABILITY = { llama2: { declarations: true } } as const;

export function announcesDeclarations({ experimental }: ClientCapabilities): boolean {
  const ours: unknown = isRecord(experimental) ? experimental["llama2"] : undefined;
  return isRecord(ours) && ours["declarations"] === true;
}

/** The answer of any client; what is not a declaration is left out. */
export function parseDeclarations(answer: unknown): Declaration[] {
  return (Array.isArray(answer) ? answer : []).flatMap((one: unknown) => {
    const { name, uri, text } = isRecord(one) ? one : {};
    const isDeclaration = typeof name === "string" && typeof uri === "string" && typeof text === "string";
    return isDeclaration ? [{ name, uri, text }] : [];
  });
}

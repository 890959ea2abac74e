/** Requests whose answers come in pieces. */
import { randomUUID } from "node:crypto";
import type { ProgressType } from "vscode-languageclient/node";
import type { EngineLife } from "./engineLife";

/** Sends with a token of its own for the pieces of the answer, and listens to them until it is there. */
export async function streaming<R, PR>(
  life: EngineLife,
  type: ProgressType<PR>,
  send: (life: EngineLife, partialResultToken: string) => Promise<R>,
  onPiece: (piece: PR) => void,
): Promise<R> {
  const partialResultToken = randomUUID();
  const pieces = life.onPartialResult(type, partialResultToken, onPiece);
  try {
    return await send(life, partialResultToken);
  } finally {
    pieces.dispose();
  }
}

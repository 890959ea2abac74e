/** Names attachments by their paths in the workspace: a file's name alone may be that of several. */
import type { ChatTurn } from "../protocol/engine";

/** `pathOf`: a document's path relative to the workspace folder it is in; undefined outside of all, where its name has to do. */
export function withPaths(
  turns: readonly ChatTurn[],
  pathOf: (uri: string) => string | undefined,
): readonly ChatTurn[] {
  return turns.map((turn) => {
    if (turn.role !== "user" || turn.attachments === undefined) {
      return turn;
    }
    const attachments = turn.attachments.map((attachment) => {
      const path = attachment.title === undefined ? pathOf(attachment.uri) : undefined;
      return path === undefined || path === "" ? attachment : { ...attachment, path };
    });
    return { ...turn, attachments };
  });
}

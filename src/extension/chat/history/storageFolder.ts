/**
 * The folder of a workspace's conversations, below the extension's global storage. Not `storageUri`: VS Code gives a second
 * extension host on the same workspace another folder there ("-1"), and one that finds the lock of a host that is still
 * ending too, so conversations would be lost from view. Pure.
 */
import { createHash } from "node:crypto";
import * as path from "node:path";

export interface WorkspaceIdentity {
  /** URIs as text. A workspace file, also one that is not saved yet, counts before folders. */
  readonly workspaceFile: string | undefined;
  readonly folders: readonly string[];
}

const longestName = 40;

/** The name begins like the workspace's, for people who look for it. */
export function conversationFolder(globalStorage: string, { workspaceFile, folders }: WorkspaceIdentity): string {
  const uri = workspaceFile ?? folders[0];
  return path.join(globalStorage, "conversations", uri === undefined ? "no-workspace" : `${nameOf(uri)}-${hash(uri)}`);
}

function nameOf(uri: string): string {
  const last = uri.replace(/\/+$/u, "").split("/").at(-1) ?? "";
  return last.replace(/%[0-9a-f]{2}|[^\w-]/giu, "_").slice(0, longestName);
}

function hash(uri: string): string {
  return createHash("sha256").update(uri).digest("hex").slice(0, 16);
}

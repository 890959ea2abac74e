/** The folders that the client works in, and where a document lies in them. */
import { fileURLToPath } from "node:url";

export interface Location {
  /** The URI of the innermost workspace folder that holds it; `undefined` outside of all. */
  readonly folder: string | undefined;
  /** With slashes, relative to the folder or else to the root; "" where a URI names no path. */
  readonly path: string;
}

export class WorkspaceFolders {
  private folders: readonly string[] = [];

  set(uris: readonly string[]): void {
    this.folders = uris.map((uri) => (uri.endsWith("/") ? uri : `${uri}/`)).sort((a, b) => b.length - a.length);
  }

  locate(uri: string): Location {
    const folder = this.folders.find((one) => uri.startsWith(one));
    const path = folder === undefined ? /^[\w+.-]+:(?:\/\/[^/]*)?\/*(.*)$/.exec(uri)?.[1] : uri.slice(folder.length);
    return { folder, path: decoded((path ?? "").replace(/[?#].*$/, "")) };
  }
}

/** The path of a file on this machine; `undefined` for other URIs. */
export function filePathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // another scheme, or another host's file
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray % is part of the name
  }
}

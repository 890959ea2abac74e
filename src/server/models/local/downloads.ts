/** Models from other addresses, in the folder that is ours alone: `<hash of the address>/<name>` with a note beside it. */
import { readDownloadNote } from "../hub/downloadNote";
import type { FoundFile, Log } from "./foundModel";
import { entriesOf } from "./walk";

/** What is there of unfinished downloads, and the notes. */
const NO_MODEL = /\.(incomplete|json)$/;

export async function downloadedFiles(urlFolder: string, log: Log): Promise<readonly FoundFile[]> {
  const folders = (await entriesOf(urlFolder, log)).filter(({ kind }) => kind === "folder");
  const entries = await Promise.all(folders.map((folder) => entriesOf(folder.path, log)));
  const files = entries.flat().filter(({ kind, name }) => kind === "file" && !NO_MODEL.test(name));
  return Promise.all(
    files.map(async (file): Promise<FoundFile> => {
      const note = await readDownloadNote(file.path);
      const source = note && ({ kind: "url", url: note.url } as const);
      return { path: file.path, origin: "download", ...(source === undefined ? {} : { source }) };
    }),
  );
}

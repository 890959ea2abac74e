/** ThirdPartyNotices.txt: name, version and licence text of everything of others that the package contains. */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { projectRoot } from "../command";
import { parseJson, property } from "../json";

/** Licences of what is compiled into the native library, whose packages name only their own. */
const nativeNotices = path.join(import.meta.dirname, "nativeNotices.txt");

/** @param folders package folders relative to the project's root */
export async function thirdPartyNotices(folders: readonly string[]): Promise<string> {
  const notices = await Promise.all(folders.map(noticeOf));
  const intro = "This extension contains the software listed here, under the licences that follow.";
  return [intro, await fs.readFile(nativeNotices, "utf8"), ...new Set(notices)].join("\n\n");
}

async function noticeOf(folder: string): Promise<string> {
  const root = path.join(projectRoot, folder);
  const manifest = parseJson(await fs.readFile(path.join(root, "package.json"), "utf8"));
  const [name, version, licence] = ["name", "version", "license"].map((key) => property(manifest, key));
  if (typeof name !== "string" || typeof version !== "string" || typeof licence !== "string") {
    throw new Error(`${folder}/package.json does not say under which licence the package is`);
  }
  const files = (await fs.readdir(root)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => fs.readFile(path.join(root, file), "utf8")));
  return [`## ${name} ${version} (${licence})`, ...texts.map((text) => text.trim())].join("\n\n");
}

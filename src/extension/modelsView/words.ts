/** Words that several rows of the models view share. Pure. */
import type { Translate } from "../../base/localize";
import type { ModelRole } from "../../protocol/engine";
import type { InstalledModel, ModelOrigin } from "../../protocol/localModels";
import { formatModelSpec } from "../../protocol/modelSpec";
import type { ModelSource } from "../../protocol/models";

export function roleName(role: ModelRole, translate: Translate): string {
  return role === "chat" ? translate("chat") : translate("completion");
}

/** Whose a file is, where it is another program's. */
export function programName(origin: ModelOrigin): string {
  switch (origin) {
    case "ollama":
      return "Ollama";
    case "lmStudio":
      return "LM Studio";
    case "llamaCpp":
      return "llama.cpp";
    case "hub":
    case "download":
    case "file":
      return "";
  }
}

/** In whose folder a file lies, as a sentence. */
export function folderSentence(origin: ModelOrigin, translate: Translate): string {
  switch (origin) {
    case "hub":
      return translate("It lies in the cache that all programs of the Hugging Face Hub share.");
    case "download":
      return translate("It was downloaded here, and lies in the folder of this extension.");
    case "file":
      return translate("It is a file of yours.");
    case "ollama":
    case "lmStudio":
    case "llamaCpp":
      return translate("It belongs to {0}. It can be used here, and is deleted there only.", programName(origin));
  }
}

/** The name of the file. */
export function fileName(source: ModelSource): string {
  const path = source.kind === "hub" ? source.file : new URL(source.url).pathname;
  return path.split("/").at(-1) ?? path;
}

/** Of a file that is not there, too, which has no parts. */
export function modelPaths({ path, paths }: InstalledModel): readonly string[] {
  return paths.includes(path) ? paths : [path, ...paths];
}

/** Whether two sources name the same file; where both tell its sum or an own revision, in the same version. */
export function isSameSource(a: ModelSource, b: ModelSource): boolean {
  if (a.kind === "url" || b.kind === "url") {
    return formatModelSpec(a) === formatModelSpec(b);
  }
  if (a.sha256 !== undefined && b.sha256 !== undefined) {
    return a.sha256 === b.sha256;
  }
  const revisions = [a.revision ?? LATEST, b.revision ?? LATEST];
  const isSameVersion = revisions[0] === revisions[1] || revisions.includes(LATEST);
  return a.repo === b.repo && a.file === b.file && isSameVersion;
}

const LATEST = "main";

/** The refusal to delete what is not ours: it says which program has the file, and how it is deleted there. */
import type { Translate } from "../base/localize";

export interface NotOurModel {
  readonly code: "notOurModel";
  readonly path: string;
  /** Whose it is (`ModelOrigin`); `file` where no program is known. */
  readonly owner: "lmStudio" | "ollama" | "llamaCpp" | "file";
  /** What that program calls it, e.g. `codellama:7b`. */
  readonly name: string;
}

export function notOurModelMessage({ owner, name, path }: NotOurModel, translate: Translate): string {
  switch (owner) {
    case "ollama":
      return translate("{0} belongs to Ollama. Delete it with: {1}", name, `ollama rm ${name}`);
    case "lmStudio":
      return translate('{0} belongs to LM Studio. Delete it there, under "My Models".', name);
    case "llamaCpp":
      return translate(
        "{0} was downloaded by llama.cpp. Delete the file yourself if nothing else needs it: {1}",
        name,
        path,
      );
    case "file":
      return translate(
        "{0} lies outside the folders of downloads. Delete the file yourself if nothing else needs it.",
        path,
      );
  }
}

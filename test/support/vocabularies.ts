/**
 * Real tokenizers for tests of prompts. The tiny model's is in git. Meta's are under the Llama 2 Community License and are
 * not: a folder with `llama2-vocab.gguf`, `codellama-vocab.gguf` and `codellama-vocab-noids.gguf` (vocabulary-only GGUFs;
 * the last one without the infill ids in its header) is looked for, and tests that need it are skipped where it is absent.
 */
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import type { Context } from "mocha";
import type { Vocabulary } from "../../src/prompt/tokenizer";
import { loadVocabulary } from "../../src/server/engine/localEngine";
import { projectRoot } from "../../scripts/command";
import { tinyCodeModelPath } from "./models";
import { skipBecause } from "./skip";

export type MetaVocabulary = "llama2-vocab" | "codellama-vocab" | "codellama-vocab-noids";

/** Loads one of Meta's vocabularies; where there is none the test, or in a suiteSetup the suite, is skipped with the reason. */
export async function metaVocabularyOrSkip(context: Context, name: MetaVocabulary): Promise<Vocabulary> {
  const file = vocabularyFolders()
    .map((folder) => path.join(folder, `${name}.gguf`))
    .find((candidate) => existsSync(candidate));
  return file === undefined
    ? skipBecause(context, `no ${name}.gguf: set LLAMA2_VOCAB_DIR to a folder with Meta's vocabularies as GGUF files`)
    : loadOnce(context, file);
}

/** The folder that the environment names, else a folder `models` of whatever lies beside the project. */
function vocabularyFolders(): string[] {
  const named = process.env["LLAMA2_VOCAB_DIR"];
  const parent = path.dirname(projectRoot);
  return named === undefined ? readdirSync(parent).map((name) => path.join(parent, name, "models")) : [named];
}

/** The vocabulary of the tiny code model. */
export function tinyVocabulary(context: Context): Promise<Vocabulary> {
  return loadOnce(context, tinyCodeModelPath);
}

const loaded = new Map<string, Promise<Vocabulary>>();

/** Every file once for all suites: a vocabulary takes most of a second and a few megabytes, until the process ends. */
function loadOnce(context: Context, file: string): Promise<Vocabulary> {
  context.timeout(60_000);
  const known = loaded.get(file) ?? loadVocabulary(file, () => undefined).then(({ vocabulary }) => vocabulary);
  loaded.set(file, known);
  return known;
}

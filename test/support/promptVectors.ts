/** Prompts computed with Meta's reference algorithm and the real tokenizers. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { ChatTurn } from "../../src/protocol/engine";
import { projectRoot } from "../../scripts/command";

export interface ChatVector {
  readonly name: string;
  readonly dialog: readonly ChatTurn[];
  readonly text: string;
  readonly ids: readonly number[];
}

export interface InfillVector {
  readonly name: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly psm: readonly number[];
  readonly spm: readonly number[];
}

export const chatVectors = vectors("chat-vectors.json") as readonly ChatVector[];
export const infillVectors = vectors("infill-vectors.json") as readonly InfillVector[];

function vectors(file: string): unknown {
  return JSON.parse(readFileSync(path.join(projectRoot, "test/fixtures/prompts", file), "utf8"));
}

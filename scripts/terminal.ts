/**
 * `npm start -- --terminal`: the main job without a window. Starts the real inference process, speaks the real protocol
 * to it, and prints a completion, an explanation and a chat answer as they come, each with its figures.
 */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { LspClient } from "./client/lspClient";
import { projectRoot } from "./command";
import { fetchTinyLlama, tinyCodeModelPath } from "./fetch/sampleModels";
import { LastPromptRequest, type EngineState, type GenerationFigures } from "../src/protocol/engine";
import { engineErrorMessage } from "../src/protocol/engineErrors";

const workspace = path.join(projectRoot, "samples/workspace");
const QUESTION = "Implement k-nearest neighbours in Python";
const ANSWER_TOKENS = 300;

export type Write = (text: string) => void;

/** Resolves to the exit code: 0 only if all three produced text. */
export async function runTerminal(): Promise<number> {
  const chatModel = await fetchTinyLlama();
  const write: Write = (text) => process.stdout.write(text);
  const texts = await doMainJob({ modelPath: chatModel, maxTokens: ANSWER_TOKENS, seed: 1 }, write);
  return texts.every((text) => text.trim() !== "") ? 0 : 1;
}

/** A completion, an explanation and an answer, with these settings for the chat. */
export async function doMainJob(chatSettings: object, write: Write): Promise<readonly string[]> {
  const client = await LspClient.start({
    settings: {
      chat: chatSettings,
      completion: { modelPath: tinyCodeModelPath },
      engine: { contextSize: 2048 },
    },
  });
  try {
    await ready(client);
    return [await complete(client, write), await explain(client, write), await chat(client, write)];
  } finally {
    await client.stop();
  }
}

async function ready(client: LspClient): Promise<void> {
  const state: EngineState = await client.settled();
  for (const role of ["completion", "chat"] as const) {
    const model = state[role];
    if (model.kind === "failed") {
      throw new Error(engineErrorMessage(model.error));
    }
  }
}

/** Asked for as by a key, which shows what the model has, however unsure it is: the sample model is sure of little. */
async function complete(client: LspClient, write: Write): Promise<string> {
  const { uri, text } = await openSample(client, "knn.py", "python");
  const before = "for point, label in examples:\n        ";
  const offset = text.indexOf(before) + before.length;
  const lines = text.slice(0, offset).split("\n");
  write(heading("Completion at the cursor (▸) in knn.py"));
  write(`${lines.slice(-4).join("\n")}▸`);
  const cursor = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const [item] = await client.complete(uri, cursor, { invoked: true });
  const completion = typeof item?.insertText === "string" ? item.insertText : "";
  write(`${completion}\n`);
  const last = await client.connection.sendRequest(LastPromptRequest.type);
  write(figuresText(last?.figures));
  return completion;
}

async function explain(client: LspClient, write: Write): Promise<string> {
  const { uri, text } = await openSample(client, "stack.ts", "typescript");
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.includes("function isBalanced"));
  const end = lines.findIndex((line, index) => index > start && line === "}");
  write(heading("Explanation of isBalanced in stack.ts"));
  const { result } = await client.explain(
    {
      textDocument: { uri },
      range: { start: { line: start, character: 0 }, end: { line: end, character: 1 } },
    },
    { onChunk: write },
  );
  write(figuresText(result.figures));
  return result.text;
}

async function chat(client: LspClient, write: Write): Promise<string> {
  write(heading(`Chat: ${QUESTION}`));
  const { result } = await client.chat({ turns: [{ role: "user", content: QUESTION }] }, { onChunk: write });
  write(figuresText(result.figures));
  return result.text;
}

async function openSample(client: LspClient, file: string, languageId: string): Promise<{ uri: string; text: string }> {
  const uri = pathToFileURL(path.join(workspace, file)).href;
  const text = readFileSync(path.join(workspace, file), "utf8");
  await client.open(uri, text, languageId);
  return { uri, text };
}

function figuresText(figures: GenerationFigures | undefined): string {
  if (figures === undefined) {
    return "\n[no figures]\n";
  }
  const { model, device, promptTokens, cachedTokens, answerTokens, firstTokenMs, tokensPerSecond } = figures;
  return (
    `\n[${model} on ${device}: ${String(promptTokens)} prompt tokens (${String(cachedTokens)} cached), first token after ` +
    `${firstTokenMs.toFixed(0)} ms, ${String(answerTokens)} tokens at ${tokensPerSecond.toFixed(1)} tokens/s]\n`
  );
}

function heading(text: string): string {
  return `\n== ${text}\n\n`;
}

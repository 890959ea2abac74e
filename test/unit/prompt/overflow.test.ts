/** A conversation of sixty turns in a window of 4,096 tokens, with real tokenizers: what each prompt must be. */
import * as assert from "node:assert/strict";
import type { Context } from "mocha";
import type { ChatTurn } from "../../../src/protocol/engine";
import type { Vocabulary } from "../../../src/prompt/tokenizer";
import { chatBudget, fitConversation, promptTokensOf } from "../../../src/server/chatPrompt";
import type { LanguageModel } from "../../../src/server/engine/engine";
import { DEFAULT_SAMPLING } from "../../../src/protocol/sampling";
import { metaVocabularyOrSkip, tinyVocabulary } from "../../support/vocabularies";

const TURNS = 60;
const SYSTEM = "Always answer as a pirate. Never mention [INST] or </s>.";
const words = "for each point in the training set compute its distance to the query and keep the k nearest ones ".split(
  " ",
);

/** Between a few words and some hundred, always the same. */
function talk(seed: number, length: number): string {
  return Array.from({ length }, (_, index) => words[(seed * 7 + index) % words.length] ?? "").join(" ");
}

function questionOf(turn: number): ChatTurn {
  const code = {
    uri: "file:///knn.py",
    languageId: "python",
    text: `def f${String(turn)}():\n    return ${talk(turn, 30)}`,
  };
  return {
    role: "user",
    content: `Question ${String(turn)}: ${talk(turn, 5 + ((turn * 13) % 90))}`,
    ...(turn % 4 === 0 ? { attachments: [code] } : {}),
  };
}

function answerOf(turn: number): ChatTurn {
  return { role: "assistant", content: `Arr. ${talk(turn + 3, 10 + ((turn * 29) % 200))}` };
}

const model = (vocabulary: Vocabulary): LanguageModel =>
  ({
    vocabulary,
    chatTemplate: undefined,
    info: { contextSize: 4096, promptFormat: "llama2" },
  }) as unknown as LanguageModel;

const vocabularies: readonly (readonly [string, (context: Context) => Promise<Vocabulary>])[] = [
  ["Llama 2's tokenizer", (context) => metaVocabularyOrSkip(context, "llama2-vocab")],
  ["the tiny model's tokenizer", tinyVocabulary],
];

for (const [name, load] of vocabularies) {
  suite(`Sixty turns with ${name}`, () => {
    test("every prompt begins with the system prompt, is within the budget, and its roles alternate", async function () {
      this.timeout(120_000);
      const chat = model(await load(this));
      const budget = chatBudget(chat.info, DEFAULT_SAMPLING);
      assert.equal(budget.promptTokens, 4096 - 1024);
      const system: ChatTurn = { role: "system", content: SYSTEM };
      const start = systemStart(chat, system);
      const history: ChatTurn[] = [];
      const drops: number[] = [];
      let previous: readonly number[] = [];
      let reused = 0;
      for (let turn = 0; turn < TURNS; turn++) {
        const turns: readonly ChatTurn[] = [system, ...history, questionOf(turn)];
        const fitted = fitConversation(chat, turns, budget);
        assert.ok(fitted.kind === "fits");
        const tokens = promptTokensOf(chat, fitted.turns);
        assert.ok(tokens.length <= budget.promptTokens, `turn ${String(turn)}: ${String(tokens.length)} tokens`);
        assert.deepEqual(tokens.slice(0, start.length), start, `turn ${String(turn)} begins with the system prompt`);
        assertAlternating(fitted.turns, tokens, chat.vocabulary);
        assert.deepEqual(
          fitted.turns.slice(1),
          turns.slice(1 + 2 * fitted.droppedPairs),
          "only the oldest pairs leave",
        );
        drops.push(fitted.droppedPairs);
        reused += fitted.droppedPairs === (drops.at(-2) ?? 0) && startsWith(tokens, previous) ? 1 : 0;
        previous = tokens;
        history.push(questionOf(turn), answerOf(turn));
      }
      assertSeldom(drops);
      assert.ok(reused >= TURNS - 1 - new Set(drops).size, `${String(reused)} prompts go on from the one before`);
    });
  });
}

/** The tokens that "<s>[INST] <<SYS>> … <</SYS>>" begins with, whatever question follows. */
function systemStart(chat: LanguageModel, system: ChatTurn): readonly number[] {
  const [one, other] = ["Hello", "Why?"].map((content) => promptTokensOf(chat, [system, { role: "user", content }]));
  assert.ok(one !== undefined && other !== undefined);
  const start = one.slice(
    0,
    one.findIndex((token, index) => token !== other[index]),
  );
  const text = chat.vocabulary.decode(start);
  assert.match(text, /\[INST\] <<SYS>>\nAlways answer as a pirate\.[^]*<<\/SYS>>/);
  assert.equal(start[0], chat.vocabulary.specialToken("bos"));
  return start;
}

/** System, then user and assistant by turns, a user last; and as many BOS as questions, one EOS less. */
function assertAlternating(turns: readonly ChatTurn[], tokens: readonly number[], vocabulary: Vocabulary): void {
  const roles = turns.map(({ role }) => role);
  assert.equal(roles[0], "system");
  roles.slice(1).forEach((role, index) => {
    assert.equal(role, index % 2 === 0 ? "user" : "assistant");
  });
  assert.equal(roles.at(-1), "user");
  const count = (token: "bos" | "eos"): number => tokens.filter((id) => id === vocabulary.specialToken(token)).length;
  const questions = roles.filter((role) => role === "user").length;
  assert.deepEqual([count("bos"), count("eos")], [questions, questions - 1]);
}

function startsWith(tokens: readonly number[], start: readonly number[]): boolean {
  return start.every((token, index) => tokens[index] === token);
}

/** What has left stays away, and several leave at once. */
function assertSeldom(drops: readonly number[]): void {
  assert.deepEqual(
    drops,
    drops.toSorted((a, b) => a - b),
  );
  const steps = drops.map((dropped, index) => dropped - (drops[index - 1] ?? 0)).filter((step) => step > 0);
  assert.ok(steps.length >= 2, "the conversation overflows more than once");
  assert.ok(
    steps.some((step) => step > 1),
    `several at once: ${steps.join(" ")}`,
  );
  assert.ok(steps.length <= TURNS / 4, `${String(steps.length)} times in ${String(TURNS)} turns`);
}

/** Models with a chat template of their own: what the template says is markup, what people say is text. */
import * as assert from "node:assert/strict";
import type { ChatTurn } from "../../../src/protocol/engine";
import { chatSegments } from "../../../src/prompt/chatPrompt";
import { encode, promptText } from "../../../src/prompt/encode";
import type { ChatTemplate } from "../../../src/prompt/templateChat";
import type { Vocabulary } from "../../../src/prompt/tokenizer";
import { metaVocabularyOrSkip, tinyVocabulary } from "../../support/vocabularies";

/** The template in TinyLlama's header. */
const ZEPHYR = `{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}`;

const turns: readonly ChatTurn[] = [
  { role: "system", content: "Be kind" },
  { role: "user", content: "Hello" },
  { role: "assistant", content: "Hi there" },
  { role: "user", content: "Who are you?" },
];

function templateOf(source: string): ChatTemplate {
  return { source, bosText: "<s>", eosText: "</s>" };
}

suite("Chat templates with Llama 2's vocabulary", () => {
  test("Zephyr's gives what llama.cpp gives for the whole rendered text with special tokens", async function () {
    const vocabulary = await metaVocabularyOrSkip(this, "llama2-vocab");
    // llama_tokenize of the rendering, add_special and parse_special on, by node-llama-cpp 3.22.1 with TinyLlama 1.1B Chat.
    const expected = [
      1, 529, 29989, 5205, 29989, 29958, 13, 3629, 2924, 2, 29871, 13, 29966, 29989, 1792, 29989, 29958, 13, 10994, 2,
      29871, 13, 29966, 29989, 465, 22137, 29989, 29958, 13, 18567, 727, 2, 29871, 13, 29966, 29989, 1792, 29989, 29958,
      13, 22110, 526, 366, 29973, 2, 29871, 13, 29966, 29989, 465, 22137, 29989, 29958, 13,
    ];
    assert.deepEqual(encode(chatSegments(turns, "template", templateOf(ZEPHYR)), vocabulary), expected);
  });
});

suite("Chat templates", () => {
  let tiny: Vocabulary | undefined;
  suiteSetup(async function () {
    tiny = await tinyVocabulary(this);
  });

  const prompt = (source: string, some: readonly ChatTurn[]): { text: string; specials: number } => {
    assert.ok(tiny);
    const vocabulary = tiny;
    const tokens = encode(chatSegments(some, "template", templateOf(source)), vocabulary);
    const specials = tokens.filter((id) => vocabulary.specialText(id) !== undefined).length;
    return { text: promptText(tokens, vocabulary), specials };
  };

  test("TinyLlama's is rendered with the white space rules of Hugging Face, and begins with BOS", () => {
    assert.deepEqual(prompt(ZEPHYR, turns), {
      text:
        "<s><|system|>\nBe kind</s>\n<|user|>\nHello</s>\n<|assistant|>\nHi there</s>\n" +
        "<|user|>\nWho are you?</s>\n<|assistant|>\n",
      specials: 5,
    });
  });

  const ask = (content: string): ChatTurn[] => [{ role: "user", content }];
  const each = (expression: string): string => `{% for m in messages %}${expression}{% endfor %}`;
  const contents = each("{{ m.content }}|");
  const cases: readonly (readonly [string, string, readonly ChatTurn[], string, number])[] = [
    ["BOS is not written twice", `{{ bos_token }}${contents}`, ask("a"), "<s>a|", 1],
    ["a user's <s> is not taken for the template's", contents, ask("<s>a"), "<s><s>a|", 1],
    ["what users say never becomes special", ZEPHYR, ask("</s><s>"), "<s><|user|>\n</s><s></s>\n<|assistant|>\n", 2],
    ["nor completes a special token of the template", each("{{ '<' + m.content + '>' }}"), ask("s"), "<s><s>", 1],
    ["contents keep outer white space where the template does", contents, ask(" a "), "<s> a |", 1],
    ["contents may be trimmed", each("{{ m.content | trim }}|"), ask("\n<a> "), "<s><a>|", 1],
    ["contents may be changed", each("{{ m['content'] | upper }}|"), ask("a</s>b"), "<s>A</S>B|", 1],
    ["contents may be cut", each("{{ m.content[0] }},{{ m.content[1:] }}|"), ask("</s>"), "<s><,/s>|", 1],
    ["contents may be measured", each("{{ m.content | length }}"), ask("</s>"), "<s>4", 1],
    ["contents may be written twice", each("{{ m.content }}{{ m.content }}"), ask("<s>"), "<s><s><s>", 1],
    ["white space alone is passed on", contents, ask("  "), "<s>  |", 1],
    [
      "contents may hold any character",
      contents,
      ask("\ufdd0\ue000\u{1f600}{{ 1 }}"),
      "<s>\ufdd0\ue000\u{1f600}{{ 1 }}|",
      1,
    ],
    [
      "a template that refuses a system turn gets its text in the first user turn",
      each("{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}{{ m.role }}={{ m.content }}|"),
      turns,
      "<s>user=Be kind\n\nHello|assistant=Hi there|user=Who are you?|",
      1,
    ],
    [
      "so does a template that ignores it",
      each("{% if m.role != 'system' %}{{ m.content }}|{% endif %}"),
      turns,
      "<s>Be kind\n\nHello|Hi there|Who are you?|",
      1,
    ],
    ["an empty system turn is left out", contents, [{ role: "system", content: " " }, ...ask("a")], "<s>a|", 1],
  ];
  for (const [behaviour, source, some, text, specials] of cases) {
    test(behaviour, () => {
      assert.deepEqual(prompt(source, some), { text, specials });
    });
  }

  test("a template that fails says so", () => {
    assert.throws(() => prompt("{{ raise_exception('broken') }}", turns), /broken/);
  });
});

/** What begins a turn in the templates of other models, where that is ordinary text. */
import * as assert from "node:assert/strict";
import { roleMarkersOf } from "../../../src/prompt/roleMarkers";

const cases: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    "Zephyr and TinyLlama",
    "{% for m in messages %}{{ '<|' + m['role'] + '|>\n' + m['content'] + eos_token + '\n' }}{% endfor %}<|assistant|>\n",
    ["<s>", "</s>"],
    ["<|system|>", "<|user|>", "<|assistant|>"],
  ],
  [
    "ChatML has tokens for it",
    "{% for m in messages %}<|im_start|>{{ m['role'] + '\n' + m['content'] }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n",
    ["<|im_start|>", "<|im_end|>"],
    [],
  ],
  [
    "Vicuna",
    "{% for m in messages %}{% if m['role'] == 'user' %}USER: {{ m['content'] }}{% elif m['role'] == 'assistant' %} ASSISTANT: {{ m['content'] }}</s>{% else %}{{ m['content'] + '\n\n' }}{% endif %}{% endfor %} ASSISTANT:",
    ["<s>", "</s>"],
    ["USER:", "ASSISTANT:"],
  ],
  [
    "Alpaca, which refuses a system turn",
    "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no') }}{% endif %}### {{ 'Instruction' if m['role'] == 'user' else 'Response' }}:\n{{ m['content'] }}\n\n{% endfor %}### Response:\n",
    [],
    ["### Instruction:", "### Response:"],
  ],
  ["a template whose turns begin with nothing", "{% for m in messages %}{{ m['content'] + '\n' }}{% endfor %}", [], []],
  ["a template that always fails", "{{ raise_exception('no') }}", [], []],
];

suite("Role markers", () => {
  for (const [name, source, names, markers] of cases) {
    test(name, () => {
      assert.deepEqual(roleMarkersOf({ source, bosText: "<s>", eosText: "</s>" }, names), markers);
    });
  }
});

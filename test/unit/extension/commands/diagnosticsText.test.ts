/** What Copy Completion Diagnostics puts on the clipboard. */
import * as assert from "node:assert/strict";
import { diagnosticsText, type DiagnosticsFacts } from "../../../../src/extension/commands/diagnosticsText";
import { otherCompleters } from "../../../../src/extension/commands/otherCompleters";
import { maskSecrets } from "../../../../src/base/maskSecrets";

const FACTS: DiagnosticsFacts = {
  versions: { vscode: "1.110.0" },
  engine: { kind: "running", models: { chat: { kind: "stopped" }, completion: { kind: "stopped" } } },
  settings: { "llama2.completion.debounceMs": null },
  session: { requests: 3, averageLatencyMs: undefined },
  last: { request: "completion", text: "<PRE> API_KEY = 'abcdef123456'\n```", tokens: 12 },
};

suite("completion diagnostics", () => {
  test("name other extensions that suggest while typing", () => {
    assert.deepEqual(otherCompleters(["GitHub.copilot", "github.copilot-chat", "ms-python.python"]), [
      "GitHub.copilot",
    ]);
  });

  test("have versions, model, settings, figures and the prompt, its secrets masked", () => {
    const text = diagnosticsText(FACTS);
    for (const part of [
      '- vscode: "1.110.0"',
      '{"kind":"stopped"}',
      "- llama2.completion.debounceMs: null",
      "- requests: 3\n- averageLatencyMs: unknown",
      "still running",
      "## Prompt (12 tokens)\n\n````\n<PRE> API_KEY = '***'\n```\n````",
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
  });

  test("say so where the last request was none, and tell nothing of a chat", () => {
    const text = diagnosticsText({ ...FACTS, last: { request: "chat", text: "private", tokens: 3 } });
    assert.match(text, /none, or it was not a completion/);
    assert.doesNotMatch(text, /private/);
  });

  const secrets: [text: string, masked: string][] = [
    ["token: 'abcd1234'", "token: '***'"],
    ['"apiKey": "abcd-1234"', '"apiKey": "***"'],
    ["password = `hunter22`", "password = `***`"],
    ["export HF_TOKEN=abc123def", "export HF_TOKEN=***"],
    ["x = hf_abcdefghijklmnopqrstuv", "x = ***"],
    ["AKIAABCDEFGHIJKLMNOP", "***"],
    ["Authorization: Bearer abcdef.ghijk", "Authorization: Bearer ***"],
    ["postgres://user:pass@host/db", "postgres://user:***@host/db"],
    ["-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nx", "***\nx"],
    ["tokens = count(text)", "tokens = count(text)"],
    ['const name = "world"', 'const name = "world"'],
    ["key = lambda p: p[0]", "key = lambda p: p[0]"],
  ];
  for (const [text, masked] of secrets) {
    test(`${JSON.stringify(text)} becomes ${JSON.stringify(masked)}`, () => {
      assert.equal(maskSecrets(text), masked);
    });
  }
});

/** What people are told and offered about downloads: progress, next steps, licences. */
import assert from "node:assert/strict";
import { inEnglish } from "../../../src/base/localize";
import { maskSecrets } from "../../../src/base/maskSecrets";
import { LicenceRecord } from "../../../src/extension/models/licenceRecord";
import { licenceToAccept } from "../../../src/extension/models/licenceText";
import { progressText } from "../../../src/extension/models/progressText";
import { nextSteps } from "../../../src/extension/models/refusal";
import type { EngineErrorData } from "../../../src/protocol/engineErrors";
import type { DownloadProgress, ModelSource } from "../../../src/protocol/models";

const HUB = "https://huggingface.co";

suite("progress of a download in words", () => {
  const cases: readonly [DownloadProgress, string][] = [
    [{ phase: "queued", bytes: 0 }, "waiting for another download"],
    [{ phase: "checking", bytes: 0 }, "asking the server"],
    [{ phase: "checking", bytes: 2e9, totalBytes: 4e9 }, "checking what is there: 2.0 GB of 4.0 GB"],
    [
      { phase: "downloading", bytes: 1.2e9, totalBytes: 4.08e9, bytesPerSecond: 52e6, secondsLeft: 55 },
      "1.2 GB of 4.1 GB · 52 MB/s · 55 s left",
    ],
    [
      { phase: "downloading", bytes: 5e3, totalBytes: 41e9, bytesPerSecond: 3e6, secondsLeft: 13_660 },
      "5.0 kB of 41 GB · 3.0 MB/s · 3 h 48 min left",
    ],
    [{ phase: "downloading", bytes: 900 }, "900 B"],
    [{ phase: "shared", bytes: 10e6, totalBytes: 20e6 }, "another window downloads it · 10 MB of 20 MB"],
    [{ phase: "verifying", bytes: 1 }, "verifying"],
  ];
  for (const [progress, text] of cases) {
    test(text, () => {
      assert.equal(progressText(progress, inEnglish), text);
    });
  }
});

suite("next steps after a failed download", () => {
  const repo = "meta-llama/Llama-2-7b-chat-hf";
  const cases: readonly [EngineErrorData, readonly string[]][] = [
    [{ code: "notLoggedIn", repo }, ["signIn", `open ${HUB}/${repo}`]],
    [
      { code: "accessNotGranted", repo, url: `${HUB}/${repo}` },
      [`open ${HUB}/${repo}`, "open https://www.llama.com/llama-downloads/", "checkAgain"],
    ],
    [{ code: "accessNotGranted", repo: "a/b", url: `${HUB}/a/b` }, [`open ${HUB}/a/b`, "checkAgain"]],
    [{ code: "badToken" }, ["signIn"]],
    [{ code: "hubChanged", file: "f", expectedSha256: "1", actualSha256: "2" }, ["takeChanged"]],
    [{ code: "diskFull", folder: "/x", neededBytes: 2, freeBytes: 1 }, ["tryAgain"]],
    [{ code: "network", host: "h", detail: "ECONNRESET" }, ["tryAgain"]],
    [{ code: "notGguf", path: "p" }, []],
  ];
  for (const [data, steps] of cases) {
    test(`${data.code}: ${steps.join(", ")}`, () => {
      const found = nextSteps(data, HUB).map((step) => (step.kind === "open" ? `open ${step.url}` : step.kind));
      assert.deepEqual(found, steps);
    });
  }
});

suite("the licence of a model", () => {
  const hub = (repo: string): ModelSource => ({ kind: "hub", repo, file: "model.gguf" });

  test("is asked for where the card says llama2, or says nothing and the name does", () => {
    assert.ok(licenceToAccept(hub("any/name"), { id: "llama2", texts: [] }));
    assert.ok(licenceToAccept(hub("TheBloke/CodeLlama-7B-GGUF"), undefined));
    assert.ok(licenceToAccept({ kind: "url", url: "https://x.org/llama-2-7b.gguf" }, undefined));
    assert.equal(licenceToAccept(hub("TheBloke/CodeLlama-like"), { id: "apache-2.0", texts: [] }), undefined);
    assert.equal(licenceToAccept(hub("TinyLlama/TinyLlama-1.1B-Chat-GGUF"), undefined), undefined);
  });

  test("shows what ships beside the model, and is recorded by the sum of that", () => {
    const texts = [
      { file: "LICENSE.txt", path: "/l", text: "the licence\n" },
      { file: "USE_POLICY.md", path: "/u", text: "the policy\n" },
    ];
    const toAccept = licenceToAccept(hub("a/b"), { id: "llama2", texts, sha256: "abc" });
    assert.match(toAccept?.text ?? "", /^LICENSE\.txt\n=+\n\nthe licence\n\n\nUSE_POLICY\.md\n=+\n\nthe policy$/);
    assert.equal(toAccept?.sha256, "abc");
  });

  test("that was accepted is remembered with its date and model, for that text only", async () => {
    const stored = new Map<string, unknown>([["llama2.acceptedLicences", ["damaged"]]]);
    const store = {
      get: (key: string) => stored.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
    };
    const record = new LicenceRecord(store, () => new Date("2024-05-06T07:08:09Z"));
    assert.equal(record.isAccepted("abc"), false);
    await record.accept("abc", "hf:a/b/c.gguf");
    assert.deepEqual(new LicenceRecord(store).acceptances, [
      { sha256: "abc", acceptedAt: "2024-05-06T07:08:09.000Z", model: "hf:a/b/c.gguf" },
    ]);
    assert.equal(record.isAccepted("abd"), false);
  });
});

suite("a verbose trace of messages", () => {
  test("has no access token, whatever it looks like", () => {
    for (const token of ["hf_abcdefghijklmnopqrst", "some-token-of-a-mirror"]) {
      const trace = `Params: ${JSON.stringify({ repo: "a/b", access: { token } }, null, 4)}\n\n`;
      assert.ok(!maskSecrets(trace).includes(token));
      assert.ok(maskSecrets(trace).includes("a/b"));
    }
  });
});

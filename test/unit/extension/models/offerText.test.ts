/** How the catalogue is put into words. */
import * as assert from "node:assert/strict";
import { inEnglish } from "../../../../src/base/localize";
import { offerDetail, offerGroups, offerSize } from "../../../../src/extension/models/offerText";
import type { ModelOffer } from "../../../../src/protocol/modelOffers";

const offer: ModelOffer = {
  name: "Code Llama 7B",
  quantization: "Q4_K_M",
  bytes: 4_081_095_360,
  licence: "llama2",
  capabilities: { chat: false, infill: true },
  code: true,
  source: { kind: "hub", repo: "TheBloke/CodeLlama-7B-GGUF", file: "codellama-7b.Q4_K_M.gguf" },
  fit: { kind: "gpu", neededBytes: 6_300_000_000, gpuLayers: 33, totalLayers: 33, tokensPerSecond: 42.4 },
  recommended: { chat: false, completion: false },
};

suite("offers in words", () => {
  test("tell quantisation and size", () => {
    assert.equal(offerSize(offer), "Q4_K_M · 4.1 GB");
  });

  test("tell what it is for, what it needs and about how fast it is", () => {
    assert.equal(
      offerDetail(offer, inEnglish),
      "completes with the code around the cursor · needs 6.3 GB · about 40 tokens/s",
    );
    const partly = { ...offer, fit: { ...offer.fit, kind: "partly", gpuLayers: 20, tokensPerSecond: 7.6 } } as const;
    assert.match(
      offerDetail(partly, inEnglish),
      /needs 6\.3 GB, 20 of 33 layers on the graphics card · about 8 tokens\/s/,
    );
    const none = { kind: "none", neededBytes: 9e9, gpuLayers: 0, totalLayers: 33 } as const;
    assert.doesNotMatch(offerDetail({ ...offer, fit: none }, inEnglish), /token/);
  });

  test("what is recommended comes first and once, what does not fit last", () => {
    const best = { ...offer, name: "best", recommended: { chat: true, completion: false } };
    const large = { ...offer, name: "large", fit: { ...offer.fit, kind: "none" as const } };
    const groups = offerGroups([offer, best, large], inEnglish);
    assert.deepEqual(
      groups.map(({ title, offers }) => [title, offers.map(({ name }) => name)]),
      [
        ["recommended for this machine", ["best"]],
        ["fits the graphics card", ["Code Llama 7B"]],
        ["needs more memory than there is", ["large"]],
      ],
    );
    assert.match(offerDetail(best, inEnglish), /^best for chat here · /);
  });
});

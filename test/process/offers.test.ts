/** What the catalogue offers on the machine that the test runs on. */
import * as assert from "node:assert/strict";
import { ModelOffersRequest } from "../../src/protocol/modelOffers";
import { startFake } from "../support/fakeProcess";

suite("offers of the catalogue", () => {
  test("each says where it is, what it needs and how it would run here, best first", async () => {
    const client = await startFake({ rules: [] });
    try {
      const { machine, offers } = await client.connection.sendRequest(ModelOffersRequest.type, {});
      assert.ok(machine.availableBytes > 0);
      assert.ok(offers.length > 30);
      const kinds = offers.map(({ fit }) => ["gpu", "partly", "cpu", "none"].indexOf(fit.kind));
      assert.deepEqual(
        kinds,
        [...kinds].sort((a, b) => a - b),
      );
      for (const { source, bytes, fit } of offers) {
        assert.match(source.repo, /^TheBloke\//);
        assert.ok(fit.neededBytes > bytes);
        assert.equal(fit.kind === "none", fit.tokensPerSecond === undefined);
      }
      assert.ok(offers.filter(({ recommended }) => recommended.chat).length <= 1);
    } finally {
      await client.stop();
    }
  });
});

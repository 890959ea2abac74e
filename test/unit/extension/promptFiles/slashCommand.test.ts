import assert from "node:assert/strict";
import { lookUp, parseSlashCommand } from "../../../../src/extension/promptFiles/slashCommand";

suite("slash commands", () => {
  for (const [message, expected] of [
    ["/fix", { name: "fix", input: "" }],
    ["  /fix  the loop\nplease ", { name: "fix", input: "the loop\nplease" }],
    ["/größe_2 x", { name: "größe_2", input: "x" }],
    ["/usr/lib is full", undefined],
    ["/etc/", undefined],
    ["// what is this comment?", undefined],
    ["/ what", undefined],
    ["/2nd", undefined],
    ["what is /fix", undefined],
    ["/fix:now", undefined],
  ] as const) {
    test(`"${message}" is ${expected === undefined ? "a question" : "a command"}`, () => {
      assert.deepEqual(parseSlashCommand(message), expected);
    });
  }

  test("a command is found in any case, the exact one first", () => {
    const items = [{ name: "fix" }, { name: "Review" }, { name: "review" }];
    assert.deepEqual(lookUp("FIX", items), { kind: "found", item: items[0] });
    assert.deepEqual(lookUp("review", items), { kind: "found", item: items[2] });
  });

  test("an unknown one gives the names that come close", () => {
    assert.deepEqual(lookUp("fixx", [{ name: "fix" }, { name: "tests" }]), { kind: "unknown", nearest: ["fix"] });
  });
});

/** Which documents the inference process is told about. */
import * as assert from "node:assert/strict";
import {
  MAX_DOCUMENT_LENGTH,
  isEligibleDocument,
  isEligibleScheme,
} from "../../../../src/extension/engine/documentPolicy";

suite("document policy", () => {
  for (const scheme of [
    "file",
    "untitled",
    "vscode-remote",
    "vscode-vfs",
    "vscode-notebook-cell",
    "ssh",
    "memfs",
    "zip",
  ]) {
    test(`${scheme} documents are mirrored`, () => {
      assert.ok(isEligibleScheme(scheme));
    });
  }

  for (const scheme of [
    "output",
    "git",
    "debug",
    "vscode-scm",
    "comment",
    "walkThrough",
    "walkThroughSnippet",
    "chat-editing-snapshot-text-model",
    "chatSessionInput",
    "vscode-chat-code-block",
    "vscode-notebook-cell-output",
    "llama2-prompt",
    "search-editor",
  ]) {
    test(`${scheme} documents are not`, () => {
      assert.ok(!isEligibleScheme(scheme));
    });
  }

  test("documents that are too long are not mirrored", () => {
    assert.ok(isEligibleDocument("file", MAX_DOCUMENT_LENGTH));
    assert.ok(!isEligibleDocument("file", MAX_DOCUMENT_LENGTH + 1));
  });
});

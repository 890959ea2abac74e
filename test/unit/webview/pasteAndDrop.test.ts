/** What is dropped on the page, and what becomes of pasted code. */
import * as assert from "node:assert/strict";
import { carriesFiles, droppedUris } from "../../../src/webview/fileDrop";
import { pasteToAsk, withoutPaste } from "../../../src/webview/paste";

function drag(data: Readonly<Record<string, string>>): { getData(format: string): string } {
  return { getData: (format) => data[format] ?? "" };
}

suite("files dropped on the chat page", () => {
  const file = "file:///project/a%20b.ts";

  test("VS Code's own list counts before others, each file once", () => {
    const data = { "application/vnd.code.uri-list": `${file}\r\n${file}\r\n`, "text/uri-list": "file:///else" };
    assert.deepEqual(droppedUris(drag(data)), [file]);
  });

  test("the list of an editor's tab is read too", () => {
    assert.deepEqual(droppedUris(drag({ resourceurls: JSON.stringify([file]) })), [file]);
  });

  test("comments, links of web pages and damaged lists are no files", () => {
    assert.deepEqual(droppedUris(drag({ "text/uri-list": "# a comment\nhttps://example.com/a.ts" })), []);
    assert.deepEqual(droppedUris(drag({ resourceurls: "{" })), []);
  });

  test("a drag of text is left to the box", () => {
    assert.equal(carriesFiles(["text/plain", "text/html"]), false);
    assert.equal(carriesFiles(["text/plain", "ResourceURLs"]), true);
    assert.equal(carriesFiles(["Files"]), true);
  });
});

suite("text pasted into the message box", () => {
  const code = "def f():\r\n    return 42\r\n";

  test("several lines may be code, in the box's own line ends", () => {
    assert.deepEqual(pasteToAsk(code, 3), { start: 3, text: "def f():\n    return 42\n" });
  });

  test("a line, or a few letters, are words", () => {
    assert.equal(pasteToAsk("a line of more than twenty letters\n", 0), undefined);
    assert.equal(pasteToAsk("a\nb", 0), undefined);
  });

  test("it is taken out of the box again, unless the user has changed it meanwhile", () => {
    const paste = { start: 4, text: "one\ntwo" };
    assert.deepEqual(withoutPaste("see one\ntwo!", paste), { text: "see !", cursor: 4 });
    assert.equal(withoutPaste("see one\nTWO!", paste), undefined);
  });
});

/** The chat page's HTML is locked down. */
import * as assert from "node:assert/strict";
import { pageHtml } from "../../../../src/extension/chat/pageHtml";

const html = pageHtml({
  cspSource: "https://*.example",
  nonce: "n0nce",
  scriptUri: 'https://x/chat.js?"><script>',
  styleUri: "https://x/chat.css",
  codiconUri: "https://x/codicon.css",
  language: "en",
  texts: { 'Say "<b>"': 'Di "<b>"' },
  title: "Chat",
});

suite("chat page", () => {
  test("its policy allows our script and our files, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-n0nce'; style-src https://*.example; font-src https://*.example; img-src https://*.example",
    );
  });

  test("it has one script, with the nonce, and no inline code", () => {
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(html, /<script nonce="n0nce" src="[^"]+"><\/script>/);
    assert.doesNotMatch(html, / on\w+=|style=|<style/);
  });

  test("it carries its texts, as data", () => {
    assert.match(
      html,
      /<body data-texts="\{&quot;Say \\&quot;&lt;b&gt;\\&quot;&quot;:&quot;Di \\&quot;&lt;b&gt;\\&quot;&quot;\}">/,
    );
  });

  test("the icon font has the id that the components look for", () => {
    assert.match(html, /<link [^>]*id="vscode-codicon-stylesheet" href="https:\/\/x\/codicon.css"/);
  });
});

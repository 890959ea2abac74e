/** Every text for people has its Spanish, and no translation is left over. The compiler's own parser finds the texts. */
import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { english } from "../../src/webview/strings";

const root = path.resolve(import.meta.dirname, "../..");
const languages = ["es"];

/** Where a text is handed on that came from somewhere else. */
const forwarding = ["src/base/localize.ts", "src/webview/strings.ts"];

suite("translations", () => {
  const used = new Set([...textsInSources(), ...Object.values(english)]);

  test("the texts of the sources are found", () => {
    assert.ok(used.has("Thinking…"), "a text behind an injected translate()");
    assert.ok(used.has("Select Model"), "a text in vscode.l10n.t()");
    assert.ok(used.has(english.send), "a text of the page");
  });

  for (const language of languages) {
    test(`l10n/bundle.l10n.${language}.json has each text, and no other`, () => {
      const bundle = readTexts(`l10n/bundle.l10n.${language}.json`);
      assert.deepEqual(difference(used, Object.keys(bundle)), [], "missing");
      assert.deepEqual(difference(Object.keys(bundle), used), [], "not used any more");
      assertSamePlaces(Object.entries(bundle));
    });

    test(`package.nls.${language}.json has each text of package.nls.json, and no other`, () => {
      const manifest = readTexts("package.nls.json");
      const translated = readTexts(`package.nls.${language}.json`);
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(manifest).sort());
      assertSamePlaces(Object.entries(manifest).map(([key, text]) => [text, translated[key] ?? ""]));
    });
  }
});

/** A translation has the places, the settings and the code of its text, and is not empty. */
function assertSamePlaces(pairs: readonly (readonly [text: string, translation: string])[]): void {
  const places = (text: string): string[] =>
    [...text.matchAll(/\{\d\}|`[^`]*`|\bllama2\.[\w.]+\w/g)].map(String).sort();
  for (const [text, translation] of pairs) {
    assert.notEqual(translation.trim(), "", `no translation of: ${text}`);
    assert.deepEqual(places(translation).filter(isPlace), places(text).filter(isPlace), text);
  }
}

/** Examples in code marks may be translated, places may not. */
function isPlace(text: string): boolean {
  return !text.startsWith("`") || /^`(?:llama2\.|#)/.test(text);
}

function difference(texts: Iterable<string>, others: Iterable<string>): string[] {
  const known = new Set(others);
  return [...texts].filter((text) => !known.has(text));
}

function readTexts(file: string): Record<string, string> {
  return JSON.parse(readFileSync(path.join(root, file), "utf8")) as Record<string, string>;
}

function textsInSources(): string[] {
  return readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join("src", name.replaceAll(path.sep, "/")))
    .filter((name) => name.endsWith(".ts") && !forwarding.includes(name))
    .flatMap(textsIn);
}

/** The first arguments of `translate(…)`, `t(…)` and `l10n.t(…)`, which must be literals to be found. */
function textsIn(name: string): string[] {
  const source = ts.createSourceFile(name, readFileSync(path.join(root, name), "utf8"), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && translates(node.expression)) {
      for (const text of literals(node.arguments[0], name)) {
        texts.push(text);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function translates(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) {
    return callee.text === "translate" || callee.text === "t";
  }
  return (
    ts.isPropertyAccessExpression(callee) &&
    (callee.name.text === "translate" || (callee.name.text === "t" && /\bl10n$/.test(callee.expression.getText())))
  );
}

function literals(argument: ts.Expression | undefined, name: string): string[] {
  if (argument !== undefined && ts.isConditionalExpression(argument)) {
    return [...literals(argument.whenTrue, name), ...literals(argument.whenFalse, name)];
  }
  assert.ok(
    argument !== undefined && ts.isStringLiteralLike(argument),
    `${name}: what is translated must be a literal, not ${argument?.getText() ?? "nothing"}`,
  );
  return [argument.text];
}

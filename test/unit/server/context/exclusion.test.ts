import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { Exclusion } from "../../../../src/server/context/exclusion";
import { looksSecret } from "../../../../src/exclusion/secretFiles";
import { WorkspaceFolders } from "../../../../src/server/context/workspaceFolders";

suite("files kept from the model", () => {
  const paths: readonly (readonly [string, boolean])[] = [
    [".env", true],
    ["app/.env.local", true],
    ["deploy/prod.env", true],
    ["certs/server.pem", true],
    ["keys/id_rsa", true],
    ["config/credentials.json", true],
    ["client_secret_1.json", true],
    ["home/.aws/config", true],
    ["main.tfvars", true],
    ["src/environment.ts", false],
    ["src/secrets.ts", false],
    ["src/keyboard.py", false],
    ["docs/password-reset.md", false],
  ];
  for (const [file, expected] of paths) {
    test(`${file} ${expected ? "looks" : "does not look"} secret`, () => {
      assert.equal(looksSecret(file), expected);
    });
  }

  test("the setting's patterns are those of .gitignore, relative to the workspace folder", () => {
    const folders = new WorkspaceFolders();
    folders.set(["file:///project/app"]);
    const exclusion = new Exclusion(folders, () => ["/private/", "*.sql", "!keep.sql"]);
    const excluded = (uri: string): boolean => exclusion.isExcluded(uri);
    assert.ok(excluded("file:///project/app/private/a%20b.ts"));
    assert.ok(!excluded("file:///project/app/src/private/a.ts"));
    assert.ok(excluded("file:///project/app/src/dump.sql"));
    assert.ok(!excluded("file:///project/app/src/keep.sql"));
    assert.ok(excluded("file:///elsewhere/dump.sql"));
    assert.ok(excluded("file:///private/a.ts"));
    assert.ok(!excluded("untitled:Untitled-1"));
  });

  test(".llama2ignore counts in its folder, and is read again when it changes", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "llama2-ignore-"));
    try {
      const folders = new WorkspaceFolders();
      const root = pathToFileURL(folder).href;
      folders.set([root]);
      const exclusion = new Exclusion(folders, () => []);
      assert.ok(!exclusion.isExcluded(`${root}/data/a.py`));
      const file = path.join(folder, ".llama2ignore");
      writeFileSync(file, "data/\n");
      assert.ok(exclusion.isExcluded(`${root}/data/a.py`));
      writeFileSync(file, "other/\n");
      utimesSync(file, new Date(), new Date(Date.now() + 5000));
      assert.ok(!exclusion.isExcluded(`${root}/data/a.py`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

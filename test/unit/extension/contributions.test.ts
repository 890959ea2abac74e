/** package.json against the typed tables of src/extension/contributions.ts and the readers of settings. */
import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import {
  CommandIds,
  EXTENSION_ID,
  LanguageIds,
  SettingDefinitions,
  ViewContainerIds,
  ViewIds,
} from "../../../src/extension/contributions";
import type { ModelAction } from "../../../src/extension/modelsView/modelNode";
import { GPU_CHOICES, parseEngineSettings } from "../../../src/protocol/engineSettings";
import { DEFAULT_SAMPLING } from "../../../src/protocol/sampling";

interface Property {
  type: string | string[];
  default: unknown;
  scope?: string;
  enum?: unknown[];
  enumDescriptions?: string[];
  minimum?: number;
  maximum?: number;
  markdownDescription?: string;
}

interface Manifest {
  name: string;
  publisher: string;
  icon: string;
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; category: string; title: string }[];
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    views: Record<string, { id: string; type: string; icon: string }[]>;
    submenus: { id: string }[];
    menus: Record<string, { command?: string; submenu?: string; when?: string }[]>;
    keybindings: { command: string; key: string; mac: string; when: string }[];
    languages: { id: string; configuration: string }[];
    grammars: { language: string; path: string }[];
    configuration: { properties: Record<string, Property> }[];
  };
}

const root = path.resolve(import.meta.dirname, "../../..");
const readText = (name: string): string => readFileSync(path.join(root, name), "utf8");
const manifest = JSON.parse(readText("package.json")) as Manifest;
const nls = JSON.parse(readText("package.nls.json")) as Record<string, string>;
const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section) => section.properties),
) as Record<string, Property>;
const sorted = (values: Iterable<string>): string[] => [...values].sort();

suite("contributions", () => {
  test("the extension id is publisher and name", () => {
    assert.equal(EXTENSION_ID, `${manifest.publisher}.${manifest.name}`);
  });

  test("package.json and the table name the same commands", () => {
    assert.deepEqual(
      sorted(manifest.contributes.commands.map(({ command }) => command)),
      sorted(Object.values(CommandIds)),
    );
    assert.ok(manifest.contributes.commands.every(({ category }) => category === "Llama 2"));
  });

  test("menus and keybindings use commands that exist, and a keybinding steals nothing outside of the editor and our tree", () => {
    const known = new Set<string>(Object.values(CommandIds));
    const used = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings];
    assert.ok(used.length > 0);
    const submenus = new Set(manifest.contributes.submenus.map(({ id }) => id));
    assert.deepEqual(
      used.filter((item) =>
        "submenu" in item ? !submenus.has(item.submenu ?? "") : item.command === undefined || !known.has(item.command),
      ),
      [],
    );
    assert.deepEqual(
      [...submenus].filter((id) => manifest.contributes.menus[id] === undefined),
      [],
    );
    const places = ["editorTextFocus", `focusedView == ${ViewIds.models} && listFocus && !inputFocus`];
    assert.ok(manifest.contributes.keybindings.every(({ when }) => places.includes(when)));
  });

  test("package.json and the table name the same views and containers", () => {
    const { viewsContainers, views } = manifest.contributes;
    assert.deepEqual(sorted(viewsContainers.activitybar.map(({ id }) => id)), sorted(Object.values(ViewContainerIds)));
    assert.deepEqual(sorted(Object.keys(views)), sorted(Object.values(ViewContainerIds)));
    assert.deepEqual(
      sorted(Object.values(views).flatMap((all) => all.map(({ id }) => id))),
      sorted(Object.values(ViewIds)),
    );
  });

  test("menus of the models view ask for actions that its rows can have", () => {
    const items = manifest.contributes.menus["view/item/context"] ?? [];
    const asked = items.map(({ when }) => /^view == llama2\.models && viewItem =~ \/;(\w+);\//.exec(when ?? "")?.[1]);
    const known: Readonly<Record<ModelAction, true>> = {
      useForChat: true,
      useForCompletion: true,
      unload: true,
      reveal: true,
      copyPath: true,
      verify: true,
      header: true,
      delete: true,
      download: true,
      cancel: true,
      resume: true,
      discard: true,
      removeEntry: true,
    };
    assert.deepEqual(sorted(new Set(asked.map((action) => action ?? "?"))), sorted(Object.keys(known)));
  });

  test("package.json and the table name the same languages", () => {
    assert.deepEqual(sorted(manifest.contributes.languages.map(({ id }) => id)), sorted(Object.values(LanguageIds)));
    assert.deepEqual(
      sorted(manifest.contributes.grammars.map(({ language }) => language)),
      sorted(Object.values(LanguageIds)),
    );
  });

  test("package.json and the table name the same settings with the same defaults", () => {
    const inCode = Object.fromEntries(
      Object.values(SettingDefinitions).map((one) => [one.key, one.default as unknown]),
    );
    const inManifest = Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, property.default]));
    assert.deepEqual(inManifest, inCode);
  });

  test("the engine reads the defaults of package.json as its own defaults", () => {
    assert.deepEqual(parseEngineSettings(tree(properties)), parseEngineSettings(undefined));
    assert.deepEqual(parseEngineSettings(tree(properties)).sampling, DEFAULT_SAMPLING);
  });

  test("the engine keeps the limits that package.json tells", () => {
    const ofTheExtension = new Set(["llama2.completion.debounceMs", "llama2.chat.historyLimit"]);
    for (const [key, { minimum, maximum }] of Object.entries(properties)) {
      for (const [limit, beyond] of [
        [minimum, -1e9],
        [maximum, 1e9],
      ] as const) {
        if (limit !== undefined && !ofTheExtension.has(key)) {
          const read = JSON.stringify(
            parseEngineSettings(tree({ ...properties, [key]: { type: "", default: beyond } })),
          );
          assert.ok(read.includes(String(limit)), `${key}: ${read} should have ${String(limit)}`);
        }
      }
    }
  });

  test("the choices of llama2.engine.gpu are those of the protocol, each described", () => {
    const gpu = properties["llama2.engine.gpu"];
    assert.deepEqual(gpu?.enum, [...GPU_CHOICES]);
    assert.equal(gpu.enumDescriptions?.length, GPU_CHOICES.length);
  });

  test("what names files or uses the machine is machine-scoped and restricted in untrusted workspaces", () => {
    const ofMachine = Object.keys(properties).filter((key) => /modelPath$|^llama2\.(engine|hub|models)\./.test(key));
    assert.ok(ofMachine.length >= 6);
    assert.deepEqual(
      ofMachine.filter((key) => properties[key]?.scope !== "machine"),
      [],
    );
    const restricted = new Set(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations);
    assert.deepEqual(
      [...ofMachine, "llama2.chat.systemPrompt"].filter((key) => !restricted.has(key)),
      [],
    );
    assert.deepEqual(
      [...restricted].filter((key) => !(key in properties)),
      [],
    );
  });

  test("every %text% of package.json is in package.nls.json, and nothing there is unused", () => {
    const used = [...readText("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? "");
    assert.deepEqual(sorted(new Set(used)), sorted(Object.keys(nls)));
  });

  test("the files that package.json names exist", () => {
    const { viewsContainers, views, languages, grammars } = manifest.contributes;
    const files = [
      manifest.icon,
      ...viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(views).flatMap((all) => all.map(({ icon }) => icon)),
      ...languages.map(({ configuration }) => configuration),
      ...grammars.map((grammar) => grammar.path),
    ];
    for (const file of files) {
      assert.ok(readFileSync(path.join(root, file)).length > 0, file);
    }
  });
});

/** The settings as VS Code hands out a section: `llama2.chat.topK` becomes `{ chat: { topK } }`. */
function tree(all: Record<string, Property>): unknown {
  const section: Record<string, Record<string, unknown>> = {};
  for (const [key, property] of Object.entries(all)) {
    const [, group = "", name = ""] = key.split(".");
    section[group] = { ...section[group], [name]: property.default };
  }
  return section;
}

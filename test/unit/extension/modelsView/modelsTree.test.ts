/** What the models view shows for what is known. */
import * as assert from "node:assert/strict";
import { spokenLabel } from "../../../../src/extension/modelsView/modelNode";
import { changedNodes, modelsTree, nodesById } from "../../../../src/extension/modelsView/modelsTree";
import type { InstalledModel } from "../../../../src/protocol/localModels";
import { DESCRIPTION, drawn, factsOf, FITS, LOADED, MODEL, OFFER, rowOf, SOURCE } from "./facts";

const CHAT_MODEL: InstalledModel = {
  bytes: MODEL.bytes,
  fit: FITS,
  path: "/home/ann/.ollama/blobs/1",
  paths: ["/home/ann/.ollama/blobs/1"],
  name: "llama2:7b",
  origin: "ollama",
  description: { ...DESCRIPTION, quantization: "Q4_0", capabilities: { chat: true, infill: false } },
};

suite("the models view", () => {
  test("with nothing on the machine says so, and opens the catalogue with what is recommended first", () => {
    const best = { ...OFFER, name: "Llama 2 7B Chat", recommended: { chat: true, completion: false } };
    assert.deepEqual(drawn({ offers: [{ ...OFFER, source: { ...SOURCE, file: "other.gguf" } }, best] }), [
      "On This Machine",
      "  (info) No model yet | download one of the catalogue, or add a file with +",
      "Catalogue | RTX 3070, 7.2 GB free · 21.0 GB of memory free",
      "  (star-full) Llama 2 7B Chat | recommended for chat · fits on the GPU · fast · Q4_K_M · 4.1 GB",
      "  (circle-filled) Code Llama 7B | fits on the GPU · fast · Q4_K_M · 4.1 GB",
    ]);
    assert.equal(modelsTree(factsOf({ offers: [OFFER] })).at(-1)?.expanded, true);
    assert.equal(modelsTree(factsOf({ offers: [best], installed: [CHAT_MODEL] })).at(-1)?.expanded, false);
  });

  test("names the use, the size and whose a model is, and the quantisation where the name does not", () => {
    assert.deepEqual(drawn({ installed: [MODEL, CHAT_MODEL], used: { chat: CHAT_MODEL.path, completion: "" } }), [
      "On This Machine",
      "  (code) codellama-7b.Q4_K_M | 4.1 GB",
      "  (pass) llama2:7b | chat · Q4_0 · 4.1 GB · Ollama",
    ]);
  });

  const states = [
    ["ready", { kind: "ready", model: LOADED }, "(pass-filled)", "completion · loaded · 4.1 GB"],
    [
      "loading",
      { kind: "loading", path: MODEL.path, fraction: 0.4 },
      "(loading~spin)",
      "completion · loading 40 % · 4.1 GB",
    ],
    ["unloaded", { kind: "unloaded", path: MODEL.path }, "(coffee)", "completion · not in memory · 4.1 GB"],
    [
      "failed",
      { kind: "failed", path: MODEL.path, error: { code: "loadFailed", path: MODEL.path, detail: "why" } },
      "(warning)",
      "completion · failed to load · 4.1 GB",
    ],
  ] as const;
  for (const [what, completion, icon, description] of states) {
    test(`a model in use that is ${what} has an icon and words for it`, () => {
      const used = { chat: "", completion: MODEL.path };
      assert.deepEqual(
        drawn({ installed: [MODEL], used, models: { completion } })[1],
        `  ${icon} ${MODEL.name} | ${description}`,
      );
    });
  }

  test("a model that is being replaced is still shown as loaded, and the new one as loading", () => {
    const used = { chat: CHAT_MODEL.path, completion: "" };
    const chat = { kind: "loading", path: CHAT_MODEL.path, fraction: 0.5, serving: LOADED } as const;
    const rows = drawn({ installed: [MODEL, CHAT_MODEL], used, models: { chat } });
    assert.match(rows[1] ?? "", /\(pass-filled\) codellama.*\| loaded/);
    assert.match(rows[2] ?? "", /\(loading~spin\) llama2:7b \| chat · loading 50 %/);
  });

  test("a file that cannot be used says why, first and in its tooltip, and is offered for nothing but to look after it", () => {
    const problem = { code: "truncatedGguf", path: MODEL.path, actualBytes: 10, expectedBytes: 20 } as const;
    const { path, paths, name, bytes, origin } = MODEL;
    const row = rowOf({ installed: [{ path, paths, name, bytes, origin, problem }] }, "installed");
    assert.deepEqual([row.icon?.id, row.description], ["error", "incomplete · 4.1 GB"]);
    assert.match(row.tooltip ?? "", /is incomplete: it ends after 10 bytes of 20/);
    assert.deepEqual(row.actions, ["reveal", "copyPath", "verify", "delete"]);
  });

  test("a file whose content turned out to be wrong is marked, and one that is right says so in its tooltip", () => {
    const damaged = { kind: "damaged", expected: "a", actual: "b" } as const;
    const row = rowOf({ installed: [MODEL], verified: new Map([[MODEL.path, damaged]]) }, "installed");
    assert.deepEqual([row.icon?.id, row.description], ["error", "damaged · 4.1 GB"]);
    assert.match(spokenLabel(row), /its content is not what it should be/);
    const intact = { kind: "intact", sha256: "a" } as const;
    assert.match(
      rowOf({ installed: [MODEL], verified: new Map([[MODEL.path, intact]]) }, "installed").tooltip ?? "",
      /\$\(verified\) Verified/,
    );
  });

  test("deletes only what is ours, and unloads only what is loaded", () => {
    const context = (origin: InstalledModel["origin"]): string =>
      rowOf({ installed: [{ ...MODEL, origin }] }, "installed").context;
    for (const origin of ["hub", "download"] as const) {
      assert.match(context(origin), /;delete;/);
    }
    for (const origin of ["ollama", "lmStudio", "llamaCpp", "file"] as const) {
      assert.doesNotMatch(context(origin), /;delete;/);
    }
    assert.doesNotMatch(context("hub"), /;unload;/);
    const used = { chat: "", completion: MODEL.path };
    const loaded = rowOf(
      { installed: [MODEL], used, models: { completion: { kind: "ready", model: LOADED } } },
      "installed",
    );
    assert.match(loaded.context, /;unload;/);
    assert.doesNotMatch(loaded.context, /;useForCompletion;/);
    assert.match(loaded.context, /;useForChat;.*;completes;/);
  });

  test("a tooltip tells the facts, the warnings, the place and the owner, and nothing in it becomes markup", () => {
    const row = rowOf(
      {
        installed: [
          {
            ...MODEL,
            name: "![x](http://evil)",
            description: { ...DESCRIPTION, warnings: ["noRopeBase"] },
            fit: { ...FITS, kind: "partly", gpuLayers: 20, tokensPerSecond: 7.6 },
          },
        ],
      },
      "installed",
    );
    const text = (row.tooltip ?? "").replaceAll("\\", "");
    assert.match(row.tooltip ?? "", /^\*\*\\!\\\[x\\\]\\\(/);
    assert.match(text, /llama, Q4_K_M, 4\.1 GB, trained context of 16384 tokens/);
    assert.match(text, /partly on the GPU: needs 6\.3 GB, 20 of 33 layers on the graphics card, about 8 tokens\/s/);
    assert.match(text, /\$\(warning\) An old conversion without rope base/);
    assert.match(text, /cache that all programs of the Hugging Face Hub share/);
    assert.match(text, /`~\/hub\/codellama-7b\.Q4_K_M\.gguf`/);
    assert.match(text, /`hf:TheBloke\/CodeLlama-7B-GGUF\/codellama-7b\.Q4_K_M\.gguf`/);
  });

  test("downloads show how far they are, those of earlier can be resumed, and those of other windows are left alone", () => {
    const progress = {
      phase: "downloading",
      bytes: 1.2e9,
      totalBytes: 4.1e9,
      bytesPerSecond: 52e6,
      secondsLeft: 56,
    } as const;
    const file = (name: string) => ({ ...SOURCE, file: name, sha256: name.padEnd(64, "0") });
    const part = { bytes: 1e9, totalBytes: 4e9 };
    const given = {
      installed: [CHAT_MODEL],
      offers: [OFFER],
      running: [
        { source: SOURCE, title: "Code Llama 7B Q4_K_M", progress },
        { source: file("b.gguf"), title: "b", progress: { phase: "queued", bytes: 0 } as const },
      ],
      unfinished: [
        { source: SOURCE, ...part, running: true },
        { source: file("c.gguf"), ...part, running: false },
        { source: file("d.gguf"), ...part, running: true },
      ],
    };
    assert.deepEqual(drawn(given).slice(2), [
      "Downloading",
      "  (cloud-download) Code Llama 7B Q4_K_M | 1.2 GB of 4.1 GB · 52 MB/s · 56 s left",
      "  (clock) b | waiting for another download",
      "  (debug-pause) c.gguf | stopped at 25 % · 1.0 GB of 4.0 GB",
      "  (cloud-download) d.gguf | another window downloads it · 1.0 GB of 4.0 GB",
    ]);
    assert.match(rowOf(given, "running").context, /;cancel;/);
    assert.match(rowOf(given, "unfinished").context, /;resume;discard;/);
  });

  test("the catalogue leaves out what is here, also as another program's file of the same sum", () => {
    const foreign = { ...CHAT_MODEL, sha256: SOURCE.sha256 ?? "" };
    for (const model of [MODEL, foreign]) {
      assert.deepEqual(drawn({ installed: [model], offers: [OFFER] }).length, 2);
    }
    const broken = { ...MODEL, problem: { code: "notGguf", path: MODEL.path } } as const;
    assert.equal(drawn({ installed: [broken], offers: [OFFER] }).length, 4, "what is broken can be downloaded again");
  });

  test("a model with several files is one row, which offers the best of them, with all of them below it", () => {
    const large = {
      ...OFFER,
      quantization: "Q8_0",
      bytes: 7.2e9,
      source: { ...SOURCE, file: "q8.gguf", sha256: "b" },
      fit: { kind: "none", neededBytes: 9.5e9, gpuLayers: 0, totalLayers: 33 } as const,
    };
    assert.deepEqual(drawn({ installed: [CHAT_MODEL], offers: [OFFER, large] }).slice(3), [
      "  (circle-filled) Code Llama 7B | fits on the GPU · fast · Q4_K_M · 4.1 GB",
      "    (circle-filled) Q4_K_M | fits on the GPU · fast · 4.1 GB",
      "    (circle-slash) Q8_0 | does not fit · 7.2 GB",
    ]);
    const row = rowOf({ offers: [OFFER, large] }, "offer");
    assert.deepEqual(
      [row.subject.kind === "offer" && row.subject.offer.quantization, row.actions],
      ["Q4_K_M", ["download", "header"]],
    );
  });

  test("a model's row offers the usual quantisation where that runs as well as a smaller one", () => {
    const small = { ...OFFER, quantization: "Q2_K", source: { ...SOURCE, file: "q2.gguf", sha256: "c" } };
    assert.match(drawn({ offers: [small, OFFER] })[3] ?? "", /Code Llama 7B \| .* Q4_K_M/);
    const slower = { ...OFFER, fit: { ...FITS, kind: "cpu" as const } };
    assert.match(drawn({ offers: [small, slower] })[3] ?? "", /Code Llama 7B \| .* Q2_K/);
  });

  test("a file of the user's own that is gone has one row, as the list has it", () => {
    const problem = { code: "modelNotFound", path: "/gone/x.gguf" } as const;
    const gone = { path: "/gone/x.gguf", paths: [], name: "x", bytes: 0, origin: "file", problem } as const;
    const given = { installed: [gone], entries: [gone.path], used: { chat: gone.path, completion: "" } };
    assert.deepEqual(drawn(given).slice(1), ["  (error) x | missing · chat"]);
    assert.deepEqual(rowOf(given, "installed").actions, ["removeEntry"]);
  });

  test("speeds are told in words", () => {
    const speed = (tokensPerSecond: number): string | undefined =>
      /GPU · ([a-z ]+)/.exec(
        rowOf({ offers: [{ ...OFFER, fit: { ...FITS, tokensPerSecond } }] }, "offer").description ?? "",
      )?.[1];
    assert.deepEqual([40, 8, 3, 0.5].map(speed), ["fast ", "at reading speed ", "slow ", "very slow "]);
  });

  test("models of the user's own: what is not here, what is missing, and what is no address", () => {
    const entries = ["hf:a/b/c.Q4_K_M.gguf@v2", "/gone/x.gguf", "what?", "hf:a/b/c.Q4_K_M.gguf@v2"];
    assert.deepEqual(drawn({ installed: [CHAT_MODEL], entries }).slice(2), [
      "Added by You",
      "  (cloud) c.Q4_K_M.gguf | a/b",
      "  (warning) x.gguf | missing",
      "  (warning) what? | neither an address nor an absolute path",
    ]);
    assert.match(rowOf({ entries }, "custom").context, /;download;header;removeEntry;lazy;/);
  });

  test("a model of the user's own that is here has its row there, and can be taken off the list", () => {
    const own = { ...MODEL, origin: "file" } as const;
    const given = { installed: [own], entries: [own.path] };
    assert.equal(drawn(given).length, 2);
    assert.match(rowOf(given, "installed").context, /;removeEntry;/);
    assert.equal(
      drawn({ installed: [MODEL], entries: ["hf:TheBloke/CodeLlama-7B-GGUF/codellama-7b.Q4_K_M.gguf"] }).length,
      2,
    );
  });

  test("the header of a remote file gives its fit and its warnings, a refusal its reason", () => {
    const entries = ["hf:a/b/c.gguf"];
    const header = {
      description: { ...DESCRIPTION, warnings: ["noRopeBase"] as const },
      fit: FITS,
      tensors: 291,
      parameters: 6.7e9,
      metadata: {},
    };
    const known = new Map([[entries[0] ?? "", { kind: "known", header } as const]]);
    const rows = drawn({ installed: [MODEL], entries, headers: known });
    assert.equal(rows[3], "  (circle-filled) c.gguf | fits on the GPU · fast · a/b");
    assert.match(rows[5] ?? "", /fits on the GPU: needs 6\.3 GB, about 40 tokens\/s/);
    assert.match(rows[6] ?? "", /An old conversion without rope base/);
    const failed = new Map([[entries[0] ?? "", { kind: "failed", reason: "no such file" } as const]]);
    assert.equal(drawn({ installed: [MODEL], entries, headers: failed })[4], "    (error) no such file");
  });

  test("what could not be listed is said beside what was known before", () => {
    const rows = drawn({ installed: [MODEL], listProblem: "the disk is gone" });
    assert.deepEqual(rows.slice(1, 3), ["  (warning) the disk is gone", "  (code) codellama-7b.Q4_K_M | 4.1 GB"]);
  });

  test("every row says the same to a screen reader, and has an id of its own", () => {
    const given = {
      installed: [MODEL, CHAT_MODEL],
      offers: [{ ...OFFER, source: { ...SOURCE, sha256: "c" } }],
      entries: ["what?"],
    };
    const tree = modelsTree(factsOf(given));
    const all = [...nodesById(tree).values()];
    assert.equal(all.length, drawn(given).length, "no two rows have the same id");
    for (const node of all) {
      assert.ok(spokenLabel(node).startsWith(node.label) && spokenLabel(node).includes(node.description ?? ""));
    }
  });
});

suite("what of the models view is drawn again", () => {
  const trees = (before: Parameters<typeof factsOf>[0], after: Parameters<typeof factsOf>[0]) =>
    changedNodes(modelsTree(factsOf(before)), modelsTree(factsOf(after)));
  const progress = { phase: "downloading", bytes: 1, totalBytes: 10 } as const;
  const running = [{ source: SOURCE, title: "t", progress }];

  test("nothing where nothing changed", () => {
    assert.deepEqual(trees({ installed: [MODEL], offers: [OFFER] }, { installed: [MODEL], offers: [OFFER] }), []);
  });

  test("one row where a download gets on or a model is loaded", () => {
    const further = [{ source: SOURCE, title: "t", progress: { ...progress, bytes: 5 } }];
    assert.deepEqual(trees({ installed: [MODEL], running }, { installed: [MODEL], running: further }), [
      "running:hf:TheBloke/CodeLlama-7B-GGUF/codellama-7b.Q4_K_M.gguf",
    ]);
    const used = { chat: "", completion: MODEL.path };
    const models = { completion: { kind: "ready", model: LOADED } } as const;
    assert.deepEqual(trees({ installed: [MODEL], used }, { installed: [MODEL], used, models }), [
      `installed:${MODEL.path}`,
    ]);
  });

  test("a group where rows come or go, and all where groups do", () => {
    assert.deepEqual(trees({ installed: [MODEL] }, { installed: [MODEL, CHAT_MODEL] }), ["group:installed"]);
    assert.equal(trees({ installed: [MODEL] }, { installed: [MODEL], running }), undefined);
  });
});

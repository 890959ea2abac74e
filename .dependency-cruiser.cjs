// Who may import whom: the table in docs/architecture.md as rules. test/unit/layering.test.ts proves that each can fail.

// From version 7 on TypeScript has no compiler API for this tool, which would then see no modules and find nothing wrong.
const typescript = require("typescript");
if (!/^[1-6]\./.test(typescript.version)) {
  throw new Error(`The layering check needs TypeScript 6 or older, found ${typescript.version}`);
}

const anyCharacter = ".*";

/** A regular expression for everything in these packages, their types included. */
function packages(...names) {
  return `(^|/)node_modules/(@types/)?(${names.join("|")})(/|$)`;
}

/** Node's own modules have no folder and no extension; the rules that use this also ask for the dependency type. */
const folders = {
  base: { src: ["base"] },
  protocol: { src: ["protocol", "base"], outside: [packages("vscode-languageserver-protocol")] },
  prompt: { src: ["prompt", "base", "protocol"], outside: [packages("@huggingface/jinja")] },
  postprocess: { src: ["postprocess", "base", "protocol"] },
  apply: { src: ["apply"], outside: [packages("diff")] },
  exclusion: { src: ["exclusion"], outside: [packages("ignore")] },
  server: {
    src: ["server", "base", "protocol", "prompt", "postprocess", "exclusion"],
    outside: [packages("vscode-languageserver(-textdocument)?", "node-llama-cpp", "@huggingface/(gguf|hub)", "undici")],
    node: true,
  },
  extension: {
    src: ["extension", "base", "protocol", "exclusion", "apply"],
    outside: ["^vscode$", packages("vscode", "vscode-languageclient", "fuzzysort", "yaml", "write-file-atomic")],
    node: true,
  },
  webview: {
    src: ["webview", "base", "protocol/chatView"],
    outside: [packages("lit", "@vscode-elements/elements", "markdown-it", "dompurify", "highlight\\.js")],
  },
};

/** Folders of src/extension that do not know each other. */
const features = "inline|chat|applying|commands|compare|models|promptFiles|commitMessage";

const importTable = Object.entries(folders).map(([folder, { src, outside = [], node = false }]) => ({
  name: `imports-of-${folder}`,
  comment: `src/${folder} may import ${[...src, ...outside, ...(node ? ["node"] : [])].join(", ")}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: {
    pathNot: [`^src/(${src.join("|")})([/.]|$)`, ...outside],
    couldNotResolve: false, // reported by the rule "unresolvable"
    ...(node ? { dependencyTypesNot: ["core"] } : {}),
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...importTable,
    {
      name: "unknown-folder",
      comment: "Every folder of src/ has a row in the import table.",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/(${Object.keys(folders).join("|")})/` },
      to: { path: anyCharacter },
    },
    {
      name: "unresolvable",
      comment: "An import that leads nowhere would escape every other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^vscode$" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-barrels",
      comment: "Import from the file that defines it.",
      severity: "error",
      from: {},
      to: { path: "^src/(|.*/)index[.]ts$" },
    },
    {
      name: "engine-library-in-one-file",
      comment: "node-llama-cpp is loaded by engine/localEngine.ts; its types may be used by its neighbours.",
      severity: "error",
      from: { path: "^src/server/", pathNot: "^src/server/engine/localEngine\\.ts$" },
      to: { path: packages("node-llama-cpp"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "engine-types-in-engine",
      severity: "error",
      from: { path: "^src/server/", pathNot: "^src/server/engine/" },
      to: { path: packages("node-llama-cpp") },
    },
    {
      name: "engine-library-by-dynamic-import",
      comment: "It is an ES module, and the server must answer before it is loaded.",
      severity: "error",
      from: { path: "^src/server/engine/localEngine\\.ts$" },
      to: { path: packages("node-llama-cpp"), dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "gguf-in-models",
      severity: "error",
      from: { path: "^src/server/", pathNot: "^src/server/models/" },
      to: { path: packages("@huggingface/gguf") },
    },
    {
      name: "network-in-hub",
      comment: "Only the hub process opens connections.",
      severity: "error",
      from: { path: "^src/server/", pathNot: "^src/server/models/hub/" },
      to: { path: packages("@huggingface/hub", "undici") },
    },
    {
      name: "hub-process-apart",
      comment: "The server asks the hub process; it does not do its work.",
      severity: "error",
      from: { path: "^src/server/", pathNot: "^src/server/models/(hub|local)/" },
      to: {
        path: "^src/server/models/(hub|local)/",
        pathNot: "/hubMessages\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "features-apart",
      comment: "Feature folders of the extension do not import each other; extension.ts wires them.",
      severity: "error",
      from: { path: `^src/extension/(${features})/` },
      to: { path: `^src/extension/(${features}|modelsView)/`, pathNot: "^src/extension/$1/" },
    },
    {
      name: "models-view-shows-models",
      comment: "The models view is the face of models/, and knows no other feature.",
      severity: "error",
      from: { path: "^src/extension/modelsView/" },
      to: { path: `^src/extension/(${features})/`, pathNot: "^src/extension/models/" },
    },
    {
      name: "wired-by-extension-ts",
      comment:
        "What the features share (src/extension itself, engine/, git/) does not know them; what tests see of all of it does.",
      severity: "error",
      from: {
        path: "^src/extension/([^/]+\\.ts$|engine/|git/)",
        pathNot: "^src/extension/(extension|registerCommands|testApi)\\.ts$",
      },
      to: { path: `^src/extension/(${features}|modelsView)/` },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: "specify",
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "types", "default"],
    },
  },
};

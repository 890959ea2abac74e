/**
 * Bundles the extension into dist/: the extension host's part, the inference process, the hub process, the chat page with its styles, and the
 * icon font. `--production` minifies and leaves source maps out; `--watch` rebuilds on every change and prints what the
 * problem matcher in .vscode/tasks.json waits for.
 */
const esbuild = require("esbuild");

/** One bundle each: they run in different places, and share no chunks. */
const bundles = [
  {
    entryPoints: { extension: "src/extension/extension.ts" },
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode"],
  },
  {
    entryPoints: { server: "src/server/main.ts" },
    platform: "node",
    format: "cjs",
    // the oldest Node that other editors may start the server with
    target: "node20.19",
    // An ES module with native parts, so a CommonJS bundle reaches it by a real import() only.
    external: ["node-llama-cpp"],
    supported: { "dynamic-import": true },
  },
  {
    entryPoints: { hub: "src/server/models/hub/main.ts", hashThread: "src/server/models/hub/hashThread.ts" },
    platform: "node",
    format: "cjs",
    target: "node20.19",
  },
  {
    entryPoints: { chat: "src/webview/main.ts" },
    platform: "browser",
    format: "iife",
    target: "es2022",
    tsconfig: "src/webview/tsconfig.json",
  },
  {
    entryPoints: { chat: "src/webview/chat.css", codicon: require.resolve("@vscode/codicons/dist/codicon.css") },
    platform: "browser",
    loader: { ".ttf": "file" },
    assetNames: "[name]",
  },
];

/**
 * @param {{ production?: boolean, outdir?: string, plugins?: import("esbuild").Plugin[] }} options
 * @returns {import("esbuild").BuildOptions[]}
 */
function buildOptions({ production = false, outdir = "dist", plugins = [] } = {}) {
  return bundles.map((bundle) => ({
    ...bundle,
    absWorkingDir: __dirname,
    outdir,
    bundle: true,
    minify: production,
    sourcemap: !production,
    // the packaged extension has all licences in ThirdPartyNotices.txt
    legalComments: production ? "none" : "inline",
    metafile: true,
    logLevel: "warning",
    plugins,
  }));
}

/** Says when a build of all bundles begins and ends, and every problem on two lines: its text, then its place. */
function watchReporter() {
  let running = 0;
  return {
    name: "watch-reporter",
    setup(build) {
      build.onStart(() => {
        if (running === 0) {
          console.log("[watch] build started");
        }
        running += 1;
      });
      build.onEnd(({ errors }) => {
        for (const { text, location } of errors) {
          console.error(`✘ [ERROR] ${text}`);
          console.error(location === null ? "    :0:0:" : `    ${location.file}:${location.line}:${location.column}:`);
        }
        running -= 1;
        if (running === 0) {
          console.log("[watch] build finished");
        }
      });
    },
  };
}

async function main(args) {
  const production = args.includes("--production");
  if (!args.includes("--watch")) {
    await Promise.all(buildOptions({ production }).map((options) => esbuild.build(options)));
    return;
  }
  const plugins = [watchReporter()];
  for (const options of buildOptions({ production, plugins })) {
    const context = await esbuild.context({ ...options, logLevel: "silent" });
    await context.watch();
  }
}

module.exports = { buildOptions };

if (require.main === module) {
  main(process.argv.slice(2)).catch(() => {
    process.exitCode = 1; // esbuild has printed what is wrong
  });
}

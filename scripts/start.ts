/**
 * `npm start`: builds the extension, fetches the sample models, and opens a real VS Code with both and a small workspace:
 * the desktop application where its `code` command is found, else a workbench for the browser.
 *
 *   --browser    the browser even where there is a desktop application
 *   --port N     the port of the browser's workbench
 *   --open       opens the default browser
 *   --reset      forgets what was changed in the workspace and in the settings before
 *   --terminal   no window: a completion, an explanation and a chat answer in the terminal
 */
import { constants } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { optionValue, runCli, UsageError } from "./cli";
import { projectRoot, runCommand, runNpm } from "./command";
import { cacheFolder } from "./fetch/cache";
import { FetchError } from "./fetch/fetchError";
import { fetchTinyLlama, tinyCodeModelPath } from "./fetch/sampleModels";
import { fetchVscodeHost } from "./fetch/vscodeHost";
import { freePort, personSettings, VscodeServer, writeIfMissing, type VscodeSettings } from "./host/vscodeServer";
import { runTerminal } from "./terminal";

const defaultPort = 8390;
const workspace = cacheFolder("workspace");
const desktopProfile = cacheFolder("desktop-profile");
const browserProfile = cacheFolder("browser-profile");

runCli(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--terminal")) {
    return runTerminal();
  }
  const build = await runNpm(["run", "--silent", "compile"], { cwd: projectRoot, inheritOutput: true });
  if (build.code !== 0) {
    return 1;
  }
  const models = await sampleModelSettings();
  await prepareWorkspace(args.includes("--reset"));
  const code = args.includes("--browser") ? undefined : await findDesktopCode();
  return code === undefined ? openInBrowser(args, models) : openOnDesktop(code, models);
});

/** Without a network the tiny model, which is in git, still completes code. */
async function sampleModelSettings(): Promise<VscodeSettings> {
  const completion = {
    "llama2.completion.modelPath": tinyCodeModelPath,
    "llama2.completion.eagerness": "eager", // the sample model is sure of little
  };
  try {
    return { ...completion, "llama2.chat.modelPath": await fetchTinyLlama() };
  } catch (error) {
    if (!(error instanceof FetchError)) {
      throw error;
    }
    console.error(`${error.message}\nGoing on without a chat model.`);
    return completion;
  }
}

async function prepareWorkspace(reset: boolean): Promise<void> {
  if (reset) {
    for (const folder of [workspace, desktopProfile, browserProfile]) {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }
  const samples = path.join(projectRoot, "samples/workspace");
  await fs.cp(samples, workspace, { recursive: true, force: false, errorOnExist: false }); // edits are kept
}

/** The `code` command, where it can open a window here: not over SSH, where it speaks to the VS Code at the other end. */
async function findDesktopCode(): Promise<string | undefined> {
  const isRemoteCommand =
    process.env["VSCODE_IPC_HOOK_CLI"] !== undefined || process.env["WSL_DISTRO_NAME"] !== undefined;
  const hasScreen =
    process.platform !== "linux" ||
    process.env["DISPLAY"] !== undefined ||
    process.env["WAYLAND_DISPLAY"] !== undefined;
  if (isRemoteCommand || !hasScreen) {
    return undefined;
  }
  const name = process.platform === "win32" ? "code.cmd" : "code";
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const file = path.join(folder, name);
    if (folder !== "" && (await isExecutable(file))) {
      return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return fs.access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** A profile of its own: neither the person's settings nor other assistants of theirs meet ours. */
async function openOnDesktop(code: string, models: VscodeSettings): Promise<number> {
  await writeIfMissing(path.join(desktopProfile, "User/settings.json"), { ...personSettings, ...models });
  const args = [
    `--extensionDevelopmentPath=${projectRoot}`,
    `--user-data-dir=${desktopProfile}`,
    `--extensions-dir=${path.join(desktopProfile, "extensions")}`,
    "--new-window",
    workspace,
  ];
  console.log("Opening VS Code…");
  const result = await runCommand(code, args, { inheritOutput: true, shell: process.platform === "win32" });
  return result.code === 0 ? 0 : 1;
}

/** Runs until Ctrl+C. */
async function openInBrowser(args: readonly string[], models: VscodeSettings): Promise<number> {
  const host = await fetchVscodeHost();
  const server = await VscodeServer.start({
    host,
    profile: browserProfile,
    port: await choosePort(optionValue(args, "port")),
    settings: personSettings,
    machineSettings: models,
    // not in development mode: that would suppress notifications in a browser's workbench
    linkedExtensions: [projectRoot],
    inheritEnvironment: true,
  });
  const address = server.url({ folder: workspace });
  console.log(`VS Code ${host.version} with the extension runs at\n\n  ${address}\n\nCtrl+C ends it.`);
  if (args.includes("--open")) {
    await openDefaultBrowser(address);
  }
  const cause = await Promise.race([server.ended().then(() => "ended" as const), interrupted()]);
  await server.stop();
  if (cause === "ended") {
    console.error(`VS Code's server ended by itself; its log is ${path.join(browserProfile, "server.log")}`);
    return 1;
  }
  return 0;
}

/** @throws UsageError when the person asks for a port that cannot be had */
async function choosePort(wanted: string | undefined): Promise<number> {
  if (wanted === undefined) {
    return freePort(defaultPort);
  }
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`--port ${wanted}: not a port number`);
  }
  if ((await freePort(port)) !== port) {
    throw new UsageError(`--port ${wanted}: another program uses it`);
  }
  return port;
}

function interrupted(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve("interrupted");
      });
    }
  });
}

async function openDefaultBrowser(address: string): Promise<void> {
  const { command, args } = browserOpener();
  const result = await runCommand(command, [...args, address]);
  if (result.code !== 0) {
    console.error(`The browser could not be opened: ${result.stderr.trim()}`);
  }
}

function browserOpener(): { command: string; args: readonly string[] } {
  switch (process.platform) {
    case "darwin":
      return { command: "open", args: [] };
    case "win32":
      return { command: "rundll32", args: ["url.dll,FileProtocolHandler"] };
    default:
      return { command: "xdg-open", args: [] };
  }
}

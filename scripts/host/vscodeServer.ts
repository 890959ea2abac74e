/**
 * Starts VS Code's server on loopback with a profile of its own: settings, extensions, HOME and temporary files all live
 * in one folder, so that nothing of the person who runs it is touched, and nothing of theirs changes a test.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as http from "node:http";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { runCommand } from "../command";
import type { VscodeHost } from "../fetch/vscodeHost";

export type VscodeSettings = Readonly<Record<string, unknown>>;

export interface ServerOptions {
  readonly host: VscodeHost;
  /** Kept between runs; its settings files are written only where they are missing. Without it: a fresh one, deleted by stop(). */
  readonly profile?: string;
  /** A free one where not given. */
  readonly port?: number;
  readonly settings?: VscodeSettings;
  /** Settings of scope "machine": a workbench in a browser reads those from the server's side only. */
  readonly machineSettings?: VscodeSettings;
  /** `vscode.env.language`, for example "fr". */
  readonly locale?: string;
  /** Packaged extensions to install first. */
  readonly vsix?: readonly string[];
  /** Folders of extensions to run as if they were installed. */
  readonly linkedExtensions?: readonly string[];
  /** A person's VS Code sees the person's environment; a test's sees how to find programs and the GPU, and no more. */
  readonly inheritEnvironment?: boolean;
  /** On top of the environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /**
   * Needed for extensionDevelopmentPath and extensionTestsPath: a built workbench ignores both without it.
   * Side effect: no notification toasts (the notification centre still lists them), no dialogs while tests run.
   */
  readonly smokeTestDriver?: boolean;
}

/** Settings for tests: nothing that moves, asks, or talks to the network. */
export const testSettings: VscodeSettings = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden", // else VS Code's own chat opens
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "update.mode": "none",
  "security.workspace.trust.enabled": false,
  "editor.inlineSuggest.enabled": true,
  "editor.minimap.enabled": false,
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" }, // they cover and dismiss ghost text
  "editor.wordBasedSuggestions": "off",
  "files.autoSave": "off", // in a browser the default is afterDelay
};

/** Settings for a person who tries the extension: VS Code as it comes, minus what would stand in the way. */
export const personSettings: VscodeSettings = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "readme",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.autoUpdate": false,
  "update.mode": "none",
  "security.workspace.trust.enabled": false, // the sample workspace is ours
  "git.openRepositoryInParentFolders": "never", // it lies inside the project
};

const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;

export class VscodeServer {
  /** Ends the whole process group even if we are ended without a chance to clean up in order. */
  private readonly onExit = (): void => {
    this.signalGroup("SIGKILL");
    if (this.deleteProfile) {
      rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  };

  private constructor(
    readonly profile: string,
    readonly port: number,
    private readonly token: string,
    private readonly child: ChildProcess,
    private readonly deleteProfile: boolean,
  ) {
    process.once("exit", this.onExit);
  }

  /** Answers when the server takes connections. */
  static async start(options: ServerOptions): Promise<VscodeServer> {
    const profile = options.profile ?? (await fs.mkdtemp(path.join(os.tmpdir(), "llama2-vscode-")));
    await writeProfile(profile, options);
    const env = { ...(options.inheritEnvironment ? process.env : testEnvironment(profile)), ...options.env };
    for (const vsix of options.vsix ?? []) {
      await installVsix(options.host, profile, vsix, env);
    }
    const port = options.port ?? (await freePort());
    const token = await connectionToken(path.join(profile, "token"));
    const log = await fs.open(path.join(profile, "server.log"), "w");
    const child = spawn(options.host.nodePath, serverArguments(options, profile, port), {
      stdio: ["ignore", log.fd, log.fd],
      detached: true, // a process group: server, extension hosts and their children can be ended together
      env,
    });
    await log.close();
    const server = new VscodeServer(profile, port, token, child, options.profile === undefined);
    try {
      await server.waitUntilReady();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get authority(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The address of a workbench. Whoever has it has the rights of this user: it holds the server's secret. */
  url(query: Readonly<Record<string, string>>): string {
    return `http://${this.authority}/?${new URLSearchParams({ tkn: this.token, ...query }).toString()}`;
  }

  /** Resolves when the server has ended, by itself or by stop(). */
  async ended(): Promise<void> {
    if (this.isRunning()) {
      await once(this.child, "exit");
    }
  }

  /** Ends the server and everything it started, and deletes the profile if it was a fresh one. */
  async stop(): Promise<void> {
    this.signalGroup("SIGTERM");
    await Promise.race([this.ended(), delay(stopTimeoutMs, undefined, { ref: false })]);
    this.signalGroup("SIGKILL"); // whatever of the group is left
    process.removeListener("exit", this.onExit);
    if (this.deleteProfile) {
      await fs.rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  }

  private isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // the group has ended already
    }
  }

  private async waitUntilReady(): Promise<void> {
    const deadline = Date.now() + startTimeoutMs;
    while (!(await answers(this.port))) {
      if (!this.isRunning() || Date.now() > deadline) {
        const log = await fs.readFile(path.join(this.profile, "server.log"), "utf8");
        throw new Error(`VS Code's server did not start:\n${log.slice(-3000)}`);
      }
      await delay(100);
    }
  }
}

/** The preferred port of loopback if it is free, else another one. */
export async function freePort(preferred = 0): Promise<number> {
  const server = net.createServer().listen(preferred, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (preferred === 0) {
      throw error;
    }
    return freePort(); // somebody else has the preferred one
  }
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") {
    throw new Error("No free port on loopback");
  }
  return address.port;
}

function testEnvironment(profile: string): NodeJS.ProcessEnv {
  const passed = /^(PATH|LD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*|VK_.*|LLAMA2_.*)$/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.test(name))),
    HOME: path.join(profile, "home"),
    TMPDIR: path.join(profile, "tmp"), // sockets that VS Code leaves behind go with the profile
    LANG: "C.UTF-8",
  };
}

/** The secret without which nobody else on this machine can use the server. A kept profile keeps it, and so its address. */
async function connectionToken(file: string): Promise<string> {
  const kept = await fs.readFile(file, "utf8").catch(() => ""); // a fresh profile has none
  const token = kept === "" ? randomUUID() : kept;
  await fs.writeFile(file, token, { mode: 0o600 });
  return token;
}

function serverArguments(options: ServerOptions, profile: string, port: number): string[] {
  return [
    options.host.serverMain,
    "--host=127.0.0.1",
    `--port=${port}`,
    `--connection-token-file=${path.join(profile, "token")}`,
    "--accept-server-license-terms",
    "--telemetry-level=off",
    `--server-data-dir=${path.join(profile, "server")}`,
    ...(options.smokeTestDriver ? ["--enable-smoke-test-driver"] : []),
    ...(options.locale === undefined ? [] : [`--locale=${options.locale}`]),
  ];
}

async function writeProfile(profile: string, options: ServerOptions): Promise<void> {
  const data = path.join(profile, "server/data");
  for (const folder of ["home", "tmp", "server/data/User", "server/data/Machine", "server/extensions"]) {
    await fs.mkdir(path.join(profile, folder), { recursive: true });
  }
  await writeIfMissing(path.join(data, "User/settings.json"), options.settings ?? testSettings);
  await writeIfMissing(path.join(data, "Machine/settings.json"), options.machineSettings ?? {});
  if (options.locale !== undefined) {
    await writeLanguagePack(data, options.locale);
  }
  await linkExtensions(path.join(profile, "server/extensions"), options.linkedExtensions ?? []);
}

/** @throws Error when the file cannot be written; a file that exists is left as the person changed it */
export async function writeIfMissing(file: string, settings: VscodeSettings): Promise<void> {
  const exists = await fs.access(file).then(
    () => true,
    () => false,
  );
  if (!exists) {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
  }
}

/** An empty pack is enough for `vscode.env.language` to be the locale and for extensions' own bundles to load. */
async function writeLanguagePack(data: string, locale: string): Promise<void> {
  const translations = path.join(data, `${locale}.i18n.json`);
  await fs.writeFile(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
  const pack = {
    hash: "empty",
    label: locale,
    translations: { vscode: translations },
    extensions: [{ extensionIdentifier: { id: `llama2.language-pack-${locale}` }, version: "0.0.1" }],
  };
  await fs.writeFile(path.join(data, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

/** Without its list of installed extensions the server makes one from what stands in the folder. */
async function linkExtensions(folder: string, extensions: readonly string[]): Promise<void> {
  if (extensions.length === 0) {
    return;
  }
  await fs.rm(path.join(folder, "extensions.json"), { force: true });
  for (const extension of extensions) {
    const link = path.join(folder, path.basename(extension));
    await fs.rm(link, { force: true });
    await fs.symlink(extension, link, "dir");
  }
}

async function installVsix(host: VscodeHost, profile: string, vsix: string, env: NodeJS.ProcessEnv): Promise<void> {
  const args = ["--accept-server-license-terms", "--install-extension", path.resolve(vsix), "--force"];
  const dataDir = `--server-data-dir=${path.join(profile, "server")}`;
  const result = await runCommand(host.nodePath, [host.serverMain, dataDir, ...args], { env });
  if (result.code !== 0 || !result.stdout.includes("successfully installed")) {
    throw new Error(`Installing ${vsix} failed: ${result.stdout} ${result.stderr.slice(0, 2000)}`);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get({ host: "127.0.0.1", port, path: "/version" }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on("error", () => {
      resolve(false);
    });
  });
}

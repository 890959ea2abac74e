/** Opens the workbench of a VS Code server in a browser, for tests that drive it and for tests that run inside it. */
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import type { Browser } from "../fetch/browser";
import type { VscodeServer } from "./vscodeServer";

export interface WorkbenchAddress {
  readonly folder: string;
  /** A file to open in the editor. */
  readonly file?: string;
  /** Folder of the extension to run in development mode (needs the server's smoke test driver). */
  readonly extensionDevelopmentPath?: string;
  /** A module with `run()`, loaded inside the extension host (needs the server's smoke test driver). */
  readonly extensionTestsPath?: string;
}

export interface InHostRun {
  readonly server: VscodeServer;
  readonly browser: Browser;
  readonly folder: string;
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  /** Lines of the extension host's console with this prefix are printed, without it. */
  readonly linePrefix: string;
  readonly timeoutMs: number;
  /** Where to put a picture of the workbench when there is no answer in time. */
  readonly screenshotPath: string;
}

/** A busy machine with two cores can take a minute to open the workbench. */
const stepTimeoutMs = 90_000;

const noAnswer = 2;

/** Opens a headless browser that reaches this machine only: the workbench would ask extension galleries and the like. */
export async function openBrowser(server: VscodeServer, browser: Browser): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(path.join(server.profile, "browser"), {
    executablePath: browser.executablePath,
    env: { ...process.env, ...browser.env },
    headless: true,
    viewport: { width: 1400, height: 900 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    args: [
      "--no-sandbox", // containers have no namespaces for it, and it shows our own pages only
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ...browser.args,
    ],
  });
  await context.addInitScript(answerMintKey);
  context.setDefaultTimeout(stepTimeoutMs);
  return context;
}

/**
 * Runs in the page. The workbench keeps secrets in its local storage, encrypted by a key that the server has; code-server's
 * wrapper serves that key, VS Code's own server does not, and without an answer secrets would be lost on reload.
 * Not by Playwright's routes: they would send every request of the page through us.
 */
function answerMintKey(): void {
  const realFetch = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    return address.split("?")[0]?.endsWith("/mint-key")
      ? Promise.resolve(new Response(new Uint8Array(32).fill(7)))
      : realFetch(input, init);
  };
}

/** The only page of a context just opened. */
export async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}

/** The address that opens a folder, a file and an extension in development. */
export function workbenchUrl(server: VscodeServer, address: WorkbenchAddress): string {
  const remote = (file: string): string => `vscode-remote://${server.authority}${path.resolve(file)}`;
  const optional = (name: string, file: string | undefined): string[][] =>
    file === undefined ? [] : [[name, remote(file)]];
  const payload = [
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
    ...optional("openFile", address.file),
    ...optional("extensionDevelopmentPath", address.extensionDevelopmentPath),
    ...optional("extensionTestsPath", address.extensionTestsPath),
  ];
  return server.url({ folder: path.resolve(address.folder), payload: JSON.stringify(payload) });
}

/**
 * Runs a module's `run()` inside the extension host.
 * @returns 0 when VS Code says that it ended well. It says so also when the extension host is killed: never believe it
 * without the results that the tests themselves write. 1: it failed; 2: no answer.
 */
export async function runInHost(run: InHostRun): Promise<number> {
  const context = await openBrowser(run.server, run.browser);
  try {
    const page = await firstPage(context);
    const { exit } = await offerAutomation(page, run.linePrefix);
    await page.goto(workbenchUrl(run.server, run));
    const timeout = new AbortController();
    const code = await Promise.race([exit, delay(run.timeoutMs, undefined, { signal: timeout.signal })]);
    timeout.abort();
    if (code === undefined) {
      await page.screenshot({ path: run.screenshotPath });
      console.error(`No answer from the extension host in ${run.timeoutMs / 1000} s; see ${run.screenshotPath}`);
    }
    return code ?? noAnswer;
  } finally {
    await context.close();
  }
}

interface Automation {
  readonly exit: Promise<number>;
}

/** Offers what VS Code's web workbench calls while it runs tests: two functions it looks up on the page's window. */
async function offerAutomation(page: Page, linePrefix: string): Promise<Automation> {
  const verbose = process.env["LLAMA2_TEST_VERBOSE"] !== undefined;
  let settle: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (settle = resolve));
  page.on("crash", () => {
    settle(noAnswer);
  });
  page.on("pageerror", (error) => {
    console.error(`[workbench] ${error.message}`);
  });
  await page.exposeFunction("codeAutomationExit", (code: unknown) => {
    settle(Number(code));
  });
  await page.exposeFunction("codeAutomationLog", (_type: unknown, words: readonly unknown[]) => {
    const line = words.join(" ");
    if (line.startsWith(linePrefix)) {
      console.log(line.slice(linePrefix.length));
    } else if (verbose) {
      console.log(`[workbench] ${line.slice(0, 400)}`);
    }
  });
  return { exit };
}

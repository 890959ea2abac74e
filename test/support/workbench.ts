/**
 * The real workbench for UI tests: opened once for a suite with our extension in it, closed at its end; a test that fails
 * leaves a picture in out/ui-failures. Nothing here sleeps: everything waits for what it names.
 */
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { BrowserContext, FrameLocator, Locator, Page } from "playwright-core";
import { projectRoot } from "../../scripts/command";
import { fetchBrowser } from "../../scripts/fetch/browser";
import { FetchError } from "../../scripts/fetch/fetchError";
import { fetchVscodeHost } from "../../scripts/fetch/vscodeHost";
import { testSettings, VscodeServer, type VscodeSettings } from "../../scripts/host/vscodeServer";
import { firstPage, openBrowser, workbenchUrl } from "../../scripts/host/workbench";
import { copySampleWorkspace } from "../../scripts/test/suite";
import { skipBecause } from "./skip";

/** Set by the runner of the vsix tests: the package that `installed` workbenches install. */
export const installedVsixVariable = "LLAMA2_TEST_VSIX";

export interface WorkbenchOptions {
  /**
   * "development" (default): our extension from the project's folder. Notification toasts are then suppressed by VS Code,
   * and dialogs too. "linked": the project's folder as if it were installed, in a VS Code without any test flag. "installed":
   * the same with the package that the runner has made.
   */
  readonly extension?: "development" | "linked" | "installed";
  /** On top of testSettings. */
  readonly settings?: VscodeSettings;
  /** Model paths and the like: a workbench in a browser reads settings of scope "machine" only from here. */
  readonly machineSettings?: VscodeSettings;
  /** Files to write into the workspace, which is a copy of samples/workspace. Path -> text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Does more to the workspace's folder before it is opened. */
  readonly prepare?: (workspace: string) => Promise<void>;
  /** The file to open first, relative to the workspace. */
  readonly open?: string;
  /** `vscode.env.language`. */
  readonly locale?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class Workbench {
  private constructor(
    readonly page: Page,
    /** The folder that is open; tests may read and change its files. */
    readonly workspace: string,
    private readonly context: BrowserContext,
    private readonly server: VscodeServer,
    private readonly scratch: string,
  ) {}

  /** @throws FetchError when there is no VS Code or no browser to be had */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const [host, browser] = [await fetchVscodeHost(), await fetchBrowser()];
    const scratch = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-ui-"));
    const workspace = path.join(scratch, "workspace");
    await copySampleWorkspace(workspace);
    for (const [name, text] of Object.entries(options.files ?? {})) {
      await fs.mkdir(path.dirname(path.join(workspace, name)), { recursive: true });
      await fs.writeFile(path.join(workspace, name), text);
    }
    await options.prepare?.(workspace);
    const { extension = "development" } = options;
    const server = await VscodeServer.start({
      host,
      smokeTestDriver: extension === "development",
      vsix: extension === "installed" ? [packageUnderTest()] : [],
      linkedExtensions: extension === "linked" ? [projectRoot] : [],
      settings: { ...testSettings, ...options.settings },
      machineSettings: options.machineSettings,
      locale: options.locale,
      env: options.env,
    });
    const context = await openBrowser(server, browser);
    const page = await firstPage(context);
    const workbench = new Workbench(page, workspace, context, server, scratch);
    const address = workbenchUrl(server, {
      folder: workspace,
      file: options.open === undefined ? undefined : path.join(workspace, options.open),
      extensionDevelopmentPath: extension === "development" ? projectRoot : undefined,
    });
    await page.goto(address);
    await page.locator(".monaco-workbench").waitFor();
    return workbench;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.server.stop();
    await fs.rm(this.scratch, { recursive: true, force: true });
  }

  /** The folder in which the extension keeps what is not settings. */
  get globalStorage(): string {
    return path.join(this.server.profile, "server/data/User/globalStorage/llama2-assistant.llama2-assistant");
  }

  /** What the server's side of VS Code writes: logs, settings, storage. */
  get serverData(): string {
    return path.join(this.server.profile, "server/data");
  }

  /** As "Developer: Reload Window": the extension host ends, and a new one begins. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator(".monaco-workbench").waitFor();
  }

  /** Runs a command of the palette by its title, for example "Llama 2: Explain Selection". */
  async runCommand(title: string): Promise<void> {
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first();
    await until(`the command "${title}" in the palette`, async () => {
      await this.page.keyboard.press("F1");
      await this.quickInput().fill(`>${title}`, { timeout: 10_000 });
      await row.waitFor({ timeout: 10_000 }); // the extension may not have activated yet
      await row.click({ timeout: 5_000 }); // the palette closes when something else takes the focus
    });
  }

  /** The text field of the palette, of pickers and of input boxes. */
  quickInput(): Locator {
    return this.page
      .locator('.quick-input-widget input[type="text"]:visible, .quick-input-widget .input:visible')
      .first();
  }

  /** The rows of the quick pick that is open. */
  quickPickRow(text: string): Locator {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text });
  }

  /** Opens a file of the workspace in the editor and waits until it is shown. */
  async openFile(name: string): Promise<void> {
    const base = path.basename(name);
    await until(`${name} in the editor`, async () => {
      await this.page.keyboard.press("Control+P");
      // the whole path is looked up on the disk; a part of it would be searched for, by a program some hosts lack
      await this.quickInput().fill(path.join(this.workspace, name), { timeout: 10_000 });
      // clicked, not Enter: while results arrive another row may be the chosen one
      await this.page
        .locator(`.quick-input-list .monaco-list-row[aria-label^="${base}"]`)
        .first()
        .click({ timeout: 10_000 });
      await this.page.locator(".tab.active", { hasText: base }).waitFor({ timeout: 10_000 });
    });
    await this.editor().locator(".view-lines").waitFor();
  }

  /** The editor of the active editor group. */
  editor(): Locator {
    return this.page.locator(".editor-group-container.active .editor-instance .monaco-editor").first();
  }

  /** Puts the keyboard focus into the editor, and the cursor to a line and column, both counted from 1. */
  async moveCursorTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press("Control+G");
    await this.quickInput().fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.editor().locator(".cursors-layer .cursor").first().waitFor();
  }

  /** The lines of the editor that are on screen, ghost text included, with ordinary spaces. */
  async editorText(): Promise<string> {
    const lines = await this.editor().locator(".view-lines .view-line").evaluateAll(linesFromTop);
    return lines.join("\n").replaceAll("\u00a0", " ");
  }

  /** The inline completion that is shown. */
  ghostText(): Locator {
    return this.page.locator(".ghost-text-decoration, .ghost-text, .ghost-text-decoration-preview").first();
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator(".statusbar-item", { hasText: text });
  }

  /** A toast; only the workbench of a linked or installed extension shows any. */
  toast(text: string | RegExp): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item", { hasText: text });
  }

  /** A notification in the notification centre, which it opens: there they are listed whether or not toasts are shown. */
  async notification(text: string | RegExp): Promise<Locator> {
    await this.runCommand("Notifications: Show Notifications");
    return this.page.locator(".notifications-center .notification-list-item", { hasText: text }).first();
  }

  /** The page inside our webview view. The view must be open. */
  async webview(): Promise<FrameLocator> {
    const id = await extensionId();
    return this.page
      .frameLocator(`iframe.webview.ready[src*="extensionId=${id}" i]`)
      .frameLocator("iframe#active-frame");
  }

  /** Changes the colours by the name of a theme, e.g. "Light Modern". */
  async colorTheme(name: string): Promise<void> {
    await this.runCommand("Preferences: Color Theme");
    await this.quickInput().fill(name);
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first().click();
    await this.quickInput().waitFor({ state: "hidden" });
  }

  /** Drags the edge of the side bar until the view in it is so wide. */
  async narrowSideBar(width: number): Promise<void> {
    const box = await this.page.locator("#workbench\\.parts\\.sidebar").boundingBox();
    if (box === null) {
      throw new Error("there is no side bar");
    }
    const [edge, middle] = [box.x + box.width, box.y + box.height / 2];
    await this.page.mouse.move(edge, middle);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, middle, { steps: 5 });
    await this.page.mouse.up();
  }

  /** A picture in out/ui, for people; returns its path. */
  async screenshot(name: string): Promise<string> {
    return this.picture("ui", name);
  }

  async picture(folder: "ui" | "ui-failures", name: string): Promise<string> {
    const file = path.join(projectRoot, "out", folder, `${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 120)}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

/**
 * A workbench for the tests of the suite it is called in. Gives a function that answers the open workbench:
 * `const workbench = useWorkbench({ open: "knn.py" });` … `await workbench().runCommand("…");`
 */
export function useWorkbench(options: WorkbenchOptions | (() => Promise<WorkbenchOptions>) = {}): () => Workbench {
  const state: { workbench?: Workbench } = {};
  suiteSetup(async function () {
    const chosen = typeof options === "function" ? await options() : options;
    state.workbench = await Workbench.open(chosen).catch((error: unknown) => {
      if (error instanceof FetchError) {
        return skipBecause(this, error.message);
      }
      throw error;
    });
  });
  teardown(async function () {
    const test = this.currentTest;
    if (test?.state === "failed" && state.workbench !== undefined) {
      console.log(`        picture: ${await state.workbench.picture("ui-failures", test.fullTitle())}`);
    }
  });
  suiteTeardown(async () => {
    await state.workbench?.close();
  });
  return () => {
    if (state.workbench === undefined) {
      throw new Error("The workbench is open only while the tests of its suite run");
    }
    return state.workbench;
  };
}

/** Runs in the page, where the order of the elements is not the order on screen. */
function linesFromTop(elements: readonly LineElement[]): string[] {
  return elements
    .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent }))
    .sort((a, b) => a.top - b.top)
    .map(({ text }) => text);
}

interface LineElement {
  readonly textContent: string;
  getBoundingClientRect(): { readonly top: number };
}

/** Tries again until it does not throw; at the end of the time the last error is the cause. */
export async function until<T>(what: string, attempt: () => Promise<T>, timeoutMs = 90_000): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`Waited ${timeoutMs / 1000} s for ${what}`, { cause: error });
      }
      await delay(50);
    }
  }
}

function packageUnderTest(): string {
  const vsix = process.env[installedVsixVariable];
  if (vsix === undefined) {
    throw new Error("Tests of the installed extension are run by npm run test:vsix, which makes the package");
  }
  return vsix;
}

async function extensionId(): Promise<string> {
  const manifest = JSON.parse(await fs.readFile(path.join(projectRoot, "package.json"), "utf8")) as {
    publisher?: string;
    name: string;
  };
  return `${manifest.publisher ?? "undefined_publisher"}.${manifest.name}`;
}

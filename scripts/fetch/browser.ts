/**
 * The browser that shows the workbench: an installed Chrome, Chromium or Edge, else the headless Chromium of the npm
 * package @sparticuz/chromium with the few libraries and the font that a bare Linux system lacks.
 */
import { constants, createReadStream, createWriteStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { runCommand } from "../command";
import { cacheFolder, installOnce } from "./cache";
import { FetchError } from "./fetchError";
import { fetchAndUnpack, unpackTar, type NpmPackage } from "./npmPackage";

export interface Browser {
  readonly executablePath: string;
  /** What must be set in its environment on top of ours. */
  readonly env: Readonly<Record<string, string>>;
  /** Command line arguments this very browser needs. */
  readonly args: readonly string[];
}

const pinned: NpmPackage = {
  spec: "@sparticuz/chromium@147.0.2",
  integrity: "sha512-oqXyPAlGQuT9wdZAhcx4nmhehVgEsDc2adL/+FlX8qsLh/YyOgl9GQp8dPMDIBRmktxgA9c1QSNJIQUj2UeHhQ==",
};
const recipe = 1;

const commandNames = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];
const macApplications = ["Google Chrome", "Chromium", "Microsoft Edge"];
const windowsPrograms = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];

/**
 * An installed browser (first CHROMIUM_PATH, then the usual names and places), else one from the registry, cached.
 * @throws FetchError
 */
export async function fetchBrowser(): Promise<Browser> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") {
    if (!(await starts(named, {}))) {
      throw new FetchError({
        what: "A browser",
        why: `CHROMIUM_PATH names ${named}, which does not start`,
        remedy: "Correct or unset CHROMIUM_PATH.",
      });
    }
    return { executablePath: named, env: {}, args: [] };
  }
  for (const candidate of installedCandidates()) {
    if (await starts(candidate, {})) {
      return { executablePath: candidate, env: {}, args: [] };
    }
  }
  return fetchHeadlessChromium();
}

function installedCandidates(): string[] {
  switch (process.platform) {
    case "darwin":
      return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
    case "win32": {
      const roots = [process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"], process.env["LOCALAPPDATA"]];
      return roots
        .filter((root) => root !== undefined)
        .flatMap((root) => windowsPrograms.map((program) => path.join(root, program)));
    }
    default: {
      const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
      return commandNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
    }
  }
}

/** Whether the browser is there and its libraries too. On Windows `--version` would open a window, so being there is enough. */
async function starts(executablePath: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  const present = await fs.access(executablePath, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!present || process.platform === "win32") {
    return present;
  }
  return (await runCommand(executablePath, ["--version"], { env: { ...process.env, ...env } })).code === 0;
}

async function fetchHeadlessChromium(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new FetchError({
      what: "A browser",
      why: `none is installed, and the npm registry has none for ${process.platform} ${process.arch}`,
      remedy: "Install Chrome or Chromium, or set CHROMIUM_PATH.",
    });
  }
  const folder = cacheFolder("chromium-147.0.2");
  await installOnce(folder, JSON.stringify({ pinned, recipe }), async (staging) => {
    console.log("Fetching headless Chromium 147 from the npm registry (once, 220 MB on disk)…");
    await unpackChromium(staging);
  });
  return describeChromium(folder);
}

/** The package holds Brotli files: the browser itself, and tar archives beside it. */
async function unpackChromium(staging: string): Promise<void> {
  const unpacked = path.join(staging, "package");
  await fetchAndUnpack(pinned, unpacked);
  const executable = path.join(staging, "chromium");
  await decompress(path.join(unpacked, "bin/chromium.br"), executable);
  await fs.chmod(executable, 0o755);
  for (const archive of ["swiftshader", "al2023", "fonts"]) {
    const tar = path.join(unpacked, `${archive}.tar`);
    await decompress(path.join(unpacked, `bin/${archive}.tar.br`), tar);
    // SwiftShader is looked for beside the browser
    await unpackTar(tar, archive === "swiftshader" ? staging : path.join(staging, archive));
  }
  await fs.copyFile(path.join(unpacked, "LICENSE"), path.join(staging, "LICENSE"));
  await fs.rm(unpacked, { recursive: true });
  // the archive's own configuration names folders of another system; "cwd"-relative names are not understood everywhere
  await fs.writeFile(path.join(staging, "fonts/fonts.conf"), fontConfiguration);
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

async function describeChromium(folder: string): Promise<Browser> {
  const executablePath = path.join(folder, "chromium");
  const fonts: Record<string, string> = (await systemHasFonts()) ? {} : { FONTCONFIG_PATH: path.join(folder, "fonts") };
  const libraries = [path.join(folder, "al2023/lib"), process.env["LD_LIBRARY_PATH"] ?? ""].filter(
    (part) => part !== "",
  );
  // the system's NSS where it has one: it is newer than the one in the package
  for (const env of [fonts, { ...fonts, LD_LIBRARY_PATH: libraries.join(":") }]) {
    if (await starts(executablePath, env)) {
      return { executablePath, env, args: ["--no-zygote"] };
    }
  }
  throw new FetchError({
    what: "A browser",
    why: "the Chromium of the npm registry does not start on this system",
    remedy: "Install Chrome or Chromium, or set CHROMIUM_PATH.",
  });
}

async function systemHasFonts(): Promise<boolean> {
  return (await fs.readdir("/usr/share/fonts").catch(() => [])).length > 0;
}

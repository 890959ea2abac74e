/**
 * Where the CPU computes although there is a graphics card: which one, and what it lacks. On Linux, where the loader of Vulkan
 * and the driver's part of it are packages of their own; elsewhere they come with the driver.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { UnusedGraphics } from "../../protocol/engine";

/** Of PCI. Those of Intel are mostly parts of the processor, which gain little. */
const VENDORS: Readonly<Record<string, UnusedGraphics["vendor"]>> = { "0x10de": "NVIDIA", "0x1002": "AMD" };

const LIBRARY_FOLDERS = [
  "usr/lib/x86_64-linux-gnu",
  "usr/lib/aarch64-linux-gnu",
  "usr/lib64",
  "usr/lib",
  "lib/x86_64-linux-gnu",
  "lib/aarch64-linux-gnu",
  "lib64",
];
const LOADER = "libvulkan.so.1";

export interface SystemPlace {
  readonly platform: string;
  /** Where its folders begin: "/". */
  readonly root: string;
  /** `LD_LIBRARY_PATH` */
  readonly libraryPath: string;
}

export function thisSystem(): SystemPlace {
  return { platform: process.platform, root: "/", libraryPath: process.env["LD_LIBRARY_PATH"] ?? "" };
}

/** `undefined` where there is no card that would be worth it, or nothing is known. */
export async function unusedGraphics(system: SystemPlace): Promise<UnusedGraphics | undefined> {
  const vendor = system.platform === "linux" ? await vendorOfCard(system.root) : undefined;
  return vendor && { vendor, lacks: (await hasLoader(system)) ? "vulkanDriver" : "vulkanLoader" };
}

async function vendorOfCard(root: string): Promise<UnusedGraphics["vendor"] | undefined> {
  if ((await namesIn(join(root, "proc/driver/nvidia/gpus"))).length > 0) {
    return "NVIDIA"; // its driver does not always show the card below
  }
  const cards = join(root, "sys/class/drm");
  for (const name of (await namesIn(cards)).filter((one) => /^card\d+$/.test(one))) {
    const id = await readFile(join(cards, name, "device/vendor"), "utf8").catch(() => ""); // no PCI device
    const vendor = VENDORS[id.trim()];
    if (vendor !== undefined) {
      return vendor;
    }
  }
  return undefined;
}

async function hasLoader({ root, libraryPath }: SystemPlace): Promise<boolean> {
  const folders = [
    ...libraryPath.split(":").filter((one) => one !== ""),
    ...LIBRARY_FOLDERS.map((one) => join(root, one)),
  ];
  const names = await Promise.all(folders.map(namesIn));
  return names.flat().includes(LOADER);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []); // most of them are not there
}

/** A graphics card that nothing can compute on is recognised, with what it lacks. */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { unusedGraphics } from "../../../../src/server/engine/unusedGraphics";

suite("a graphics card that is not used", () => {
  let root: string;

  setup(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-system-"));
  });

  teardown(() => fs.rm(root, { recursive: true }));

  async function write(file: string, text = ""): Promise<void> {
    await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await fs.writeFile(path.join(root, file), text);
  }

  const look = (libraryPath = "", platform = "linux"): ReturnType<typeof unusedGraphics> =>
    unusedGraphics({ platform, root, libraryPath });

  test("lacks the loader of Vulkan where that is nowhere, and the driver where it is", async () => {
    await write("sys/class/drm/card0/device/vendor", "0x1002\n");
    assert.deepEqual(await look(), { vendor: "AMD", lacks: "vulkanLoader" });
    await write("usr/lib64/libvulkan.so.1");
    assert.deepEqual(await look(), { vendor: "AMD", lacks: "vulkanDriver" });
  });

  test("is also one that only NVIDIA's driver shows, and the loader may lie where LD_LIBRARY_PATH says", async () => {
    await write("proc/driver/nvidia/gpus/0000:01:00.0/information");
    assert.deepEqual(await look(), { vendor: "NVIDIA", lacks: "vulkanLoader" });
    await write("opt/vulkan/libvulkan.so.1");
    assert.deepEqual(await look(`/nowhere:${path.join(root, "opt/vulkan")}`), {
      vendor: "NVIDIA",
      lacks: "vulkanDriver",
    });
  });

  test("is none of a virtual machine, none of the processor's, and none on other systems", async () => {
    assert.equal(await look(), undefined);
    await write("sys/class/drm/card0/device/vendor", "0x1af4\n");
    await write("sys/class/drm/card1/device/vendor", "0x8086\n");
    await write("sys/class/drm/renderD128/device/vendor", "0x10de\n");
    assert.equal(await look(), undefined);
    await write("sys/class/drm/card2/device/vendor", "0x10de\n");
    assert.equal(await look("", "win32"), undefined);
    assert.equal((await look())?.vendor, "NVIDIA");
  });
});

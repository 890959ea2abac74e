/**
 * Runs a Python program that a model wrote a part of: in a process and a folder of its own, with a time limit. That is no
 * sandbox; it happens only where the user asked for it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

const TIME_LIMIT_MS = 5000;

/** Whether the program ends with exit code 0 within the time limit. Rejects where Python cannot be started. */
export async function passesTests(program: string): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), "llama2-humaneval-"));
  try {
    await writeFile(path.join(folder, "program.py"), program);
    const child = spawn("python3", ["-I", "program.py"], {
      cwd: folder,
      env: { PATH: process.env["PATH"] },
      stdio: "ignore",
      timeout: TIME_LIMIT_MS,
      killSignal: "SIGKILL",
    });
    const closed: unknown[] = await once(child, "close");
    return closed[0] === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

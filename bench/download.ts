/**
 * `npm run bench:download [-- --megabytes N] [--runs N] [--limit MB/s]`: the product's download, hashing included, beside plain curl from the
 * same server on this machine, by turns; prints the rates and the ratio. The server is a process of its own.
 */
import { fork, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import { createReadStream } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";
import { optionValue, runCli } from "../scripts/cli";
import { projectRoot, runCommand } from "../scripts/command";
import { DownloadModelRequest } from "../src/protocol/models";

const REPO = "bench/model";
const FILE = "model.gguf";

runCli(async () => {
  // the hub process makes itself less important; so that other programs harm both alike, curl and the server are it too
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  const args = process.argv.slice(2);
  const megabytes = Number(optionValue(args, "megabytes") ?? "400");
  const runs = Number(optionValue(args, "runs") ?? "5");
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-bench-"));
  try {
    const file = path.join(folder, "served.bin");
    const sha256 = await makeFile(file, megabytes);
    const { server, endpoint } = await startServer(file, sha256, optionValue(args, "limit") ?? "0");
    try {
      await compare({ folder, endpoint, sha256, megabytes, runs });
    } finally {
      server.kill();
    }
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
  return 0;
});

interface Comparison {
  readonly folder: string;
  readonly endpoint: string;
  readonly sha256: string;
  readonly megabytes: number;
  readonly runs: number;
}

async function compare({ folder, endpoint, sha256, megabytes, runs }: Comparison): Promise<void> {
  const rates: { readonly curl: number; readonly ours: number }[] = [];
  const us = new Ours(endpoint, path.join(folder, "hub"));
  const copy = path.join(folder, "curl.bin");
  for (let run = 0; run <= runs; run++) {
    const curl = await timed(() => byCurl(`${endpoint}/bytes`, copy));
    await fs.rm(copy);
    const ours = await timed(() => us.download(sha256));
    await us.forget();
    if (run > 0) {
      rates.push({ curl: megabytes / curl, ours: megabytes / ours }); // the first one warms up
      console.log(`run ${run}: curl ${rates.at(-1)?.curl.toFixed(0)} MB/s, ours ${rates.at(-1)?.ours.toFixed(0)} MB/s`);
    }
  }
  us.stop();
  const ratio = median(rates.map(({ curl, ours }) => ours / curl));
  console.table({
    curl: { "MB/s, median": Math.round(median(rates.map(({ curl }) => curl))) },
    "ours, SHA-256 included": { "MB/s, median": Math.round(median(rates.map(({ ours }) => ours))) },
  });
  console.log(`ratio ${ratio.toFixed(2)} (median of ${runs} pairs)`);
}

async function byCurl(url: string, to: string): Promise<void> {
  const { code, stderr } = await runCommand("curl", ["-sSf", "-o", to, url], { cwd: projectRoot });
  if (code !== 0) {
    throw new Error(`curl: ${stderr}`);
  }
}

/** The hub process as the server forks it; it stays for all runs, as it does between two downloads. */
class Ours {
  private readonly child: ChildProcess;
  private readonly connection: ProtocolConnection;

  constructor(
    endpoint: string,
    private readonly cache: string,
  ) {
    this.child = fork(path.join(projectRoot, "dist/hub.js"), [], {
      env: { ...process.env, HF_ENDPOINT: endpoint, HF_HUB_CACHE: cache, HF_TOKEN: "", UV_THREADPOOL_SIZE: "4" },
      execArgv: [],
    });
    this.connection = createProtocolConnection(new IPCMessageReader(this.child), new IPCMessageWriter(this.child));
    this.connection.listen();
  }

  async download(sha256: string): Promise<void> {
    const source = { kind: "hub", repo: REPO, file: FILE, sha256 } as const;
    await this.connection.sendRequest(DownloadModelRequest.type, { source });
  }

  async forget(): Promise<void> {
    await fs.rm(this.cache, { recursive: true });
  }

  stop(): void {
    this.connection.dispose();
    this.child.kill();
  }
}

async function makeFile(file: string, megabytes: number): Promise<string> {
  const handle = await fs.open(file, "w");
  await handle.write(Buffer.from("GGUF"), 0, 4, 0);
  for (let done = 0; done < megabytes; done++) {
    await handle.write(randomBytes(1e6), done === 0 ? 4 : 0, done === 0 ? 1e6 - 4 : 1e6, done === 0 ? 4 : done * 1e6);
  }
  await handle.close();
  const hash = createHash("sha256");
  for await (const piece of createReadStream(file)) {
    hash.update(piece as Buffer);
  }
  return hash.digest("hex");
}

async function startServer(
  file: string,
  sha256: string,
  limit: string,
): Promise<{ server: ChildProcess; endpoint: string }> {
  const server = fork(path.join(projectRoot, "bench/fileServer.ts"), [file, sha256, limit], {
    execArgv: ["--import", "tsx"],
  });
  const [port] = (await once(server, "message")) as [number];
  return { server, endpoint: `http://127.0.0.1:${port}` };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

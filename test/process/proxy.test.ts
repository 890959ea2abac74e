/**
 * Downloads through a proxy: that of the client's settings, or of the environment; not for those who are exempt. Neither its
 * password nor the user's token is in a log or a message.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { ResponseError } from "vscode-languageserver-protocol/node";
import { runCommand } from "../../scripts/command";
import { DownloadModelRequest, type HubSource, type ProxySettings } from "../../src/protocol/models";
import { startFake } from "../support/fakeProcess";
import { ForwardProxy } from "../support/hub/forwardProxy";
import { ggufNoise, MockHub, sha256, type MockAddress } from "../support/hub/mockHub";
import { skipBecause } from "../support/skip";

const REPO = "TheBloke/Llama-2-7B-Chat-GGUF";
const FILE = "llama-2-7b-chat.Q4_K_M.gguf";
const PASSWORD = "proxyPassword1";
const TOKEN = "hf_aTokenThatNobodyElseMaySee";
/** Names that nobody but the proxy can resolve. */
const ELSEWHERE = { hubName: "hub.test", cdnName: "cdn.test" };
/** This machine, by a name that is not among those that never go by a proxy. */
const UNUSUAL_NAME = "[::ffff:7f00:1]";

suite("downloading through a proxy", function () {
  this.timeout(60_000);
  const content = ggufNoise(300_000);
  const source: HubSource = { kind: "hub", repo: REPO, file: FILE, sha256: sha256(content) };
  let proxy: ForwardProxy;
  let folder: string;
  let hub: MockHub | undefined;

  setup(async () => {
    proxy = await ForwardProxy.start(`ann:${PASSWORD}`);
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "llama2-proxy-"));
  });

  teardown(async () => {
    await hub?.stop();
    await proxy.stop();
    await fs.rm(folder, { recursive: true });
  });

  /** Gives the sum of what came, or the code of the failure; and all that was said, to the client and into its log. */
  async function download(
    address: MockAddress,
    by: { readonly settings?: ProxySettings; readonly env?: Record<string, string> },
  ): Promise<string> {
    hub = await MockHub.start(address);
    hub.add(REPO, { [FILE]: content }, { gated: true });
    hub.validTokens.set(TOKEN, { name: "ann", granted: true });
    const settings = { hub: { endpoint: hub.endpoint, cacheFolder: path.join(folder, "hub") } };
    const env = { ...NO_PROXIES, LLAMA2_HUB_RETRY_MS: "1", ...by.env };
    const client = await startFake({ rules: [] }, settings, { env });
    const access = { token: TOKEN, ...(by.settings === undefined ? {} : { proxy: by.settings }) };
    const params = { source, access };
    try {
      const result = await client.connection.sendRequest(DownloadModelRequest.type, params);
      return sha256(await fs.readFile(result.path));
    } catch (error) {
      assert.ok(error instanceof ResponseError, String(error));
      const said = JSON.stringify([error.message, error.data]);
      assert.ok(!said.includes(PASSWORD) && !said.includes(TOKEN), said);
      return said;
    } finally {
      await client.stop();
      const log = client.log.join("\n");
      assert.match(log, /hub process \d+ runs/);
      assert.ok(!log.includes(PASSWORD) && !log.includes(TOKEN), log);
      assert.deepEqual(hub.leaks, []);
    }
  }

  function hostsOf(way: "forward" | "tunnel"): string[] {
    const targets = proxy.log.filter((one) => one.way === way && one.admitted).map(({ target }) => target);
    return [...new Set(targets.map((target) => target.replace(/:\d+$/, "")))].sort();
  }

  test("of the settings, with its password", async () => {
    assert.equal(await download(ELSEWHERE, { settings: { url: proxy.address() } }), source.sha256);
    assert.deepEqual(hostsOf("forward"), ["cdn.test", "hub.test"]);
  });

  test("of HTTPS_PROXY, by tunnels that it cannot look into", async function () {
    const certificate = await selfSigned(folder).catch(() => skipBecause(this, "openssl makes the certificate"));
    const by = { settings: { strictTls: false }, env: { HTTPS_PROXY: proxy.address() } };
    assert.equal(await download({ ...ELSEWHERE, certificate }, by), source.sha256);
    assert.deepEqual(hostsOf("tunnel"), ["cdn.test", "hub.test"]);
    assert.deepEqual(hostsOf("forward"), []);
  });

  test("of HTTP_PROXY, also without a scheme", async () => {
    const address = proxy.address().replace("http://", "");
    assert.equal(await download(ELSEWHERE, { env: { HTTP_PROXY: address } }), source.sha256);
    assert.deepEqual(hostsOf("forward"), ["cdn.test", "hub.test"]);
  });

  const exempt: readonly [string, { readonly settings?: ProxySettings; readonly env?: Record<string, string> }][] = [
    ["NO_PROXY names them", { env: { NO_PROXY: `example.org, ${UNUSUAL_NAME}` } }],
    ["NO_PROXY is a star", { env: { NO_PROXY: "*" } }],
    ["http.noProxy names them", { settings: { noProxy: [UNUSUAL_NAME] } }],
    ["VS Code's support for proxies is off", { settings: { url: "" } }],
  ];
  for (const [where, by] of exempt) {
    test(`is not done where ${where}`, async () => {
      const all = { ...by, env: { HTTP_PROXY: proxy.address(), ...by.env } };
      assert.equal(await download({ hubName: UNUSUAL_NAME, cdnName: "localhost" }, all), source.sha256);
      assert.deepEqual(proxy.log, []);
    });
  }

  test("is done for the same name where nothing exempts it, and never for this machine's own names", async () => {
    const by = { env: { HTTP_PROXY: proxy.address() } };
    assert.equal(await download({ hubName: UNUSUAL_NAME }, by), source.sha256);
    assert.deepEqual(hostsOf("forward"), [UNUSUAL_NAME]);
  });

  test("that refuses the password fails, says that it was the proxy, and does not tell the password", async function () {
    const certificate = await selfSigned(folder).catch(() => skipBecause(this, "openssl makes the certificate"));
    const url = proxy.address(`bob:${PASSWORD}`);
    for (const address of [ELSEWHERE, { ...ELSEWHERE, certificate }]) {
      await hub?.stop();
      assert.match(await download(address, { settings: { url, strictTls: false } }), /"network".*proxy.*407/i);
    }
  });
});

/** A developer's own proxy has no part in this. */
const NO_PROXIES = Object.fromEntries(
  ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [
    [name, ""],
    [name.toLowerCase(), ""],
  ]),
);

/** For the names that only the proxy knows. */
async function selfSigned(folder: string): Promise<{ key: string; cert: string }> {
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=hub.test"];
  const { code, stderr } = await runCommand("openssl", [...request, "-keyout", key, "-out", cert], { cwd: folder });
  assert.equal(code, 0, stderr);
  return { key: await fs.readFile(key, "utf8"), cert: await fs.readFile(cert, "utf8") };
}

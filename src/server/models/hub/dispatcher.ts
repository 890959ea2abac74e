/** How connections are made: the proxy of the client or of the environment, and the certificates of the system. */
import * as tls from "node:tls";
import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { ProxySettings } from "../../../protocol/models";

/** A server that says nothing for so long is taken for gone. */
const SILENCE_MS = 60_000;
const CONNECT_MS = 30_000;
/** Never through a proxy. An address of IPv6 is compared with its brackets. */
const THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];

/** Keeps connections for each set of proxy settings; they end with the process. */
export class Dispatchers {
  private readonly known = new Map<string, Dispatcher>();

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  of(proxy: ProxySettings = {}): Dispatcher {
    const key = JSON.stringify(proxy);
    const dispatcher = this.known.get(key) ?? this.create(proxy);
    this.known.set(key, dispatcher);
    return dispatcher;
  }

  private create({ url, noProxy, strictTls = true }: ProxySettings): Dispatcher {
    const certificates = { ...systemCertificates(), rejectUnauthorized: strictTls };
    const options = {
      bodyTimeout: SILENCE_MS,
      headersTimeout: SILENCE_MS,
      connect: { ...certificates, timeout: CONNECT_MS },
    };
    const direct = noProxy ?? (this.variable("NO_PROXY") ?? "").split(/[\s,]+/);
    if (url === "" || direct.includes("*")) {
      return new Agent(options);
    }
    return new EnvHttpProxyAgent({
      ...options,
      requestTls: certificates,
      proxyTls: certificates,
      proxyTunnel: false, // for http, which some proxies do not tunnel; for https there is always one
      noProxy: [...THIS_MACHINE, ...direct].filter((host) => host !== "").join(","),
      httpProxy: proxyAddress(url ?? this.variable("HTTP_PROXY") ?? this.variable("ALL_PROXY")),
      httpsProxy: proxyAddress(url ?? this.variable("HTTPS_PROXY") ?? this.variable("ALL_PROXY")),
    });
  }

  /** Small letters first, as curl has it; an empty one counts as none. */
  private variable(name: string): string | undefined {
    return [this.env[name.toLowerCase()], this.env[name]].find((value) => value !== undefined && value !== "");
  }
}

/** "proxy.example:8080" is how many write it. "" for none. */
function proxyAddress(url: string | undefined): string {
  return url === undefined || url === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? (url ?? "") : `http://${url}`;
}

/** Those that the system trusts, which companies add their own to; Node knows them since 22.15. */
function systemCertificates(): { readonly ca?: string[] } {
  const { rootCertificates, getCACertificates }: Partial<CertificateStores> & typeof tls = tls;
  const ofSystem = getCACertificates?.("system") ?? [];
  return ofSystem.length === 0 ? {} : { ca: [...rootCertificates, ...ofSystem] };
}

interface CertificateStores {
  getCACertificates(store: "system"): string[];
}

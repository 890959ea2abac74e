/** How connections are made: the proxy of the client or of the environment, and the certificates of the system. */
import * as tls from "node:tls";
import { Agent, EnvHttpProxyAgent, type Dispatcher } from "undici";
import type { ProxySettings } from "../../../protocol/models";

/** A server that says nothing for so long is taken for gone. */
const SILENCE_MS = 60_000;
const CONNECT_MS = 30_000;
/** Never through a proxy. */
const THIS_MACHINE = ["localhost", "127.0.0.1", "::1"];

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
    if (url === "") {
      return new Agent(options);
    }
    const direct = noProxy ?? (this.env["no_proxy"] ?? this.env["NO_PROXY"] ?? "").split(/[\s,]+/);
    return new EnvHttpProxyAgent({
      ...options,
      requestTls: certificates,
      proxyTls: certificates,
      noProxy: [...THIS_MACHINE, ...direct].filter((host) => host !== "").join(","),
      ...(url === undefined ? {} : { httpProxy: url, httpsProxy: url }),
    });
  }
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

/** A proxy of a company, on this machine: forwards plain requests, tunnels the others, wants a password, and keeps a log. */
import { once } from "node:events";
import * as http from "node:http";
import * as net from "node:net";

export interface Forwarded {
  readonly way: "forward" | "tunnel";
  /** Host and port as the client named them. */
  readonly target: string;
  readonly admitted: boolean;
}

/** Every name leads to this machine: only who comes by the proxy can reach the hub of a test by its name. */
export class ForwardProxy {
  readonly log: Forwarded[] = [];
  private readonly sockets = new Set<net.Socket>();

  private constructor(
    private readonly server: http.Server,
    private readonly credentials: string,
  ) {}

  /** `credentials`: "user:password". */
  static async start(credentials: string): Promise<ForwardProxy> {
    const server = http.createServer();
    const proxy = new ForwardProxy(server, credentials);
    server.on("request", (request, response) => {
      proxy.forward(request, response);
    });
    server.on("connect", (request, socket: net.Socket, head: Buffer) => {
      proxy.tunnel(request, socket, head);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** As it is written into a setting or a variable; with other credentials where they are given. */
  address(credentials = this.credentials): string {
    return `http://${credentials}@127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = new URL(request.url ?? "");
    if (!this.admit("forward", url.host, request)) {
      response.writeHead(407).end();
      return;
    }
    const headers = { ...request.headers };
    delete headers["proxy-authorization"];
    const onward = http.request(
      { host: "localhost", port: url.port, path: url.pathname + url.search, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  }

  private tunnel(request: http.IncomingMessage, client: net.Socket, head: Buffer): void {
    this.sockets.add(client);
    client.on("error", () => client.destroy());
    if (!this.admit("tunnel", request.url ?? "", request)) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const port = Number(/:(\d+)$/.exec(request.url ?? "")?.[1]);
    const onward = net.connect({ host: "localhost", port, autoSelectFamily: true }, () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.write(head);
      client.pipe(onward).pipe(client);
    });
    this.sockets.add(onward);
    onward.on("error", () => client.destroy());
  }

  private admit(way: Forwarded["way"], target: string, { headers }: http.IncomingMessage): boolean {
    const admitted = headers["proxy-authorization"] === `Basic ${Buffer.from(this.credentials).toString("base64")}`;
    this.log.push({ way, target, admitted });
    return admitted;
  }
}

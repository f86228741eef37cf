/** Agents that lead requests through the proxy of the environment; loaded only where one is set. */
import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { proxyFor, type ProxySetting } from './proxy-settings.js';

interface Connection {
  host?: string;
  port?: number | string;
}
type Connected = (error: Error | null, socket?: Duplex) => void;
interface ProxyOptions {
  authorities?: string | undefined;
  /** Milliseconds for the connection to the proxy and its answer. */
  timeout: number;
  env: Readonly<Record<string, string | undefined>>;
}

const addressOf = (protocol: string, { host = '', port = '' }: Connection) => ({
  protocol,
  hostname: host,
  port: String(port),
});

/** Agents for both schemes. Many requests share their connections, as with the SDK’s own agents. */
export function proxyAgents(options: ProxyOptions): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const settings = { keepAlive: true, maxSockets: 50 };
  return {
    httpAgent: new ForwardingAgent(options, settings),
    httpsAgent: new TunnellingAgent(options, {
      ...settings,
      ...(options.authorities === undefined ? {} : { ca: options.authorities }),
    }),
  };
}

/** Inside TLS the proxy sees nothing: it is asked for a tunnel. */
class TunnellingAgent extends https.Agent {
  constructor(
    private readonly proxyOptions: ProxyOptions,
    settings: https.AgentOptions,
  ) {
    super(settings);
  }

  override createConnection(connection: Connection & tls.ConnectionOptions, connected: Connected): Duplex | undefined {
    try {
      const proxy = proxyFor(addressOf('https:', connection), this.proxyOptions.env);
      if (proxy === null) return super.createConnection(connection, connected) ?? undefined;
      openTunnel(proxy, connection, this.proxyOptions, (error, socket) => {
        if (error !== null) connected(error);
        else connected(null, tls.connect({ ...connection, socket: socket!, path: undefined }));
      });
    } catch (error) {
      connected(error as Error);
    }
    return undefined;
  }
}

function openTunnel(proxy: ProxySetting, { host, port }: Connection, options: ProxyOptions, opened: Connected): void {
  const target = `${host}:${port}`;
  const request = (proxy.url.protocol === 'https:' ? https : http).request({
    ...connectionTo(proxy),
    ...(options.authorities === undefined ? {} : { ca: options.authorities }),
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...authorizationOf(proxy) },
    agent: false,
  });
  request.setTimeout(options.timeout, () => request.destroy(new Error(`The proxy ${nameOf(proxy)} does not respond.`)));
  request.once('error', (error) => opened(unreachable(proxy, error)));
  request.once('connect', (answer, socket) => {
    socket.setTimeout(0);
    if (answer.statusCode === 200) return opened(null, socket);
    socket.destroy();
    opened(refusedBy(proxy, answer.statusCode ?? 0, target));
  });
  request.end();
}

/** Without TLS the proxy is asked for the whole address (RFC 9112, 3.2.2), as it may open tunnels to port 443 only. */
class ForwardingAgent extends http.Agent {
  constructor(
    private readonly proxyOptions: ProxyOptions,
    settings: http.AgentOptions,
  ) {
    super(settings);
  }

  addRequest(request: http.ClientRequest, connection: Connection): void {
    let proxy: ProxySetting | null;
    try {
      proxy = proxyFor(addressOf('http:', connection), this.proxyOptions.env);
    } catch (error) {
      request.destroy(error as Error);
      return;
    }
    if (proxy !== null) {
      request.path = `http://${connection.host}:${connection.port}${request.path}`;
      for (const [name, value] of Object.entries(authorizationOf(proxy))) request.setHeader(name, value);
    }
    const to = proxy === null ? connection : { ...connection, ...connectionTo(proxy) };
    Reflect.apply(directRequest, this, [request, to]);
  }
}
const directRequest = (http.Agent.prototype as unknown as { addRequest: () => void }).addRequest;

const connectionTo = ({ url }: ProxySetting) => ({
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
});

/** User name and password of the proxy’s address. */
function authorizationOf({ url: { username, password } }: ProxySetting): Record<string, string> {
  if (username === '' && password === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** Where it is and which variable names it, never with its password. */
const nameOf = ({ url, variable }: ProxySetting): string => `${url.host} (${variable})`;

function unreachable(proxy: ProxySetting, error: NodeJS.ErrnoException): Error {
  if (error.code === undefined) return error;
  const why = /^(ENOTFOUND|EAI_)/.test(error.code) ? 'its host name could not be resolved' : 'it could not be reached';
  return new Error(`The proxy ${nameOf(proxy)} cannot be used: ${why} (${error.code}).`);
}

function refusedBy(proxy: ProxySetting, status: number, target: string): Error {
  if (status !== 407)
    return new Error(`The proxy ${nameOf(proxy)} refuses the connection to ${target} (HTTP status ${status}).`);
  const { username, password } = proxy.url;
  return new Error(
    username === '' && password === ''
      ? `The proxy ${nameOf(proxy)} needs a user name and a password (HTTP status 407): set ${proxy.variable} to http://USER:PASSWORD@HOST:PORT.`
      : `The proxy ${nameOf(proxy)} rejects the user name and password in ${proxy.variable} (HTTP status 407).`,
  );
}

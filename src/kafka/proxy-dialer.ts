/** The dialer for a proxy that the user named. */
import { UsageError } from '../errors.js';
import type { Dialer, ProxyAddress } from './dial.js';

const defaultPorts: Readonly<Record<string, number>> = { 'socks5:': 1080, 'socks5h:': 1080, 'http:': 80 };

/**
 * The dialer for a proxy address: `socks5://[USER:PASSWORD@]HOST:PORT` or `http://…`. Throws `UsageError` for anything
 * else; its message does not repeat the address, which may hold a password.
 */
export async function proxyDialer(address: string): Promise<Dialer> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const port = url === null ? undefined : defaultPorts[url.protocol];
  if (url === null || port === undefined || url.hostname === '' || !['', '/'].includes(url.pathname))
    throw new UsageError(
      'the address of the proxy is not valid',
      'Use socks5://[USER:PASSWORD@]HOST:PORT or http://[USER:PASSWORD@]HOST:PORT.',
    );
  const proxy: ProxyAddress = {
    host: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
    port: url.port === '' ? port : Number(url.port),
    credentials: url.username === '' ? null : { username: decoded(url.username), password: decoded(url.password) },
  };
  if (url.protocol === 'http:') return (await import('./http-proxy.js')).httpProxyDialer(proxy);
  return (await import('./socks-proxy.js')).socksDialer(proxy);
}

/** A percent sign that begins no escape is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

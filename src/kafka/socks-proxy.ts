/** Connections through a SOCKS5 proxy (RFC 1928, RFC 1929), which resolves the names. */
import { SocksClient } from 'socks';
import { openSocket, type Dialer, type ProxyAddress } from './dial.js';
import { ProxyUnusable, WireError, wireErrorOf } from './wire-error.js';

/** The proxy's replies about the broker, as the codes that Node has for the same (RFC 1928, 6). */
const replies: readonly [reply: string, code: string, message: string][] = [
  ['ConnectionRefused', 'ECONNREFUSED', 'the proxy reports that the connection was refused'],
  ['HostUnreachable', 'EHOSTUNREACH', 'the proxy reports that it cannot resolve or reach the host'],
  ['NetworkUnreachable', 'ENETUNREACH', 'the proxy reports that it has no route to the network'],
  ['TTLExpired', 'ETIMEDOUT', 'the proxy reports that the connection timed out'],
];

export const socksDialer = ({ host, port, credentials }: ProxyAddress): Dialer => ({
  resolvesNames: true,
  async connect(address, targetPort, signal) {
    const socket = await openSocket(host, port, signal).catch((error: unknown) => {
      if (signal.aborted) throw error;
      const { label, message } = wireErrorOf(error);
      throw new ProxyUnusable(label, `the proxy ${host}:${port} cannot be reached: ${message}`);
    });
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await SocksClient.createConnection({
        command: 'connect',
        existing_socket: socket,
        proxy: {
          host,
          port,
          type: 5,
          ...(credentials === null ? {} : { userId: credentials.username, password: credentials.password }),
        },
        destination: { host: address, port: targetPort },
      });
      signal.throwIfAborted();
      return socket;
    } catch (error) {
      socket.destroy();
      signal.throwIfAborted();
      throw refusalOf(error as Error, `${host}:${port}`);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  },
});

/** The library's errors carry its options, with the password: only their meaning is kept. */
function refusalOf({ message }: Error, proxy: string): WireError {
  const reply = replies.find(([name]) => message.includes(name));
  if (reply !== undefined) return new WireError(reply[1], reply[2]);
  const isLogin = /authentication/i.test(message);
  return new ProxyUnusable(
    isLogin ? 'EACCES' : 'ECONNABORTED',
    isLogin
      ? `the proxy ${proxy} rejects the user name and password`
      : `the proxy ${proxy} does not open the connection`,
  );
}

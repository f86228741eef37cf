/** Connections through an HTTP proxy: a tunnel by CONNECT (RFC 9110, 9.3.6); the proxy resolves the names. */
import { request } from 'node:http';
import type { Socket } from 'node:net';
import type { Dialer, ProxyAddress } from './dial.js';
import { ProxyUnusable, WireError, wireErrorOf } from './wire-error.js';

export const httpProxyDialer = (proxy: ProxyAddress): Dialer => ({
  resolvesNames: true,
  connect: (address, port, signal) =>
    tunnel(proxy, address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`, signal),
});

function tunnel({ host, port, credentials }: ProxyAddress, target: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const question = request({
      host,
      port,
      method: 'CONNECT',
      path: target,
      agent: false,
      headers: { host: target, ...authorization(credentials) },
    });
    const abort = (): void => {
      question.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', abort);
      finish();
    };
    // Stays for good: an error after the abort must not end the program.
    question.on('error', (error) =>
      settle(() => {
        const { label, message } = wireErrorOf(error);
        reject(new ProxyUnusable(label, `the proxy ${host}:${port} cannot be used: ${message}`));
      }),
    );
    question.once('response', (answer) => {
      answer.resume();
      question.destroy();
      settle(() => reject(refusal(answer.statusCode ?? 0, `${host}:${port}`)));
    });
    question.once('connect', (answer, socket, head) =>
      settle(() => {
        if (answer.statusCode !== 200) {
          socket.destroy();
          return reject(refusal(answer.statusCode ?? 0, `${host}:${port}`));
        }
        // A server that speaks first may have spoken with the proxy's answer.
        if (head.length > 0) socket.unshift(head);
        resolve(socket as Socket);
      }),
    );
    question.end();
  });
}

const authorization = (credentials: ProxyAddress['credentials']): Record<string, string> =>
  credentials === null
    ? {}
    : {
        'proxy-authorization': `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`,
      };

/** 502 to 504 are about the broker; everything else is about the proxy. */
function refusal(status: number, proxy: string): WireError {
  if (status === 504)
    return new WireError('ETIMEDOUT', 'the proxy reports that the connection timed out (HTTP status 504)');
  if (status === 502 || status === 503)
    return new WireError('EHOSTUNREACH', `the proxy reports that it cannot reach the host (HTTP status ${status})`);
  if (status === 407)
    return new ProxyUnusable('EACCES', `the proxy ${proxy} rejects the user name and password (HTTP status 407)`);
  return new ProxyUnusable('ECONNABORTED', `the proxy ${proxy} does not open the connection (HTTP status ${status})`);
}

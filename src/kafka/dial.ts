/** How a TCP connection to a broker is opened: directly, or through a proxy. */
import { connect, type Socket } from 'node:net';
import { wireErrorOf } from './wire-error.js';

export interface Dialer {
  /** True: the dialer takes host names and a proxy resolves them. False: step `dns` resolves them here. */
  resolvesNames: boolean;
  /** Resolves host names instead of this machine; rejects with Node's error. */
  resolve?(host: string): Promise<string[]>;
  /** Opens a connection; rejects with Node's error, or with the signal's reason. `address` is what `dns` found, or the host. */
  connect(address: string, port: number, signal: AbortSignal): Promise<Socket>;
}

/** Opens a TCP connection; after an abort nothing is left open. */
export function openSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = connect({ host, port });
    const abort = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    const failed = (error: Error): void => {
      signal.removeEventListener('abort', abort);
      reject(wireErrorOf(error));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      socket.removeListener('error', failed);
      resolve(socket);
    });
  });
}

/** Without a proxy. */
export const directDialer: Dialer = { resolvesNames: false, connect: openSocket };

export interface ProxyAddress {
  host: string;
  port: number;
  /** Null without a user name; never part of an error. */
  credentials: { username: string; password: string } | null;
}

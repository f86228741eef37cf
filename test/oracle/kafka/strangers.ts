/** What may answer in place of a broker: servers of other protocols, silent ones, and proxies that are slow or fall silent. */
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { serverIdentities } from './certificates.js';

export interface Stranger {
  port: number;
  /** Connections so far. */
  connections: () => number;
  close: () => Promise<void>;
}

async function listen(server: Server): Promise<Stranger> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Accepts and says nothing. */
export const silentServer = (): Promise<Stranger> => listen(createServer(() => {}));

/** Accepts and hangs up. */
export const closingServer = (): Promise<Stranger> => listen(createServer((socket) => socket.destroy()));

/** Says this as soon as somebody connects. */
export const greetingServer = (greeting: string): Promise<Stranger> =>
  listen(createServer((socket) => socket.write(greeting)));

export const httpServer = (): Promise<Stranger> => listen(createHttpServer((_, response) => response.end('hello')));

export const httpsServer = (): Promise<Stranger> => {
  const { certificate, privateKey } = serverIdentities.localhost;
  return listen(createHttpsServer({ cert: certificate, key: privateKey }, (_, response) => response.end('hello')));
};

/** Hands everything on to a port of this machine; each piece of an answer waits this long, in milliseconds. */
export const slowProxy = (target: () => number, delay: number): Promise<Stranger> =>
  listen(
    createServer((socket) => {
      const broker = connect(target(), '127.0.0.1');
      socket.pipe(broker);
      broker.on('data', (piece) => setTimeout(() => socket.writable && socket.write(piece), delay));
      broker.on('error', () => socket.destroy());
      broker.on('close', () => setTimeout(() => socket.destroy(), delay));
      socket.on('close', () => broker.destroy());
    }),
  );

/** Hands on this many answers of the Kafka protocol on each connection, and is silent from then on. */
export const stallingProxy = (target: number, answers: number): Promise<Stranger> =>
  listen(
    createServer((socket) => {
      const broker = connect(target, '127.0.0.1');
      let received = Buffer.alloc(0);
      let left = answers;
      socket.pipe(broker);
      broker.on('data', (piece) => {
        received = Buffer.concat([received, piece]);
        while (left > 0 && received.length >= 4 && received.length >= 4 + received.readInt32BE()) {
          const end = 4 + received.readInt32BE();
          socket.write(received.subarray(0, end));
          received = received.subarray(end);
          left--;
        }
      });
      broker.on('error', () => socket.destroy());
      socket.on('close', () => broker.destroy());
    }),
  );

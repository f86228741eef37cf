/** Proxies before the services of a world that end the program at one of its changes, before AWS has it or after. */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `number`: which change, from 1. `after`: AWS carries it out, and the program ends before the answer. */
export interface Cut {
  number: number;
  when: 'before' | 'after';
}

export interface Proxies {
  env: Record<string, string>;
  /** The operations that change something, in order; `PUT` and a path where the protocol names none. */
  changes: string[];
  close(): Promise<void>;
}

/** `end` stops the program at once, without a chance to tidy up. */
export async function startProxies(env: Record<string, string>, cut: Cut | null, end: () => void): Promise<Proxies> {
  const changes: string[] = [];
  const servers: Server[] = [];
  const urls = new Map<string, string>();
  for (const target of new Set(Object.values(env))) {
    const server = createServer((asked, answer) => void pass(target, asked, answer));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    servers.push(server);
    urls.set(target, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async function pass(target: string, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const change = changeOf(asked, body.toString());
    if (change !== null) changes.push(change);
    const isCut = change !== null && changes.length === cut?.number;
    if (isCut && cut.when === 'before') {
      end();
      return void asked.socket.destroy();
    }
    const reply = await forward(target, asked, body).catch(() => null);
    if (isCut) end();
    if (isCut || reply === null) return void asked.socket.destroy();
    answer.writeHead(reply.status, reply.headers).end(reply.body);
  }

  return {
    env: Object.fromEntries(Object.entries(env).map(([name, url]) => [name, urls.get(url)!])),
    changes,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}

const reads = /^(Get|List|Describe|Simulate|Assume)/;

/** Null for a request that only reads. */
function changeOf({ method = '', url = '', headers }: IncomingMessage, body: string): string | null {
  const target = String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1)!;
  const operation = target === '' ? new URLSearchParams(body).get('Action') : target;
  if (operation !== null) return reads.test(operation) ? null : operation;
  return method === 'GET' || method === 'HEAD' ? null : `${method} ${url}`;
}

const forward = (
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> =>
  new Promise((done, failed) => {
    // The host as the program wrote it: it is signed, and moto takes a bucket's name from it.
    const sent = request(new URL(url ?? '/', target), { method, headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () =>
        done({ status: reply.statusCode ?? 500, headers: reply.headers, body: Buffer.concat(chunks) }),
      );
      reply.on('error', failed);
    });
    sent.on('error', failed);
    sent.end(body);
  });

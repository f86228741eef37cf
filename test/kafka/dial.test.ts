/** Connections through proxies: the way through, refusals, and no password in any error. */
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { proxyDialer } from '../../src/kafka/proxy-dialer.js';

const signal = AbortSignal.timeout(60_000);
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Says hello to everyone. */
const greeter = () => listen(createServer((socket) => socket.write('hello')));

const hello = (socket: Socket): Promise<string> =>
  new Promise((resolve) => void socket.once('data', (bytes) => (socket.destroy(), resolve(bytes.toString()))));

/** SOCKS5 with a user name and a password; `reply`: what it answers to the request. */
function socksProxy(reply = 0): Promise<number> {
  return listen(
    createServer((socket) => {
      socket.once('data', () => {
        socket.write(Buffer.from([5, 2]));
        socket.once('data', (login) => {
          const good = login.includes('user') && login.includes('pass:word');
          socket.write(Buffer.from([1, good ? 0 : 1]));
          socket.once('data', (request) => {
            const port = request.readUInt16BE(request.length - 2);
            socket.write(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]));
            if (reply === 0) connect(port, '127.0.0.1').pipe(socket);
          });
        });
      });
    }),
  );
}

/** An HTTP proxy with a user name and a password; `status`: what it answers. */
function httpProxy(status = 200): Promise<number> {
  const server = createHttpServer();
  server.on('connect', (request, socket) => {
    const expected = `Basic ${Buffer.from('user:pass:word').toString('base64')}`;
    const answer = request.headers['proxy-authorization'] === expected ? status : 407;
    socket.write(`HTTP/1.1 ${answer} Answer\r\n\r\n`);
    if (answer === 200) connect(Number(request.url!.split(':')[1]), '127.0.0.1').pipe(socket);
    else socket.end();
  });
  return listen(server);
}

const failure = (attempt: Promise<unknown>): Promise<Error & { label: string }> =>
  attempt.then(
    () => expect.unreachable(),
    (error: unknown) => error as Error & { label: string },
  );

describe.each([
  ['socks5', socksProxy],
  ['http', httpProxy],
] as const)('%s', (scheme, start) => {
  const through = async (port: number, password = 'pass%3Aword') =>
    proxyDialer(`${scheme}://user:${password}@127.0.0.1:${port}`);

  test('reaches a port by a name that only the proxy resolves', async () => {
    const dialer = await through(await start());
    expect(dialer.resolvesNames).toBe(true);
    expect(await hello(await dialer.connect('broker.test', await greeter(), signal))).toBe('hello');
  });

  test('a wrong password is not repeated in the error', async () => {
    const dialer = await through(await start(), 'secret');
    const error = await failure(dialer.connect('broker.test', 9092, signal));
    expect(error).toMatchObject({ name: 'ProxyUnusable', message: expect.stringContaining('rejects the user name') });
    expect(JSON.stringify([error.message, error.stack, error])).not.toContain('secret');
  });

  test('a proxy that is not there', async () => {
    const port = await start();
    for (const close of open.splice(0)) close();
    expect(await failure((await through(port)).connect('broker.test', 9092, signal))).toMatchObject({
      name: 'ProxyUnusable',
      label: 'ECONNREFUSED',
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  test('is left at the signal', async () => {
    const dialer = await through(await listen(createServer()));
    const controller = new AbortController();
    const attempt = dialer.connect('broker.test', 9092, controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(attempt).rejects.toThrow('enough');
  });
});

test.each([
  [socksProxy, 5, 'socks5', 'WireError', 'ECONNREFUSED'],
  [socksProxy, 4, 'socks5', 'WireError', 'EHOSTUNREACH'],
  [socksProxy, 2, 'socks5', 'ProxyUnusable', 'ECONNABORTED'],
  [httpProxy, 502, 'http', 'WireError', 'EHOSTUNREACH'],
  [httpProxy, 504, 'http', 'WireError', 'ETIMEDOUT'],
  [httpProxy, 403, 'http', 'ProxyUnusable', 'ECONNABORTED'],
] as const)('%o with reply %i', async (start, reply, scheme, name, label) => {
  const dialer = await proxyDialer(`${scheme}://user:pass%3Aword@127.0.0.1:${await start(reply)}`);
  expect(await failure(dialer.connect('broker.test', 9092, signal))).toMatchObject({ name, label });
});

test.each(['ftp://proxy', 'proxy:1080', '', 'socks5://user:secret@', 'http://proxy/path'])(
  '“%s” is refused',
  async (address) => {
    const error = await failure(proxyDialer(address));
    expect(error).toMatchObject({ name: 'UsageError' });
    expect(error.message).not.toContain('secret');
  },
);

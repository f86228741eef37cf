/** `--timeout` ends a command whose calls AWS never answers, however often memory is cleaned up meanwhile. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spawnProgram } from './program.js';

/** The SDK counts its attempts in this header: `attempt=1; max=5`. */
const attempts = new Set<string>();
const server = createServer((request) => {
  attempts.add(String(request.headers['amz-sdk-request']).split(';')[0]!);
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const collecting = `data:text/javascript,${encodeURIComponent('setInterval(gc, 50).unref()')}`;

test.each([
  { command: ['doctor'] },
  { command: ['list'] },
  {
    command: [
      'create',
      '--function',
      'order-handler',
      '--cluster',
      'orders-cluster',
      '--topic',
      'orders',
      '--starting-position',
      'LATEST',
      '--dry-run',
    ],
  },
])('$command.0 gives up before the first attempt is given up', async ({ command }) => {
  attempts.clear();
  const ran = await spawnProgram([...command, '--timeout', '2'], {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      NODE_OPTIONS: `--expose-gc --import ${collecting}`,
    },
  });
  expect(ran.exitCode).toBe(3);
  // A request has ten seconds of its own and is then made again: the limit came first.
  expect([...attempts].filter((attempt) => attempt !== 'attempt=1')).toEqual([]);
});

/** `event invoke` against an endpoint that answers as Lambda does. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildEvent } from '../../src/event/build-event.js';
import type { Io } from '../../src/cli/io.js';
import { runInProcess } from '../cli/in-process.js';

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** The connection is closed without an answer. */
  closes?: true;
}

let server: Server;
let invocations: { path: string; headers: IncomingMessage['headers']; body: string }[] = [];
let answer: Answer = {};
let configuration: Answer = {};

beforeAll(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const isInvocation = path.endsWith('/invocations');
      if (isInvocation)
        invocations.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      const { status = 200, headers = {}, body = 'null', closes } = isInvocation ? answer : configuration;
      if (closes === true) response.destroy();
      else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  invocations = [];
  [answer, configuration] = [{}, {}];
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

const event = buildEvent(
  [{ topic: 'orders', partition: 0, offset: 5, timestamp: 1, key: null, value: Buffer.from('é'), headers: [] }],
  { bootstrapServers: 'b:9092' },
);
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:handler';
const known = { body: JSON.stringify({ FunctionName: 'handler', FunctionArn: functionArn, Timeout: 3 }) };
const invoke = (...words: string[]) =>
  runInProcess(
    [
      'event',
      'invoke',
      'handler:live',
      '--event',
      '-',
      '--region',
      'eu-west-1',
      '--endpoint-url',
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ...words,
    ],
    {
      stdin: Readable.from([JSON.stringify(event)]) as unknown as Io['stdin'],
      env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    },
  );

test('one call with the event, and its response and log', async () => {
  configuration = known;
  const log = 'START RequestId: 1\nREPORT RequestId: 1\tDuration: 8.00 ms\n';
  answer = {
    headers: { 'x-amz-executed-version': '7', 'x-amz-log-result': Buffer.from(log).toString('base64') },
    body: '{"batchItemFailures":[{"itemIdentifier":{"partition":"orders-0","offset":5}}]}',
  };
  const { exitCode, stdout, stderr } = await invoke('--yes', '--output', 'json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'partial',
    changed: 1,
    function: 'handler:live',
    response: { statusCode: 200, executedVersion: '7', durationMs: 8, timeoutMs: 3000 },
    batchItemFailures: [{ partition: 'orders-0', offset: 5 }],
    log: log.trimEnd().split('\n'),
  });
  expect(invocations).toHaveLength(1);
  expect(JSON.parse(invocations[0]!.body)).toEqual(event);
  expect(decodeURIComponent(invocations[0]!.path)).toBe('/2015-03-31/functions/handler:live/invocations');
  expect(invocations[0]!.headers).toMatchObject({
    'x-amz-invocation-type': 'RequestResponse',
    'x-amz-log-type': 'Tail',
  });
});

test('a function error gives exit 1', async () => {
  configuration = known;
  answer = {
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: '{"errorType":"TypeError","errorMessage":"x is \\u001b[31mnot"}',
  };
  const { exitCode, stdout } = await invoke('--yes');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^✗ handler:live: failed in \d+ ms \(timeout 3 s\)\n/);
  expect(stdout).toContain(String.raw`TypeError: x is \e[31mnot`);
});

test('nothing is called with --dry-run, or without a terminal and --yes', async () => {
  configuration = known;
  expect(await invoke('--dry-run')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Dry run, nothing was called.') as string,
  });
  expect(await invoke()).toMatchObject({ exitCode: 2, stdout: '' });
  expect(invocations).toEqual([]);
});

test('credentials that may invoke need not read the function', async () => {
  configuration = { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{"Message":"no"}' };
  const { exitCode, stderr } = await invoke('--yes');
  expect(exitCode).toBe(0);
  expect(stderr).toContain('the timeout is not known: your credentials need lambda:GetFunctionConfiguration');
});

test.each<[string, Answer, string, string]>([
  [
    'denied',
    { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' }, body: '{"Message":"no"}' },
    'refused',
    'Your credentials need lambda:InvokeFunction.',
  ],
  [
    'throttled',
    { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: '{"Message":"Rate"}' },
    'refused',
    '',
  ],
  [
    'an error of Lambda',
    { status: 500, headers: { 'x-amzn-errortype': 'ServiceException' }, body: '{}' },
    'unknown',
    '',
  ],
  ['a closed connection', { closes: true }, 'unknown', ''],
])('%s: one call, exit 3', async (_, refusal, outcome, hint) => {
  configuration = known;
  answer = refusal;
  const { exitCode, stdout, stderr } = await invoke('--yes', '--output', 'json');
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ outcome, changed: 0, response: null });
  expect(stderr).toContain(hint);
  expect(invocations).toHaveLength(1);
});

test('a function that does not exist gives exit 2', async () => {
  configuration = {
    status: 404,
    headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
    body: '{"Message":"no"}',
  };
  const { exitCode, stderr } = await invoke('--yes');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Function not found in eu-west-1: handler:live.');
  expect(invocations).toEqual([]);
});

/** What is refused with the credentials quotes the request, and an unknown flag its value: neither is repeated. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Answerer } from '../../../src/account/clients.js';
import { commands } from '../../../src/cli/commands/index.js';
import type { AnyCommand } from '../../../src/cli/define-command.js';
import { serve } from '../account.js';
import { run } from '../program.js';

const token = `token-${randomUUID()}`;
const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
/** The token early and late: a cut at some length is no guard. */
const quotes = {
  early: `x-amz-security-token:${token} The request signature we calculated does not match the signature you provided.`,
  late: `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details. The Canonical String for this request should have been 'POST / content-type:application/x-amz-json-1.1 host:secretsmanager.eu-west-1.amazonaws.com x-amz-date:20260101T000000Z x-amz-security-token:${token}`,
  header: `Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 Credential=${token}/20260101`,
};
const names = [
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignatureException',
  'IncompleteSignature',
  'UnrecognizedClientException',
  'AccessDeniedException',
  'AuthorizationHeaderMalformed',
];

const leaves = (list: readonly AnyCommand[], before: string[] = []): { words: string[]; definition: AnyCommand }[] =>
  list.flatMap((definition) => {
    const words = [...before, definition.name];
    return [
      ...(definition.load === undefined ? [] : [{ words, definition }]),
      ...leaves(definition.commands ?? [], words),
    ];
  });
const all = leaves(commands);

/** How far each command is called: to its first call of AWS at least. Those that make none are left out. */
const calls: Record<string, string[]> = {
  doctor: [uuid],
  broker: [uuid],
  network: [uuid],
  inspect: [uuid],
  list: [],
  policy: [uuid],
  snapshot: [uuid],
  create: [
    '--function',
    'order-handler',
    '--cluster',
    'orders-cluster',
    '--topic',
    't',
    '--starting-position',
    'LATEST',
    '--yes',
  ],
  update: [uuid, '--batch-size', '7', '--yes'],
  enable: [uuid, '--yes'],
  disable: [uuid, '--yes'],
  delete: [uuid, '--yes'],
  recreate: [uuid, '--topic', 'payments', '--yes'],
  'topic list': ['orders-cluster'],
  'topic create': ['orders-cluster', '--topic', 'x', '--partitions', '1', '--replication-factor', '1', '--yes'],
  'secret check': ['AmazonMSK_orders'],
};

/** A sandbox account that refuses these calls, all of them where none is named. */
const refusing = (name: string, message: string, operation?: string) =>
  serve('nat', undefined, (answer): Answerer => (call) => {
    if (operation !== undefined && call.operation !== operation) return answer(call);
    throw Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 403 } });
  });

describe.each(Object.keys(calls))('%s', (name) => {
  test.each(Object.entries(quotes))('with the token %s in the refusal', async (_, message) => {
    for (const [index, error] of names.slice(0, message === quotes.early ? undefined : 2).entries()) {
      const account = await refusing(error, message);
      for (const format of index === 0 ? [[], ['--output', 'json'], ['--debug']] : [['--output', 'json']]) {
        const { stdout, stderr, exitCode } = await run([...name.split(' '), ...calls[name]!, ...format], {
          env: { AWS_SESSION_TOKEN: token, AWS_ENDPOINT_URL: account.double.url },
        });
        expect(stdout + stderr).not.toContain(token);
        expect(exitCode).not.toBe(0);
      }
    }
  });
});

/** Commands whose reads are answered, and whose change is refused. */
test.each([
  { operation: 'UpdateEventSourceMapping', words: ['update', uuid, '--batch-size', '7'] },
  { operation: 'UpdateEventSourceMapping', words: ['disable', uuid] },
  { operation: 'DeleteEventSourceMapping', words: ['delete', uuid] },
  { operation: 'DeleteEventSourceMapping', words: ['recreate', uuid, '--topic', 'payments', '--force'] },
  {
    operation: 'CreateEventSourceMapping',
    words: [
      'create',
      '--function',
      'order-handler',
      '--cluster',
      'orders-cluster',
      '--topic',
      'payments',
      '--starting-position',
      'LATEST',
      '--force',
    ],
  },
])('$operation is refused: $words', async ({ operation, words }) => {
  for (const message of Object.values(quotes))
    for (const name of names.slice(0, message === quotes.early ? undefined : 2)) {
      const account = await refusing(name, message, operation);
      for (const format of [[], ['--output', 'json']]) {
        const { stdout, stderr, exitCode } = await account.run(...words, '--yes', '--no-wait', ...format);
        expect(stdout + stderr).not.toContain(token);
        expect(stdout + stderr).toContain(name);
        expect(exitCode).not.toBe(0);
      }
    }
});

test.each(all.map(({ words }) => [words.join(' '), words] as const))('%s: an unknown flag', async (_, words) => {
  const value = randomUUID();
  for (const flag of [
    `--passwrod=${value}`,
    `--password-stdinn=${value}`,
    `--outputt=${value}`,
    `-p${value}`,
    `-z${value}`,
    `--no-such=${value}=${value}`,
  ]) {
    const { stdout, stderr, exitCode } = await run([...words, flag]);
    expect(stdout + stderr).not.toContain(value);
    expect(stderr).toContain(`'${flag.startsWith('--') ? flag.split('=')[0]! : flag.slice(0, 2)}'`);
    expect(exitCode).toBe(2);
  }
});

test('the flag that was meant is still suggested', async () => {
  const { stderr } = await run(['list', '--regoin=eu-west-1']);
  expect(stderr).toContain("unknown option '--regoin'");
  expect(stderr).toContain('--region');
});

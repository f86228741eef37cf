/** Wrong usage of `probe` is exit code 2, names what to change, and sends nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-probe-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text, { mode: 0o600 });
  return join(folder, name);
};
const password = 'Password-that-must-not-be-shown';
const user = file('user.json', JSON.stringify({ username: 'alice', password }));
const notJson = file('text.json', `username=alice password=${password}`);
const list = file('list.json', JSON.stringify([password]));
const both = file('both.json', JSON.stringify({ username: 'alice', password, certificate: 'c', privateKey: 'k' }));
const noPem = file('ca.pem', 'not a certificate');

let connections = 0;
const server = createServer((socket) => {
  connections++;
  socket.destroy();
});
beforeAll(() => new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening)));
afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});
const here = (): string => `127.0.0.1:${(server.address() as AddressInfo).port}`;

const refused: [what: string, words: () => string[], message: RegExp][] = [
  ['no target', () => [], /missing argument/],
  ['a target and addresses', () => ['orders', '--bootstrap', here()], /exclude each other/],
  ['an address without a port', () => ['--bootstrap', 'b-1.example', '--auth', 'tls'], /not a bootstrap address/],
  ['a port that is no number', () => ['--bootstrap', 'b-1:kafka', '--auth', 'tls'], /not a bootstrap address/],
  ['port 0', () => ['--bootstrap', 'b-1:0', '--auth', 'tls'], /not a bootstrap address/],
  ['port 65536', () => ['--bootstrap', `${here()},b-2:65536`, '--auth', 'tls'], /“b-2:65536”/],
  ['an address with a scheme', () => ['--bootstrap', 'https://b-1:9094', '--auth', 'tls'], /not a bootstrap address/],
  ['an empty list', () => ['--bootstrap', ' , ', '--auth', 'tls'], /has no address/],
  ['a blank in a host', () => ['--bootstrap', 'b 1:9094', '--auth', 'tls'], /not a bootstrap address/],
  ['a port that shows no method', () => ['--bootstrap', here()], /--auth/],
  ['a port of a VPC connection', () => ['--bootstrap', 'b-1:14001'], /--auth/],
  ['ports of two methods', () => ['--bootstrap', 'b-1:9092,b-1:9098'], /--auth/],
  ['SASL/SCRAM without a secret', () => ['--bootstrap', here(), '--auth', 'scram'], /--secret-file/],
  ['the port of SASL/SCRAM without a secret', () => ['--bootstrap', 'b-1:9096'], /--secret-file/],
  ['mutual TLS without a secret', () => ['--bootstrap', here(), '--auth', 'mtls'], /--secret-file/],
  ['a secret for TLS', () => ['--bootstrap', here(), '--auth', 'tls', '--secret-file', user], /uses no secret/],
  ['a secret on the port of another method', () => ['--bootstrap', 'b-1:9098', '--secret-file', user], /--auth/],
  ['a secret of both kinds', () => ['--bootstrap', here(), '--secret-file', both], /--auth/],
  [
    'a secret file that is missing',
    () => ['--bootstrap', here(), '--secret-file', join(folder, 'none')],
    /file not found/,
  ],
  ['a secret file that is a folder', () => ['--bootstrap', here(), '--secret-file', folder], /cannot read/],
  [
    'a secret file that is not JSON',
    () => ['--bootstrap', here(), '--auth', 'scram', '--secret-file', notJson],
    /not a JSON object/,
  ],
  [
    'a secret file with a list',
    () => ['--bootstrap', here(), '--auth', 'scram', '--secret-file', list],
    /not a JSON object/,
  ],
  ['two secrets', () => ['--bootstrap', here(), '--secret', 'a', '--secret-file', user], /cannot be used with/],
  [
    'an authority without a certificate',
    () => ['--bootstrap', here(), '--auth', 'tls', '--ca-file', noPem],
    /no PEM certificate/,
  ],
  [
    'an authority that is missing',
    () => ['--bootstrap', here(), '--auth', 'tls', '--ca-file', join(folder, 'none')],
    /file not found/,
  ],
  [
    'a role without IAM',
    () => ['--bootstrap', here(), '--auth', 'tls', '--assume-role', 'arn:aws:iam::111122223333:role/a'],
    /--assume-role is for IAM/,
  ],
  [
    'a role that is no ARN',
    () => ['--bootstrap', here(), '--auth', 'iam', '--assume-role', 'order-role'],
    /not the ARN of a role/,
  ],
  [
    'a topic that Kafka refuses',
    () => ['--bootstrap', here(), '--auth', 'tls', '--topic', 'a b'],
    /not a valid topic name/,
  ],
  ['an empty group', () => ['--bootstrap', here(), '--auth', 'tls', '--group', ''], /--group is empty/],
  [
    'a record without a topic',
    () => ['--bootstrap', here(), '--auth', 'tls', '--show-record'],
    /--show-record needs --topic/,
  ],
  [
    'a proxy of another scheme',
    () => ['--bootstrap', here(), '--auth', 'tls', '--via', 'ftp://proxy:21'],
    /proxy is not valid/,
  ],
  ['a limit of 0', () => ['--bootstrap', here(), '--auth', 'tls', '--step-timeout', '0'], /greater than 0/],
  ['an unknown method', () => ['--bootstrap', here(), '--auth', 'plain'], /Allowed choices/],
];

describe('wrong usage', () => {
  test.each(refused)('%s', async (_, words, message) => {
    const { exitCode, stdout, stderr } = await runInProcess(['probe', ...words(), '--output', 'json']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain(password);
    expect([exitCode, stdout]).toEqual([2, '']);
  });
  test('no connection was opened', () => expect(connections).toBe(0));
});

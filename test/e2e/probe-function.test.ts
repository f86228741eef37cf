/** The zip that Lambda receives, unpacked and run by Node as Lambda would run it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RemoteAnswer, RemoteEvent } from '../../src/probe/function/remote-event.js';
import { functionZip } from '../../src/remote/function-code.js';
import { makeAuthority, makeIdentity } from '../kafka/support/certificates.js';
import { group, startCluster, topic, type Cluster } from '../probe/support/cluster.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-function-'));
const authority = makeAuthority();
const identity = makeIdentity(authority, { name: 'localhost', hosts: ['127.0.0.1'] });
const [password, secretKey] = ['Canary-password-17', 'Canary-key-17'];
const open: { stop(): Promise<unknown> }[] = [];
let secret = { status: 200, body: '{}' };
let secrets: Server;
const requests: { target: unknown; authorization: unknown; body: string }[] = [];

beforeAll(async () => {
  const zip = await functionZip();
  writeFileSync(join(folder, 'index.mjs'), unzip(zip));
  writeFileSync(join(folder, 'ca.pem'), authority.certificate);
  secrets = createServer({ cert: identity.certificate, key: identity.privateKey }, (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const { 'x-amz-target': target, authorization } = request.headers;
      requests.push({ target, authorization, body });
      response.writeHead(secret.status).end(secret.body);
    });
  });
  await new Promise<void>((done) => secrets.listen(0, '127.0.0.1', done));
});
afterEach(() => Promise.all(open.splice(0).map((each) => each.stop())));
afterAll(() => {
  secrets.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The only file of the archive, by its central directory. */
function unzip(zip: Buffer): Buffer {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  expect(zip.readUInt16LE(end + 10)).toBe(1);
  const entry = zip.readUInt32LE(end + 16);
  const [packed, size] = [zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 24)];
  expect(zip.toString('latin1', entry + 46, entry + 46 + zip.readUInt16LE(entry + 28))).toBe('index.mjs');
  const local = zip.readUInt32LE(entry + 42);
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const content = inflateRawSync(zip.subarray(from, from + packed));
  expect([content.length, crc32(content)]).toEqual([size, zip.readUInt32LE(entry + 16)]);
  return content;
}

/** The handler in a process of its own, with the environment that Lambda gives and no other. */
async function invoke(event: RemoteEvent): Promise<{ answer: RemoteAnswer; output: string }> {
  const program = `import(${JSON.stringify(pathToFileURL(join(folder, 'index.mjs')).href)}).then(async ({ handler }) => {
    let text = '';
    for await (const part of process.stdin) text += part;
    process.send(await handler(JSON.parse(text)));
    process.disconnect();
  });`;
  const child = spawn(process.execPath, ['--eval', program], {
    cwd: folder,
    env: {
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_SESSION_TOKEN: 'session',
    },
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (part: Buffer) => (output += String(part)));
  const answered = new Promise<RemoteAnswer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as RemoteAnswer));
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const closed = new Promise((done) => child.once('close', done));
  child.stdin!.end(JSON.stringify(event));
  const answer = await answered;
  await closed;
  return { answer, output };
}

const eventFor = (cluster: Pick<Cluster, 'bootstrap'>, login: RemoteEvent['login']): RemoteEvent => ({
  probe: {
    bootstrap: cluster.bootstrap,
    auth: login.kind === 'none' ? 'plaintext' : 'scram',
    certificateAuthority: authority.certificate,
    topic,
    group,
    limits: { step: 60_000, whole: 120_000 },
    showRecord: false,
  },
  login,
  services: [
    { service: 'sts', host: 'localhost', port: (secrets.address() as AddressInfo).port },
    { service: 'lambda', host: 'no-such-host.invalid', port: 443 },
  ],
});

async function start(options: Parameters<typeof startCluster>[0] = {}): Promise<Cluster> {
  const cluster = await startCluster(options);
  open.push(cluster);
  return cluster;
}

const secretLogin = (): RemoteEvent['login'] => ({
  kind: 'secret',
  method: 'scram',
  id: 'AmazonMSK_orders',
  region: 'eu-west-1',
  address: { service: 'secretsmanager', host: 'localhost', port: (secrets.address() as AddressInfo).port },
});

test('reaches the brokers, and says which services it reached', async () => {
  const { answer, output } = await invoke(eventFor(await start({ brokers: 2 }), { kind: 'none' }));
  expect(answer.result?.verdict).toBe('reaches');
  expect(answer.secret).toBeNull();
  expect(answer.services).toMatchObject([
    { service: 'sts', status: 'ok', step: null },
    { service: 'lambda', status: 'failed', step: 'dns' },
  ]);
  expect(output).toBe('');
});

test('a refusal of the secret is an answer, and nothing was sent to the brokers', async () => {
  const cluster = await start();
  secret = {
    status: 400,
    body: JSON.stringify({
      __type: 'AccessDeniedException',
      Message: 'not authorized to perform: secretsmanager:GetSecretValue',
    }),
  };
  const { answer } = await invoke(eventFor(cluster, secretLogin()));
  expect(answer.result).toBeNull();
  expect(answer.secret).toEqual({
    name: 'AccessDeniedException',
    because: 'not authorized to perform: secretsmanager:GetSecretValue',
    answered: true,
  });
  expect(cluster.brokers[0]!.asked).toEqual([]);
  expect(requests.at(-1)).toMatchObject({
    target: 'secretsmanager.GetSecretValue',
    authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//) as string,
    body: '{"SecretId":"AmazonMSK_orders"}',
  });
});

test('the login of the secret is used, and no secret value comes back', async () => {
  const cluster = await start({ tls: { cert: identity.certificate, key: identity.privateKey } });
  secret = { status: 200, body: JSON.stringify({ SecretString: JSON.stringify({ username: 'orders', password }) }) };
  const { answer, output } = await invoke(eventFor(cluster, secretLogin()));
  expect(answer.secret).toBeNull();
  expect(answer.result?.facts.principal).toBe('User:orders');
  expect(answer.result?.stoppedAt?.step).toBe('sasl');
  for (const text of [JSON.stringify(answer), output]) {
    expect(text).not.toContain(password);
    expect(text).not.toContain(secretKey);
  }
});

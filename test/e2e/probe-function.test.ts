/** The zip that Lambda receives, unpacked and run by Node as Lambda would run it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RemoteEvent } from '../../src/probe/function/remote-event.js';
import { makeAuthority, makeIdentity } from '../kafka/support/certificates.js';
import { group, startCluster, topic, type Cluster } from '../probe/support/cluster.js';
import { invokeUnpacked, unpackFunction } from '../probe/support/unpacked-function.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-function-'));
const authority = makeAuthority();
const identity = makeIdentity(authority, { name: 'localhost', hosts: ['127.0.0.1'] });
const [password, secretKey] = ['Canary-password-17', 'Canary-key-17'];
const environment = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: secretKey,
  AWS_SESSION_TOKEN: 'session',
};
const open: { stop(): Promise<unknown> }[] = [];
let secret = { status: 200, body: '{}' };
let secrets: Server;
const requests: { target: unknown; authorization: unknown; body: string }[] = [];

beforeAll(async () => {
  await unpackFunction(folder, authority.certificate);
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
  const { answer, output } = await invokeUnpacked(
    folder,
    environment,
    eventFor(await start({ brokers: 2 }), { kind: 'none' }),
  );
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
  const { answer } = await invokeUnpacked(folder, environment, eventFor(cluster, secretLogin()));
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
  const { answer, output } = await invokeUnpacked(folder, environment, eventFor(cluster, secretLogin()));
  expect(answer.secret).toBeNull();
  expect(answer.result?.facts.principal).toBe('User:orders');
  expect(answer.result?.stoppedAt?.step).toBe('sasl');
  for (const text of [JSON.stringify(answer), output]) {
    expect(text).not.toContain(password);
    expect(text).not.toContain(secretKey);
  }
});

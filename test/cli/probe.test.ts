/** `probe` against a broker in this process: verdicts, exit codes, formats, and what is never sent or shown. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ProbeDocument } from '../../src/report/documents/probe.js';
import { openAccount } from '../../src/sandbox/index.js';
import { makeAuthority, makeIdentity } from '../kafka/support/certificates.js';
import { offer, ScriptedBroker, type Answers } from '../kafka/support/scripted-broker.js';
import { startDouble } from '../wire/double.js';
import { uuid } from '../accounts/account.js';
import { runInProcess } from './in-process.js';

const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-probe-'));
const password = 'Canary-password-1';
const file = (name: string, content: object | string): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
  return path;
};
const authority = makeAuthority();
const serverIdentity = makeIdentity(authority, { name: 'localhost', hosts: ['127.0.0.1'] });
const caFile = file('ca.pem', authority.certificate);

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((each) => each.stop()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The cluster of one broker with one topic. */
const alone: Answers = {
  apiVersions: offer(),
  metadata: ({ broker, request: { topics } }) => ({
    throttleTimeMs: 0,
    brokers: [{ nodeId: 1, host: '127.0.0.1', port: broker.port, rack: null }],
    clusterId: 'a',
    controllerId: 1,
    topics: (topics ?? []).map(({ name }) => ({
      errorCode: name === 'orders' ? 0 : 3,
      name,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: 0,
    })),
    clusterAuthorizedOperations: 0,
  }),
};

async function start(answers: Answers = alone, secure = false): Promise<ScriptedBroker> {
  const broker = await ScriptedBroker.start({
    answers,
    ...(secure ? { tls: { cert: serverIdentity.certificate, key: serverIdentity.privateKey } } : {}),
  });
  open.push(broker);
  return broker;
}

async function probe(broker: Pick<ScriptedBroker, 'port'>, ...words: string[]) {
  const line = ['probe', '--bootstrap', `127.0.0.1:${broker.port}`, ...words, '--output', 'json'];
  const { exitCode, stdout, stderr } = await runInProcess(line);
  return { exitCode, stderr, stdout, document: JSON.parse(stdout) as ProbeDocument };
}

const failing = ({ findings }: ProbeDocument): string[] =>
  findings.flatMap(({ check, status }) => (status === 'fail' ? [check] : []));

describe('plaintext', () => {
  test('reaches: exit code 0, every step with its time, no finding', async () => {
    const broker = await start();
    const { exitCode, document } = await probe(broker, '--auth', 'plaintext');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      schemaVersion: 1,
      // oxlint-disable-next-line id-denylist -- the contract's name
      from: { place: 'here', subnet: null },
      auth: 'plaintext',
      verdict: 'reaches',
      stoppedAt: null,
      topic: null,
      group: null,
      findings: [],
      wouldShow: null,
    });
    expect(document.brokers[0]!.steps.filter(({ status }) => status === 'ok').map(({ step }) => step)).toEqual(
      expect.arrayContaining(['tcp', 'api-versions', 'metadata']),
    );
  });

  test('a missing topic: exit code 1, with the check and the text of Lambda', async () => {
    const { exitCode, document } = await probe(await start(), '--auth', 'plaintext', '--topic', 'missing');
    expect([exitCode, document.verdict, failing(document)]).toEqual([1, 'blocked', ['cluster.topic']]);
    expect(document.stoppedAt).toMatchObject({ step: 'topic', code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION' });
    expect(document.wouldShow).toMatch(/^PROBLEM: Connection error/);
  });

  test('a port where nothing listens', async () => {
    const broker = await start();
    const { port } = broker;
    await broker.stop();
    const { exitCode, document } = await probe({ port }, '--auth', 'plaintext');
    expect([exitCode, failing(document), document.stoppedAt?.step]).toEqual([1, ['cluster.broker'], 'tcp']);
  });

  test('a web server', async () => {
    const server: Server = createServer(
      (socket) =>
        void socket
          .resume()
          .on('error', () => {})
          .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    open.push({ stop: () => new Promise((closed) => server.close(() => closed())) });
    const { document } = await probe(server.address() as AddressInfo, '--auth', 'plaintext');
    expect(document.stoppedAt).toMatchObject({ code: null, name: 'NOT_KAFKA' });
    expect(document.findings[0]).toMatchObject({ check: 'cluster.broker', status: 'fail' });
    expect(document.findings[0]!.title).toContain('HTTP');
  });

  test('text: the first line has verdict, cause and place; --quiet only the verdict', async () => {
    const broker = await start();
    const line = ['probe', '--bootstrap', `127.0.0.1:${broker.port}`, '--auth', 'plaintext', '--topic', 'missing'];
    const { stdout } = await runInProcess(line);
    expect(stdout.split('\n\n')[0]!.replaceAll(/\s+/g, ' ')).toMatch(
      /^✗ 127\.0\.0\.1:\d+: topic missing does not exist \(UNKNOWN_TOPIC_OR_PARTITION at step topic\), from this machine$/,
    );
    expect(stdout).toContain('Lambda would show: PROBLEM: Connection error');
    const quiet = await runInProcess([...line, '--quiet']);
    expect(quiet.stdout).toBe(`blocked topic UNKNOWN_TOPIC_OR_PARTITION 127.0.0.1:${broker.port}\n`);
  });

  test('Ctrl-C: exit code 130', async () => {
    const controller = new AbortController();
    const broker = await start({
      apiVersions: () => {
        controller.abort();
        return 'silence';
      },
    });
    const { exitCode, stdout } = await runInProcess(
      ['probe', '--bootstrap', `127.0.0.1:${broker.port}`, '--auth', 'plaintext'],
      { signal: controller.signal },
    );
    expect([exitCode, stdout]).toEqual([130, '']);
  });
});

describe('SASL/SCRAM', () => {
  const refusing: Answers = {
    ...alone,
    saslHandshake: () => ({ errorCode: 0, mechanisms: ['SCRAM-SHA-512'] }),
    saslAuthenticate: () => ({
      errorCode: 58,
      errorMessage: `no user with ${password}`,
      authBytes: Buffer.alloc(0),
      sessionLifetimeMs: 0,
    }),
  };
  const user = file('user.json', { username: 'alice', password });

  test('a refused password: one attempt, no AWS call, and the password is nowhere', async () => {
    let asked = 0;
    const aws = createServer((socket) => {
      asked++;
      socket.destroy();
    });
    await new Promise<void>((listening) => void aws.listen(0, '127.0.0.1', listening));
    open.push({ stop: () => new Promise((closed) => aws.close(() => closed())) });
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(aws.address() as AddressInfo).port}`);
    const broker = await start(refusing, true);
    const { exitCode, document, stdout, stderr } = await probe(broker, '--secret-file', user, '--ca-file', caFile);
    expect([exitCode, document.auth, failing(document)]).toEqual([1, 'scram', ['secret.scram']]);
    expect(document.stoppedAt).toMatchObject({ step: 'sasl', code: 58 });
    expect(document.wouldShow).toBe('PROBLEM: SASL authentication failed.');
    expect(broker.count('SaslAuthenticate')).toBe(1);
    expect(stdout + stderr).not.toContain(password);
    expect(asked).toBe(0);
  });

  test('a secret without a password: no authentication request is sent', async () => {
    const broker = await start(refusing, true);
    const secret = file('no-password.json', { username: 'alice' });
    const { exitCode, document } = await probe(broker, '--auth', 'scram', '--secret-file', secret, '--ca-file', caFile);
    expect([exitCode, failing(document), document.stoppedAt?.step]).toEqual([1, ['secret.scram'], 'sasl']);
    expect(broker.count('SaslAuthenticate')).toBe(0);
  });

  test('a mechanism that the listener does not offer: the offered ones are named', async () => {
    const answers: Answers = { ...alone, saslHandshake: () => ({ errorCode: 33, mechanisms: ['AWS_MSK_IAM'] }) };
    const { document } = await probe(await start(answers, true), '--secret-file', user, '--ca-file', caFile);
    expect(failing(document)).toEqual(['cluster.auth']);
    expect(document.findings[0]!.title).toContain('AWS_MSK_IAM');
  });

  test('a broker that is not trusted names --ca-file, and receives no login', async () => {
    const broker = await start(refusing, true);
    const { document } = await probe(broker, '--secret-file', user);
    expect([failing(document), document.stoppedAt?.step]).toEqual([['cluster.broker'], 'tls']);
    expect(document.wouldShow).toBe('PROBLEM: Lambda failed to authenticate server.');
    expect(JSON.stringify(document.findings)).toContain('--ca-file');
    expect(broker.asked).toEqual([]);
  });
});

describe('mutual TLS', () => {
  test('a PBES2 key: Lambda cannot use it, although the probe can', async () => {
    const identity = makeIdentity(authority, { name: 'client' });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password });
    const secret = file('pbes2.json', {
      certificate: identity.certificate,
      privateKey: encrypted,
      privateKeyPassword: password,
    });
    const { exitCode, document, stdout } = await probe(
      await start(alone, true),
      '--secret-file',
      secret,
      '--ca-file',
      caFile,
    );
    expect([exitCode, document.stoppedAt?.step]).toEqual([1, 'client-certificate']);
    expect(failing(document)).toContain('secret.private-key');
    expect(document.wouldShow).toContain('Provided certificate or private key is invalid');
    expect(stdout).not.toContain(password);
  });
});

describe('a mapping', () => {
  let url: string;
  let port: number;
  let double: Awaited<ReturnType<typeof startDouble>>;
  beforeAll(async () => {
    const account = openAccount('plaintext')!;
    double = await startDouble(async (call) =>
      call.operation === 'GetBootstrapBrokers'
        ? { BootstrapBrokerString: `127.0.0.1:${port}` }
        : ((await account.answer(call)) as object),
    );
    ({ url } = double);
  });
  afterAll(() => double.close());
  const stub = (): void => {
    for (const [name, value] of Object.entries({
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'made-up',
      AWS_SECRET_ACCESS_KEY: 'made-up',
      AWS_REGION: 'eu-west-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nonexistent',
      AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    }))
      vi.stubEnv(name, value);
  };
  const env = {
    AWS_ENDPOINT_URL: '',
    AWS_ACCESS_KEY_ID: 'made-up',
    AWS_SECRET_ACCESS_KEY: 'made-up',
    AWS_REGION: 'eu-west-1',
  };

  test.each([uuid, 'order-handler', 'orders-cluster'])('%s: its brokers and its login', async (target) => {
    stub();
    ({ port } = await start());
    const { exitCode, stdout, stderr } = await runInProcess(['probe', target, '--output', 'json'], { env });
    const document = JSON.parse(stdout) as ProbeDocument;
    expect(document, stderr).toMatchObject({ auth: 'plaintext', brokers: [{ address: `127.0.0.1:${port}` }] });
    expect(document.topic?.name ?? null).toBe(target === 'orders-cluster' ? null : 'orders');
    expect(exitCode).toBe(target === 'orders-cluster' ? 0 : 1);
  });

  test('one that does not exist: exit code 2', async () => {
    stub();
    const { exitCode, stderr } = await runInProcess(['probe', 'nothing-of-this-name'], { env });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('nothing-of-this-name')]);
  });

  test('doctor --probe: the topic that the broker does not have is the cause', async () => {
    stub();
    ({ port } = await start({
      ...alone,
      metadata: async (asked) => {
        const answer = (await alone.metadata!(asked)) as Exclude<
          Awaited<ReturnType<NonNullable<Answers['metadata']>>>,
          'silence'
        >;
        return { ...answer, topics: answer.topics.map((topic) => ({ ...topic, errorCode: 3 })) };
      },
    }));
    const { exitCode, stdout } = await runInProcess(['doctor', uuid, '--probe', '--output', 'json'], { env });
    const [mapping] = (
      JSON.parse(stdout) as {
        mappings: { verdict: string; findings: { check: string; status: string }[]; hints: string[] }[];
      }
    ).mappings;
    const topic = mapping!.findings.find(({ check }) => check === 'cluster.topic')!;
    expect(['fail', 'warn']).toContain(topic.status);
    expect([0, 1]).toContain(exitCode);
    expect(mapping!.hints.join('\n')).toContain('from this machine');
  });

  test('doctor --probe: a broker that this machine does not reach changes nothing', async () => {
    stub();
    const broker = await start();
    ({ port } = broker);
    await broker.stop();
    const read = async (...words: string[]) =>
      (
        JSON.parse((await runInProcess(['doctor', uuid, ...words, '--output', 'json'], { env })).stdout) as {
          mappings: { verdict: string; findings: unknown[]; hints: string[] }[];
        }
      ).mappings[0]!;
    const [before, after] = [await read(), await read('--probe')];
    expect([after.verdict, after.findings]).toEqual([before.verdict, before.findings]);
    expect(after.hints.at(-1)).toContain('This says nothing about the pollers');
    const through = await read('--probe', '--via', 'socks5://127.0.0.1:1');
    expect(through.findings).toEqual(before.findings);
    expect(through.hints.at(-1)).toMatch(/proxy/i);
  });
});

/** The built command against real brokers: exit codes, the document, what it shows and what it never shows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spawnProgram, type Ran } from '../../e2e/program.js';
import { leftOut } from '../left-out.js';
import { clientIdentities, clientPrincipal, serverAuthority } from './certificates.js';
import { missingTool } from './class-path.js';
import { healthyRules } from './faults.js';
import type { Listener } from './properties.js';
import { startKafka, type RealKafka } from './real-kafka.js';

interface Document {
  verdict: string;
  stoppedAt: { step: string; code: number | null; name: string } | null;
  findings: { check: string; status: string; title: string; fixes: { title: string; commands?: string[] }[] }[];
  topic: { partitions: { offsets: { first: number; last: number } }[] } | null;
  wouldShow: string | null;
}

describe.skipIf(leftOut('the command probe against brokers', missingTool()))('probe', () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka();
    await kafka.createTopic('orders', 3);
    await kafka.produce('orders', 0, [{ key: 'key', value: 'content of the record', headers: { source: 'shop' } }]);
    // Otherwise the first probe of a new cluster says that it made the broker create __consumer_offsets.
    await kafka.commit('order-ready', 'orders', [0, 0, 0]);
    for (const principal of ['User:orders', 'User:ANONYMOUS', clientPrincipal, `User:${kafka.key.arn}`])
      await kafka.allow(...healthyRules(principal));
    file('authority.pem', serverAuthority.pem);
  });
  afterAll(() => kafka?.end());

  const file = (name: string, text: string): string => {
    const path = join(kafka.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };

  /** The command on a listener, with the content of a secret. */
  function probe(auth: string, listener: Listener, secret: object | null, ...more: string[]): Promise<Ran> {
    const words = ['probe', '--bootstrap', `localhost:${kafka.port(listener)}`, '--auth', auth];
    return spawnProgram(
      [
        ...words,
        ...(auth === 'plaintext' ? [] : ['--ca-file', join(kafka.folder, 'authority.pem')]),
        ...(secret === null ? [] : ['--secret-file', file('secret.json', JSON.stringify(secret))]),
        '--topic',
        'orders',
        '--group',
        'order-readers',
        ...more,
      ],
      {
        env: {
          AWS_ACCESS_KEY_ID: kafka.key.accessKeyId,
          AWS_SECRET_ACCESS_KEY: kafka.key.secretAccessKey,
          AWS_SESSION_TOKEN: kafka.key.sessionToken ?? '',
          AWS_REGION: 'eu-west-1',
          // No service of AWS may be needed.
          AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        },
      },
    );
  }

  const json = ['--output', 'json'];
  const documentOf = ({ stdout }: Ran): Document => JSON.parse(stdout) as Document;

  /** Neither result nor progress shows a secret value. */
  function keepsSecrets({ stdout, stderr }: Ran): void {
    const { orders, guest } = kafka.users;
    const { secretAccessKey, sessionToken } = kafka.key;
    for (const value of [orders.password, guest.password, secretAccessKey, sessionToken!, 'PRIVATE KEY'])
      expect(stdout + stderr).not.toContain(value);
  }

  const secretOf = (auth: string): object | null => {
    if (auth === 'scram') return kafka.users.orders;
    return auth === 'mtls' ? clientIdentities.trusted : null;
  };

  test.each<[string, Listener]>([
    ['plaintext', 'PLAINTEXT'],
    ['tls', 'TLS'],
    ['mtls', 'MTLS'],
    ['scram', 'SCRAM'],
    ['iam', 'IAM'],
  ])('%s reaches', async (auth, listener) => {
    const ran = await probe(auth, listener, secretOf(auth), ...json);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(documentOf(ran)).toMatchObject({ verdict: 'reaches', stoppedAt: null, wouldShow: null });
    expect(documentOf(ran).topic?.partitions[0]).toMatchObject({ offsets: { first: 0, last: 1 } });
    keepsSecrets(ran);
  });

  test('the content of the record only where it is asked for', async () => {
    expect((await probe('plaintext', 'PLAINTEXT', null)).stdout).not.toContain('content of the record');
    expect((await probe('plaintext', 'PLAINTEXT', null, '--show-record')).stdout).toContain('content of the record');
  });

  test('a wrong password: exit 1, the check, and what Lambda would show', async () => {
    const wrong = { ...kafka.users.orders, password: kafka.users.guest.password };
    const ran = await probe('scram', 'SCRAM', wrong, ...json);
    expect(ran.exitCode).toBe(1);
    const { stoppedAt, findings, wouldShow } = documentOf(ran);
    expect(stoppedAt).toMatchObject({ step: 'sasl', code: 58, name: 'SASL_AUTHENTICATION_FAILED' });
    expect(findings.find(({ status }) => status === 'fail')?.check).toBe('secret.scram');
    expect(wouldShow).toContain('SASL authentication failed');
    keepsSecrets(ran);
    keepsSecrets(await probe('scram', 'SCRAM', wrong));
  });

  test('a secret without a password sends no login', async () => {
    const before = await kafka.logins('SCRAM');
    const ran = await probe('scram', 'SCRAM', { username: 'orders' }, ...json);
    expect(ran.exitCode).toBe(1);
    expect(documentOf(ran)).toMatchObject({ verdict: 'blocked', stoppedAt: { step: 'sasl' } });
    expect(documentOf(ran).findings.find(({ status }) => status === 'fail')?.check).toBe('secret.scram');
    expect(await kafka.logins('SCRAM')).toMatchObject({ accepted: before.accepted, refused: before.refused });
  });

  test('a missing ACL: the command names the principal as Kafka knows it', async () => {
    const ran = await probe('mtls', 'MTLS', clientIdentities.unknown);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('User:CN=unknown');
    expect(ran.stdout).toMatch(/kafka-acls.* --add --allow-principal/u);
  });

  test('an authority that Node does not trust: the flag is named', async () => {
    const words = ['probe', '--bootstrap', `localhost:${kafka.port('TLS')}`, '--auth', 'tls', '--topic', 'orders'];
    const ran = await spawnProgram(words);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('--ca-file');
    expect(ran.stdout).toContain('Lambda failed to authenticate server');
  });
});

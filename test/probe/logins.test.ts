/** Logins of the probe: TLS and client certificates, SCRAM, IAM, and that a refused login is tried once on the whole cluster. */
import type * as tls from 'node:tls';
import * as asn1js from 'asn1js';
import { afterEach, describe, expect, test } from 'vitest';
import { scramCredential, ScramServer } from '../../src/kafka/login/scram.js';
import type { ProbeCredentials, ProbeInput } from '../../src/probe/probe-input.js';
import type { ProbeResult } from '../../src/probe/probe-result.js';
import { runProbe } from '../../src/probe/run-probe.js';
import { makeAuthority, makeIdentity, serverUse, type Identity } from '../kafka/support/certificates.js';
import type { Answers } from '../kafka/support/scripted-broker.js';
import { group, startCluster, topic, type Cluster, type ClusterOptions } from './support/cluster.js';
import { probeInput } from './support/input.js';

const open: Cluster[] = [];
afterEach(async () => {
  for (const cluster of open.splice(0)) await cluster.stop();
});

async function probe(
  options: ClusterOptions,
  changes: Partial<ProbeInput>,
): Promise<ProbeResult & { cluster: Cluster }> {
  const cluster = await startCluster(options);
  open.push(cluster);
  return { ...(await runProbe(probeInput({ bootstrap: cluster.bootstrap, topic, group, ...changes }))), cluster };
}

const authority = makeAuthority();
const server = makeIdentity(authority, { name: 'broker', hosts: ['127.0.0.1'], uses: [serverUse] });
const asOptions = ({ certificate, privateKey }: Identity): tls.TlsOptions => ({ cert: certificate, key: privateKey });
const mutual: tls.TlsOptions = { ...asOptions(server), ca: authority.certificate, requestCert: true };
const client = makeIdentity(authority, { name: 'orders', parts: [['2.5.4.10', 'Shop']] });
const certificateAuthority = authority.certificate;

const stepsOf = (result: ProbeResult, index = 0) =>
  result.brokers[index]!.steps.map(({ step, status }) => `${step} ${status}`);

describe('TLS', () => {
  test('with a broker that is trusted', async () => {
    const result = await probe({ brokers: 2, tls: asOptions(server) }, { auth: 'tls', certificateAuthority });
    expect(result).toMatchObject({
      verdict: 'reaches',
      facts: { principal: 'User:ANONYMOUS', serverCertificate: { issuer: 'CN=Test CA' } },
    });
    expect(stepsOf(result).slice(0, 4)).toEqual(['dns ok', 'tcp ok', 'tls ok', 'api-versions ok']);
  });

  test('with a broker that is not trusted: nothing is sent', async () => {
    const result = await probe({ tls: asOptions(server) }, { auth: 'tls' });
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: { step: 'tls', code: null, name: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      facts: { serverCertificate: { subject: 'CN=broker', names: ['127.0.0.1'] } },
    });
    expect(result.cluster.brokers[0]!.asked).toEqual([]);
  });

  test('a certificate of another host', async () => {
    const other = makeIdentity(authority, { name: 'other', hosts: ['other.test'], uses: [serverUse] });
    const result = await probe({ tls: asOptions(other) }, { auth: 'tls', certificateAuthority });
    expect(result.stoppedAt).toMatchObject({
      step: 'tls',
      name: 'ERR_TLS_CERT_ALTNAME_INVALID',
      because: expect.stringContaining('other.test'),
    });
  });

  test('on a listener without TLS', async () => {
    // As a plaintext listener of Kafka does: the first bytes of TLS are too large a length, and it closes.
    const guard: ClusterOptions['onSocket'] = (socket) => {
      socket.prependOnceListener('data', (bytes: Buffer) => void (bytes[0] === 0x16 && socket.destroy()));
      return false;
    };
    const result = await probe({ onSocket: guard }, { auth: 'tls', certificateAuthority });
    expect(result.stoppedAt).toMatchObject({ step: 'tls', because: 'the port speaks Kafka without TLS' });
  });
});

describe('a client certificate', () => {
  const mtls = (identity: Identity): ProbeCredentials => ({ kind: 'mtls', ...identity, passphrase: null });

  test('that the broker accepts', async () => {
    const result = await probe({ tls: mutual }, { auth: 'mtls', credentials: mtls(client), certificateAuthority });
    expect(result).toMatchObject({ verdict: 'reaches', facts: { principal: 'User:CN=orders,O=Shop' } });
    expect(stepsOf(result).slice(2, 5)).toEqual(['tls ok', 'client-certificate ok', 'api-versions ok']);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('of an unknown authority, %s', async (version) => {
    const stranger = makeIdentity(makeAuthority('Stranger'), { name: 'orders' });
    const limits = { minVersion: version, maxVersion: version };
    const result = await probe(
      { tls: { ...mutual, ...limits } },
      { auth: 'mtls', credentials: mtls(stranger), certificateAuthority },
    );
    expect(result).toMatchObject({ verdict: 'blocked', stoppedAt: { step: 'client-certificate', code: null } });
  });

  test('that is missing', async () => {
    const result = await probe({ tls: mutual }, { auth: 'tls', certificateAuthority });
    expect(result.stoppedAt).toMatchObject({
      step: 'client-certificate',
      name: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      because: expect.stringContaining('requires a client certificate'),
    });
  });

  test('after which the broker only closes the connection', async () => {
    const result = await probe(
      { tls: mutual, onSocket: (socket) => (socket.once('data', () => socket.destroy()), true) },
      { auth: 'mtls', credentials: mtls(client), certificateAuthority },
    );
    expect(result.stoppedAt).toMatchObject({
      step: 'client-certificate',
      name: expect.stringMatching(/^(CLOSED|ECONNRESET)$/),
    });
  });

  const expired = makeIdentity(authority, { name: 'orders', from: new Date('2020-01-01'), to: new Date('2020-02-01') });
  const later = makeIdentity(authority, { name: 'orders', from: new Date('2048-01-01'), to: new Date('2049-01-01') });
  test.each<[string, Identity, string, string]>([
    [
      'a key of another certificate',
      { ...client, privateKey: server.privateKey },
      'ERR_OSSL_X509_KEY_VALUES_MISMATCH',
      'does not belong',
    ],
    ['an expired certificate', expired, 'CERT_HAS_EXPIRED', 'expired on 2020-02-01'],
    ['a certificate of the future', later, 'CERT_NOT_YET_VALID', 'valid from 2048-01-01'],
    ['text that is no key', { ...client, privateKey: 'top-secret' }, 'ERR_OSSL_UNSUPPORTED', 'cannot be read'],
  ])('%s is found without a login', async (_, identity, name, because) => {
    const result = await probe(
      { brokers: 2, tls: mutual },
      { auth: 'mtls', credentials: mtls(identity), certificateAuthority },
    );
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: { step: 'client-certificate', code: null, name, because: expect.stringContaining(because) },
    });
    expect(stepsOf(result)).toEqual(['dns ok', 'tcp ok', 'client-certificate failed']);
    expect(result.cluster.brokers[0]!.asked).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('top-secret');
  });

  test('a key whose encryption OpenSSL does not support says nothing of the brokers', async () => {
    const sequence = (...value: asn1js.BaseBlock[]) => new asn1js.Sequence({ value });
    const bytes = () => new asn1js.OctetString({ valueHex: new Uint8Array(40).buffer });
    // PBE-MD5-DES (RFC 8018, A.3).
    const scheme = sequence(
      new asn1js.ObjectIdentifier({ value: '1.2.840.113549.1.5.3' }),
      sequence(new asn1js.OctetString({ valueHex: new Uint8Array(8).buffer }), new asn1js.Integer({ value: 2048 })),
    );
    const body = Buffer.from(sequence(scheme, bytes()).toBER()).toString('base64');
    const privateKey = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${body}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
    const credentials = { ...mtls({ ...client, privateKey }), passphrase: 'canary' } as ProbeCredentials;
    const result = await probe({ tls: mutual }, { auth: 'mtls', credentials, certificateAuthority });
    expect(result).toMatchObject({
      verdict: 'unknown',
      stoppedAt: { step: 'client-certificate', because: expect.stringContaining('does not support the encryption') },
    });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('an unreachable broker does not hide a fault of the certificate', async () => {
    const result = await runProbe(
      probeInput({ bootstrap: [{ host: '127.0.0.1', port: 1 }], auth: 'mtls', credentials: mtls(expired) }),
    );
    expect(result.stoppedAt).toMatchObject({ step: 'client-certificate', name: 'CERT_HAS_EXPIRED' });
    expect(stepsOf(result)).toEqual(['dns ok', 'tcp failed', 'client-certificate failed']);
  });
});

const password = 'pa55word-canary';
const scram: ProbeCredentials = { kind: 'scram', username: 'orders', password };
const mechanism = 'SCRAM-SHA-512';

/** The SASL answers of brokers that know one user. */
async function scramAnswers(known: string): Promise<Answers> {
  const credential = await scramCredential(mechanism, known);
  const sessions = new WeakMap<object, ScramServer>();
  return {
    saslHandshake: () => ({ errorCode: 0, mechanisms: [mechanism] }),
    saslAuthenticate: ({ request: { authBytes }, socket }) => {
      const session = sessions.get(socket) ?? new ScramServer(mechanism, () => credential);
      const answer = sessions.has(socket) ? session.final(authBytes) : session.first(authBytes);
      sessions.set(socket, session);
      return answer === null
        ? {
            errorCode: 58,
            errorMessage: 'invalid \u001b[31mcredentials',
            authBytes: Buffer.alloc(0),
            sessionLifetimeMs: 0,
          }
        : { errorCode: 0, errorMessage: null, authBytes: answer, sessionLifetimeMs: 0 };
    },
  };
}

describe('SCRAM', () => {
  const secure = { tls: asOptions(server), brokers: 3 };
  const settings = { auth: 'scram', credentials: scram, certificateAuthority } as const;

  test('the right password, on every broker', async () => {
    const result = await probe({ ...secure, answers: await scramAnswers(password) }, settings);
    expect(result).toMatchObject({ verdict: 'reaches', facts: { principal: 'User:orders' } });
    expect(result.cluster.count('SaslAuthenticate')).toBe(6);
    expect(stepsOf(result, 2)).toContain('sasl ok');
    expect(JSON.stringify(result)).not.toContain(password);
  });

  test('a wrong password is tried once on the whole cluster', async () => {
    const result = await probe({ ...secure, answers: await scramAnswers('another') }, settings);
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: {
        step: 'sasl',
        code: 58,
        name: 'SASL_AUTHENTICATION_FAILED',
        because: 'the broker refuses the login: invalid \\e[31mcredentials',
      },
    });
    expect(result.cluster.count('SaslHandshake')).toBe(1);
    expect(result.cluster.count('SaslAuthenticate')).toBe(2);
    const statuses = result.brokers.map(({ steps }) => steps.find(({ step }) => step === 'sasl')!.status);
    expect(statuses.toSorted()).toEqual(['failed', 'skipped', 'skipped']);
    expect(JSON.stringify(result)).not.toContain(password);
  });

  test('a broker that closes the connection after the credentials refuses them', async () => {
    const answers = await scramAnswers(password);
    const result = await probe(
      { ...secure, answers: { ...answers, saslAuthenticate: ({ socket }) => (socket.destroy(), 'silence') } },
      settings,
    );
    expect(result).toMatchObject({ verdict: 'blocked', stoppedAt: { step: 'sasl', code: null } });
    expect(result.cluster.count('SaslAuthenticate')).toBe(1);
  });

  test('a mechanism that the brokers do not offer', async () => {
    const result = await probe(
      { ...secure, answers: { saslHandshake: () => ({ errorCode: 33, mechanisms: ['AWS_MSK_IAM', 'OAUTHBEARER'] }) } },
      settings,
    );
    expect(result).toMatchObject({
      stoppedAt: { step: 'sasl', code: 33, name: 'UNSUPPORTED_SASL_MECHANISM' },
      facts: { offeredMechanisms: ['AWS_MSK_IAM', 'OAUTHBEARER'] },
    });
    expect(result.cluster.count('SaslAuthenticate')).toBe(0);
  });

  test.each([
    ['user name', { ...scram, username: '' }],
    ['password', { ...scram, password: '' }],
  ] as const)('no %s: no authentication request', async (name, credentials) => {
    const result = await probe({ ...secure, answers: await scramAnswers(password) }, { ...settings, credentials });
    expect(result).toMatchObject({
      verdict: 'blocked',
      stoppedAt: { step: 'sasl', code: null, because: expect.stringContaining(`no ${name}`) },
    });
    expect(result.cluster.count('SaslHandshake') + result.cluster.count('SaslAuthenticate')).toBe(0);
  });

  test('a broker that is silent at the login does not keep the others from it', async () => {
    const answers = await scramAnswers(password);
    let first = true;
    const result = await probe(
      {
        ...secure,
        answers: {
          ...answers,
          saslHandshake: () => {
            if (!first) return { errorCode: 0, mechanisms: [mechanism] };
            first = false;
            return 'silence';
          },
        },
      },
      { ...settings, topic: null, group: null, limits: { step: 1500, whole: 60_000 } },
    );
    expect(result).toMatchObject({ verdict: 'reaches', stoppedAt: null });
    const names = result.brokers.flatMap(({ steps }) =>
      steps.filter(({ step }) => step === 'sasl').map((each) => each.name),
    );
    expect(names.toSorted()).toEqual(['TIMEOUT', null, null]);
  });
});

test.each(['OAUTHBEARER', 'AWS_MSK_IAM'] as const)('IAM by %s: a refusal is tried once', async (mechanism) => {
  const credentials: ProbeCredentials = {
    kind: 'iam',
    region: 'us-east-1',
    mechanism,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'canary-key', sessionToken: 'canary-token' },
  };
  const result = await probe(
    {
      brokers: 3,
      tls: asOptions(server),
      answers: {
        saslHandshake: () => ({ errorCode: 0, mechanisms: [mechanism] }),
        saslAuthenticate: () => ({
          errorCode: 58,
          errorMessage: 'Access denied',
          authBytes: Buffer.alloc(0),
          sessionLifetimeMs: 0,
        }),
      },
    },
    { auth: 'iam', credentials, certificateAuthority },
  );
  expect(result).toMatchObject({
    stoppedAt: { step: 'sasl', code: 58, because: 'the broker refuses the login: Access denied' },
    facts: { principal: null },
  });
  expect(result.cluster.count('SaslAuthenticate')).toBe(1);
  expect(JSON.stringify(result)).not.toContain('canary');
});

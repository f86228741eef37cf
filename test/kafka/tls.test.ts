/** TLS to a broker: trust, names, dates, and refused client certificates. */
import type * as tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { refusesClientCertificate } from '../../src/kafka/client-certificate-refusal.js';
import { Connection } from '../../src/kafka/connection.js';
import { openSocket } from '../../src/kafka/dial.js';
import { openTls, secureContext, type TlsMaterial } from '../../src/kafka/tls.js';
import type { WireError } from '../../src/kafka/wire-error.js';
import { makeAuthority, makeIdentity, serverUse } from './support/certificates.js';
import { offer, ScriptedBroker } from './support/scripted-broker.js';

const authority = makeAuthority();
const stranger = makeAuthority('Stranger');
const server = makeIdentity(authority, { name: 'broker', hosts: ['127.0.0.1', 'broker.test'], uses: [serverUse] });
const signal = AbortSignal.timeout(60_000);
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const asOptions = ({ certificate, privateKey }: typeof server): tls.TlsOptions => ({
  cert: certificate,
  key: privateKey,
});

async function connect(options: tls.TlsOptions, material: Partial<TlsMaterial> = {}, host = '127.0.0.1') {
  const broker = await ScriptedBroker.start({ answers: { apiVersions: offer() }, tls: options });
  open.push(() => broker.stop());
  const context = secureContext({ certificateAuthority: authority.certificate, client: null, ...material });
  const { socket, certificate } = await openTls(
    await openSocket('127.0.0.1', broker.port, signal),
    host,
    context,
    signal,
  );
  const connection = new Connection(socket);
  open.push(() => connection.close());
  return { connection, certificate };
}

const failure = (attempt: Promise<unknown>): Promise<WireError & { certificate?: unknown }> =>
  attempt.then(
    () => expect.unreachable(),
    (error: unknown) => error as WireError,
  );

describe('the broker’s certificate', () => {
  test.each(['127.0.0.1', 'broker.test'])('is trusted for %s', async (host) => {
    const { connection, certificate } = await connect(asOptions(server), {}, host);
    await connection.readVersions(signal);
    expect(certificate).toEqual({
      subject: 'CN=broker',
      issuer: 'CN=Test CA',
      names: ['127.0.0.1', 'broker.test'],
      notAfter: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test('of an unknown authority names its issuer', async () => {
    const error = await failure(connect(asOptions(server), { certificateAuthority: null }));
    expect(error).toMatchObject({
      label: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      code: null,
      message: expect.stringContaining('CN=Test CA'),
      certificate: { issuer: 'CN=Test CA' },
    });
  });

  test('for another host names both', async () =>
    expect(await failure(connect(asOptions(server), {}, 'other.test'))).toMatchObject({
      label: 'ERR_TLS_CERT_ALTNAME_INVALID',
      message: 'the certificate is for 127.0.0.1, broker.test, not for other.test',
    }));

  test.each([
    ['CERT_HAS_EXPIRED', new Date('2020-01-01'), new Date('2020-02-01')],
    ['CERT_NOT_YET_VALID', new Date('2048-01-01'), new Date('2049-01-01')],
  ])('%s', async (label, from, to) => {
    const identity = makeIdentity(authority, { name: 'broker', hosts: ['127.0.0.1'], from, to });
    expect(await failure(connect(asOptions(identity)))).toMatchObject({ label });
  });
});

test('a port that closes, and one without TLS', async () => {
  for (const [bytes, label] of [
    ['', 'CLOSED'],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ] as const) {
    const broker = await ScriptedBroker.start({
      answers: {},
      onSocket: (socket) => (socket.once('data', () => socket.end(bytes)), true),
    });
    open.push(() => broker.stop());
    const socket = await openSocket('127.0.0.1', broker.port, signal);
    const error = await failure(
      openTls(socket, 'x.test', secureContext({ certificateAuthority: null, client: null }), signal),
    );
    expect(bytes === '' ? ['CLOSED', 'ECONNRESET'] : [label]).toContain(error.label);
  }
});

describe('the client’s certificate', () => {
  const identity = makeIdentity(authority, { name: 'client' });
  const asClient = ({ certificate, privateKey }: typeof identity) => ({
    client: { certificate, privateKey, passphrase: null },
  });
  const mutual = { ...asOptions(server), ca: authority.certificate, requestCert: true, rejectUnauthorized: true };

  test('is accepted', async () => {
    const { connection } = await connect(mutual, asClient(identity));
    await connection.readVersions(signal);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is refused by an alert or a close, %s', async (version) => {
    const limits = { ...mutual, minVersion: version, maxVersion: version };
    // Without a certificate, OpenSSL answers in TLS 1.2 with a plain handshake_failure, which means other things too.
    const missing = version === 'TLSv1.3' ? [{}] : [];
    for (const material of [asClient(makeIdentity(stranger, { name: 'client' })), ...missing]) {
      const attempt = async () => (await connect(limits, material)).connection.readVersions(signal);
      expect(refusesClientCertificate(await failure(attempt()), true)).toBe(true);
    }
  });

  test.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', true, true],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', true, true],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', true, true],
    ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', true, false],
    ['CLOSED', true, false],
    ['ECONNRESET', true, false],
    ['TIMEOUT', false, false],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', false, false],
  ])('%s', (label, shown, otherwise) => {
    const error = { label } as WireError;
    expect([refusesClientCertificate(error, true), refusesClientCertificate(error, false)]).toEqual([shown, otherwise]);
  });

  test('a key of another certificate is found before connecting', () =>
    expect(() =>
      secureContext({
        certificateAuthority: null,
        client: { certificate: identity.certificate, privateKey: server.privateKey, passphrase: null },
      }),
    ).toThrow(expect.objectContaining({ code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' })));
});

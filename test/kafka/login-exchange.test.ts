/** Logins over a real connection: how often credentials are sent, and how refusals are reported. */
import { afterEach, expect, test } from 'vitest';
import { Connection } from '../../src/kafka/connection.js';
import { directDialer } from '../../src/kafka/dial.js';
import { login, type SaslLogin } from '../../src/kafka/login/login.js';
import { scramCredential, ScramServer } from '../../src/kafka/login/scram.js';
import { offer, ScriptedBroker, type Answers } from './support/scripted-broker.js';

const signal = AbortSignal.timeout(60_000);
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function attempt(sasl: SaslLogin, answers: Answers): Promise<{ error: unknown; broker: ScriptedBroker }> {
  const broker = await ScriptedBroker.start({ answers: { apiVersions: offer(), ...answers } });
  const connection = new Connection(await directDialer.connect('127.0.0.1', broker.port, signal));
  open.push(
    () => broker.stop(),
    () => connection.close(),
  );
  await connection.readVersions(signal);
  const error = await login(connection, sasl, 'b-1.test', signal).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, broker };
}

const scram: SaslLogin = { mechanism: 'SCRAM-SHA-512', username: 'orders', password: 'pa55word' };
const iam = {
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret-key',
  sessionToken: null,
};
const accept = (): { errorCode: number; mechanisms: string[] } => ({ errorCode: 0, mechanisms: [] });
const reply = (authBytes: Buffer, errorCode = 0, errorMessage: string | null = null) => ({
  errorCode,
  errorMessage,
  authBytes,
  sessionLifetimeMs: 0,
});

async function scramAnswers(password: string): Promise<Answers> {
  const credential = await scramCredential('SCRAM-SHA-512', password);
  const server = new ScramServer('SCRAM-SHA-512', () => credential);
  let round = 0;
  return {
    saslHandshake: accept,
    saslAuthenticate: ({ request: { authBytes } }) => {
      const answer = round++ === 0 ? server.first(authBytes) : server.final(authBytes);
      return answer === null ? reply(Buffer.alloc(0), 58, 'invalid credentials.\nmore') : reply(answer);
    },
  };
}

test('SCRAM: the right password', async () => {
  const { error, broker } = await attempt(scram, await scramAnswers('pa55word'));
  expect(error).toBeNull();
  expect(broker.count('SaslAuthenticate')).toBe(2);
});

test('SCRAM: a wrong password', async () => {
  const { error } = await attempt(scram, await scramAnswers('another'));
  expect(error).toMatchObject({
    name: 'LoginFailed',
    code: 58,
    label: 'SASL_AUTHENTICATION_FAILED',
    attempted: true,
    offered: null,
    message: 'the broker refuses the login: invalid credentials',
  });
});

test('a mechanism that the broker does not offer', async () => {
  const { error, broker } = await attempt(scram, {
    saslHandshake: () => ({ errorCode: 33, mechanisms: ['OAUTHBEARER', 'AWS_MSK_IAM'] }),
  });
  expect(error).toMatchObject({
    code: 33,
    attempted: false,
    offered: ['OAUTHBEARER', 'AWS_MSK_IAM'],
    message: 'the broker does not offer SCRAM-SHA-512; it offers OAUTHBEARER, AWS_MSK_IAM',
  });
  expect(broker.count('SaslAuthenticate')).toBe(0);
});

test.each([
  ['before credentials were sent', false],
  ['after credentials were sent', true],
])('a broker that closes the connection %s', async (_, attempted) => {
  const { error } = await attempt(scram, attempted ? { saslHandshake: accept } : {});
  expect(error).toMatchObject({ label: expect.stringMatching(/^(CLOSED|ECONNRESET)$/), attempted });
});

test('OAUTHBEARER: an empty answer accepts the token', async () => {
  const { error } = await attempt(
    { mechanism: 'OAUTHBEARER', ...iam },
    { saslHandshake: accept, saslAuthenticate: () => reply(Buffer.alloc(0)) },
  );
  expect(error).toBeNull();
});

test.each([
  ['an error number follows', 58],
  ['none does', 0],
])('OAUTHBEARER: a refusal in JSON, and %s', async (_, errorCode) => {
  const received: Buffer[] = [];
  const { error } = await attempt(
    { mechanism: 'OAUTHBEARER', ...iam },
    {
      saslHandshake: accept,
      saslAuthenticate: ({ request: { authBytes } }) => {
        received.push(authBytes);
        return received.length === 1
          ? reply(Buffer.from('{"status":"invalid_token"}'))
          : reply(Buffer.alloc(0), errorCode);
      },
    },
  );
  expect(error).toMatchObject({ code: 58, label: 'SASL_AUTHENTICATION_FAILED', attempted: true });
  expect(received[1]).toEqual(Buffer.from('\u0001'));
});

test.each([
  ['{"version":"2020_10_22","request-id":"1"}', null],
  ['', { label: 'MALFORMED' }],
])('AWS_MSK_IAM: the answer “%s”', async (answer, expected) => {
  const { error } = await attempt(
    { mechanism: 'AWS_MSK_IAM', ...iam },
    {
      saslHandshake: accept,
      saslAuthenticate: ({ request: { authBytes } }) => {
        expect(JSON.parse(authBytes.toString())).toMatchObject({ host: 'b-1.test', action: 'kafka-cluster:Connect' });
        expect(authBytes.toString()).not.toContain('secret-key');
        return reply(Buffer.from(answer));
      },
    },
  );
  if (expected === null) expect(error).toBeNull();
  else expect(error).toMatchObject(expected);
});

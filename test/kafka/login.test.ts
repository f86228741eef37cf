/** Logins: SCRAM by the RFCs and against our own server side, IAM against signatures of another implementation. */
import { describe, expect, test } from 'vitest';
import { bearerMessage, iamPayload, iamToken } from '../../src/kafka/login/iam.js';
import { ScramClient, scramCredential, ScramServer, type ScramMechanism } from '../../src/kafka/login/scram.js';

describe('SCRAM', () => {
  /** The example of RFC 7677, section 3. */
  const nonce = 'rOprNGfwEbeRWgbNEkqO';
  const first = `r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;

  test('the example of RFC 7677', async () => {
    const client = new ScramClient('SCRAM-SHA-256', 'user', 'pencil', nonce);
    expect(client.first().toString()).toBe(`n,,n=user,r=${nonce}`);
    expect((await client.final(Buffer.from(first))).toString()).toBe(
      `c=biws,r=${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    );
    expect(() => client.verify(Buffer.from('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='))).not.toThrow();
    expect(() => client.verify(Buffer.from('v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='))).toThrow(
      /does not prove/,
    );
    expect(() => client.verify(Buffer.from('e=invalid-proof'))).toThrow(/refuses the password/);
  });

  async function conversation(mechanism: ScramMechanism, username: string, password: string, known = password) {
    const credential = await scramCredential(mechanism, known);
    const server = new ScramServer(mechanism, (name) => (name === username ? credential : undefined));
    const client = new ScramClient(mechanism, username, password);
    const final = server.final(await client.final(server.first(client.first())!));
    if (final !== null) client.verify(final);
    return final === null ? 'refused' : server.username;
  }

  test.each(['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
    '%s: both sides agree, with any user name',
    async (mechanism) => {
      expect(await conversation(mechanism, 'orders,app=1', 'pässword = x')).toBe('orders,app=1');
      expect(await conversation(mechanism, 'orders', 'wrong', 'right')).toBe('refused');
    },
  );

  test('an unknown user and a broken message are refused', () => {
    const server = new ScramServer('SCRAM-SHA-512', () => undefined);
    expect(server.first(Buffer.from('n,,n=a,r=b'))).toBeNull();
    expect(server.first(Buffer.from(''))).toBeNull();
    expect(server.final(Buffer.from('c=biws,r=b,p=AAAA'))).toBeNull();
  });

  test.each([
    ['another nonce', 'r=other,s=AAAA,i=4096', /RFC 5802/],
    ['no nonce of its own', `r=${nonce},s=AAAA,i=4096`, /RFC 5802/],
    ['too few iterations', `r=${nonce}x,s=AAAA,i=1`, /iterations/],
    ['minutes of work', `r=${nonce}x,s=AAAA,i=2000000000`, /iterations/],
    ['no number', `r=${nonce}x,s=AAAA`, /iterations/],
    ['an error', 'e=unknown-user', /refuses the user/],
  ])('a broker that sends %s', (_, answer, message) =>
    expect(new ScramClient('SCRAM-SHA-256', 'user', 'pencil', nonce).final(Buffer.from(answer))).rejects.toThrow(
      message,
    ),
  );
});

describe('IAM', () => {
  /** Signatures of botocore’s SigV4QueryAuth for the same request. */
  const signing = {
    region: 'us-east-1',
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    at: new Date('2026-01-02T03:04:05Z'),
  };
  const vectors = [
    {
      sessionToken: 'tok/en+=',
      token: '3c86f9bf64d50526b9d622732b3888e8928e17533f4677d441de1121ca0b1cdb',
      payload: 'd583379676eba8ab0c4a2f8bdb70b5f8c2c2fbc26af304bf64b4e9f20eb4d0a5',
    },
    {
      sessionToken: null,
      token: '24ebada2ed545858377591fc84af1a1bff3c40c5e8ab0c1fc85eee156cfb42da',
      payload: '0d38bf55810245dfd44663a2dd7366da758eaa420b82ac4d7fd699544ba4afd2',
    },
  ];

  test.each(vectors)('the token with session token $sessionToken', async ({ sessionToken, token }) => {
    const encoded = await iamToken({ ...signing, sessionToken });
    expect(encoded).toMatch(/^[\w-]+$/);
    const address = new URL(Buffer.from(encoded, 'base64url').toString());
    expect(address.host).toBe('kafka.us-east-1.amazonaws.com');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      Action: 'kafka-cluster:Connect',
      ...(sessionToken === null ? {} : { 'X-Amz-Security-Token': sessionToken }),
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': 'AKIDEXAMPLE/20260102/us-east-1/kafka-cluster/aws4_request',
      'X-Amz-Date': '20260102T030405Z',
      'X-Amz-Expires': '900',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': token,
      'User-Agent': 'msk-lambda',
    });
  });

  test.each(vectors)('the payload of AWS_MSK_IAM with session token $sessionToken', async ({ sessionToken, payload }) =>
    expect(JSON.parse((await iamPayload('b-1.x', { ...signing, sessionToken })).toString())).toEqual({
      version: '2020_10_22',
      host: 'b-1.x',
      'user-agent': 'msk-lambda',
      action: 'kafka-cluster:Connect',
      ...(sessionToken === null ? {} : { 'x-amz-security-token': sessionToken }),
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': 'AKIDEXAMPLE/20260102/us-east-1/kafka-cluster/aws4_request',
      'x-amz-date': '20260102T030405Z',
      'x-amz-expires': '900',
      'x-amz-signedheaders': 'host',
      'x-amz-signature': payload,
    }),
  );

  test('the message that carries the token', () =>
    expect(bearerMessage('abc').toString()).toBe('n,,\u0001auth=Bearer abc\u0001\u0001'));
});

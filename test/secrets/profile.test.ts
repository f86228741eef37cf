import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { profileSecret } from '../../src/secrets/profile.js';
import { issue, issueChain, keyOf, oids, pkcs8, type Name } from './support/issue.js';
import { encryptPbes1 } from './support/pbes1.js';

const of = (content: object) => profileSecret({ text: JSON.stringify(content) });

describe('the principal', () => {
  test('of a user is its name', () =>
    expect(of({ username: 'orders-reader', password: 'x' }).principal).toBe('User:orders-reader'));
  const part = (oid: string, value: string, kind?: 'bmp' | 'numeric') => ({
    oid,
    value,
    ...(kind === undefined ? {} : { kind }),
  });
  test.each<{ name: string; attributes: Name; expected: string }>([
    {
      name: 'most specific first',
      attributes: [[part(oids.C, 'DE')], [part(oids.O, 'Example')], [part(oids.CN, 'client')]],
      expected: 'CN=client,O=Example,C=DE',
    },
    {
      name: 'several parts of one name, in their order',
      attributes: [[part(oids.OU, 'b'), part(oids.CN, 'a')]],
      expected: 'OU=b+CN=a',
    },
    {
      name: 'what would separate',
      attributes: [[part(oids.CN, String.raw`a,b+c=d"e\f<g>h;i#j`)]],
      expected: String.raw`CN=a\,b\+c\=d\"e\\f\<g\>h\;i\#j`,
    },
    { name: 'blanks at both ends', attributes: [[part(oids.CN, '  a b ')]], expected: String.raw`CN=\ \ a b\ ` },
    { name: 'other writing', attributes: [[part(oids.CN, 'Jürgen 漢字')]], expected: 'CN=Jürgen 漢字' },
    {
      name: 'names that have no short one',
      attributes: [[part(oids.EMAIL, 'a')], [part(oids.CN, 'c')]],
      expected: 'CN=c,1.2.840.113549.1.9.1=#0c0161',
    },
    { name: 'digits that are no text to Java', attributes: [[part(oids.CN, '7', 'numeric')]], expected: 'CN=#120137' },
    {
      name: 'two bytes a letter, as Java misreads them',
      attributes: [[part(oids.CN, 'ab', 'bmp')]],
      expected: String.raw`CN=\00a\00b`,
    },
  ])('of a certificate: $name', ({ attributes, expected }) =>
    expect(of({ certificate: issue({ name: attributes, key: keyOf('prime256v1') }).pem }).principal).toBe(
      `User:${expected}`,
    ),
  );
});

test('nothing of a secret is in its profile but the user name', () => {
  const { client } = issueChain();
  const password = randomUUID();
  const key = encryptPbes1(keyOf('rsa'), 'the-key-password');
  const text = JSON.stringify(
    of({
      username: 'the-user',
      password,
      certificate: client.pem,
      privateKey: key,
      privateKeyPassword: 'the-key-password',
      'other-member': 'the-rest',
    }),
  );
  for (const secret of [
    password,
    'the-key-password',
    'the-rest',
    'other-member',
    key.split('\n')[2]!,
    client.pem.split('\n')[2]!,
  ])
    expect(text).not.toContain(secret);
  expect(text).toContain('the-user');
});

test('a key that signs is its certificate’s, and a damaged one is told from another', () => {
  const { client } = issueChain();
  const jwk = keyOf('rsa').export({ format: 'jwk' });
  expect(jwk.kty).toBe('RSA');
  const der = Buffer.from(pkcs8(keyOf('rsa')).split('\n').slice(1, -2).join(''), 'base64');
  const secretPart = Buffer.from(jwk.dp!, 'base64url');
  der[der.indexOf(secretPart) + 5]! ^= 1;
  const damaged = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  expect(of({ certificate: client.pem, privateKey: damaged }).privateKey?.opens).toBe('damaged');
  expect(of({ certificate: client.pem, privateKey: pkcs8(keyOf('rsa')) }).privateKey).toMatchObject({
    opens: 'not-encrypted',
    matchesCertificate: 'yes',
  });
  expect(of({ certificate: client.pem, privateKey: pkcs8(keyOf('rsa', 5)) }).privateKey).toMatchObject({
    opens: 'not-encrypted',
    matchesCertificate: 'no',
  });
});

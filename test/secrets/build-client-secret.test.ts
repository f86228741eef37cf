import { describe, expect, test } from 'vitest';
import { buildClientSecret, needsPassword } from '../../src/secrets/build-client-secret.js';
import { profileSecret } from '../../src/secrets/profile.js';
import { cn, issue, issueChain, keyOf, pkcs8 } from './support/issue.js';
import { encryptedInfo, encryptPbes1 } from './support/pbes1.js';

const { client, intermediate, root } = issueChain();
const key = pkcs8(keyOf('rsa'));
const encrypted = encryptPbes1(keyOf('rsa'), 'pw');
const right = { certificates: [client.pem, intermediate.pem + root.pem], privateKey: key };

const sound = (text: string) => {
  const { certificate, privateKey } = profileSecret({ text });
  expect(certificate).toMatchObject({
    blocks: 3,
    unreadableBlocks: 0,
    ordered: true,
    complete: true,
    newlinesLost: false,
  });
  expect(privateKey).toMatchObject({ newlinesLost: false, matchesCertificate: 'yes' });
  return privateKey;
};

describe('a client certificate’s secret', () => {
  test.each([
    ['in order', right.certificates],
    ['reversed', [root.pem + intermediate.pem + client.pem]],
    ['in several files, one twice', [intermediate.pem, root.pem, client.pem + root.pem]],
    ['with lost line breaks', [(client.pem + intermediate.pem + root.pem).replaceAll('\n', String.raw`\n`)]],
    ['among others', [issue({ name: cn('stranger'), key: keyOf('rsa', 5) }).pem, ...right.certificates]],
  ])('of a chain %s', (_, certificates) => void sound(buildClientSecret({ ...right, certificates }).text));
  test('says what it did, with nothing secret', () => {
    const stranger = issue({ name: cn('stranger'), key: keyOf('rsa', 5) }).pem;
    const { notes } = buildClientSecret({
      certificates: [root.pem, stranger, intermediate.pem, client.pem],
      privateKey: keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) as string,
    });
    expect(notes).toEqual([
      'the key was converted from PKCS#1 to PKCS#8',
      'the chain was put in order: client, intermediates, root',
      'omitted, because it is not part of the chain: CN=stranger',
    ]);
    expect(buildClientSecret(right).notes).toEqual([]);
  });
  test.each([
    ['PKCS#1', keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) as string],
    ['PKCS#8', key],
    ['PKCS#8 under another label', key.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
    ['PKCS#8 with lost line breaks', key.replaceAll('\n', ' ')],
  ])('of a %s key', (_, privateKey) =>
    expect(sound(buildClientSecret({ ...right, privateKey }).text)).toMatchObject({
      container: 'PKCS#8',
      opens: 'not-encrypted',
      mislabelled: false,
    }),
  );
  test('of a SEC1 key', () => {
    const issued = issueChain({ key: keyOf('prime256v1') });
    const { text } = buildClientSecret({
      certificates: [issued.client.pem, issued.intermediate.pem, issued.root.pem],
      privateKey: keyOf('prime256v1').export({ type: 'sec1', format: 'pem' }) as string,
    });
    expect(sound(text)).toMatchObject({ container: 'PKCS#8', algorithm: 'EC' });
  });
  test('of a key encrypted by PBES1, which stays encrypted', () => {
    expect([needsPassword(encrypted), needsPassword(key)]).toEqual([true, false]);
    const { text } = buildClientSecret({ ...right, privateKey: encrypted, password: 'pw' });
    expect(sound(text)).toMatchObject({ container: 'PKCS#8 encrypted', scheme: 'PBE-SHA1-3DES', opens: 'yes' });
    expect((JSON.parse(text) as { privateKeyPassword: string }).privateKeyPassword).toBe('pw');
  });
  test('of an old cipher, which is not tried', () => {
    const old = encryptedInfo('1.2.840.113549.1.5.3', [Buffer.alloc(8), 2048], Buffer.alloc(1200));
    const { notes } = buildClientSecret({ ...right, privateKey: old, password: 'pw' });
    expect(notes).toEqual([expect.stringContaining('PBE-MD5-DES')]);
  });
  test.each([
    {
      name: 'a key of another certificate',
      material: { privateKey: pkcs8(keyOf('rsa', 5)) },
      message: /belongs to none/,
    },
    { name: 'no certificate', material: { certificates: [key] }, message: /no PEM certificate/ },
    {
      name: 'a damaged certificate',
      material: { certificates: [client.pem.replace(/\n.{9}/, '\nAAAAAAAAA')] },
      message: /cannot be parsed/,
    },
    { name: 'no key', material: { privateKey: client.pem }, message: /no PEM private key/ },
    { name: 'two keys', material: { privateKey: key + key }, message: /several/ },
    { name: 'a damaged key', material: { privateKey: key.replace(/\n.{9}/, '\nAAAAAAAAA') }, message: /damaged/ },
    {
      name: 'PBES2',
      material: {
        privateKey: keyOf('rsa').export({
          type: 'pkcs8',
          format: 'pem',
          cipher: 'aes-256-cbc',
          passphrase: 'pw',
        }) as string,
        password: 'pw',
      },
      message: /PBES2/,
    },
    {
      name: 'OpenSSL’s old form',
      material: {
        privateKey: keyOf('rsa').export({
          type: 'pkcs1',
          format: 'pem',
          cipher: 'aes-256-cbc',
          passphrase: 'pw',
        }) as string,
        password: 'pw',
      },
      message: /old form/,
    },
    { name: 'no password', material: { privateKey: encrypted }, message: /password is missing/ },
    {
      name: 'another password',
      material: { privateKey: encrypted, password: 'no' },
      message: /password does not decrypt the private key/,
    },
    { name: 'a needless password', material: { password: 'pw' }, message: /not encrypted/ },
  ])('is not made of $name', ({ material, message }) =>
    expect(() => buildClientSecret({ ...right, ...material })).toThrow(message),
  );
});

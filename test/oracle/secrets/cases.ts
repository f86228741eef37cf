/** Client certificate secrets of every kind, whole and damaged. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  cn,
  issue,
  issueChain,
  keyOf,
  oids,
  pemOf,
  pkcs8,
  type KeyKind,
  type Name,
} from '../../secrets/support/issue.js';
import { encryptedInfo } from '../../secrets/support/pbes1.js';
import type { PemCase } from './kafka-loader.js';

export const schemes = [
  'PBE-MD5-DES',
  'PBE-SHA1-RC2-64',
  'PBE-MD5-RC2-64',
  'PBE-SHA1-DES',
  'PBE-SHA1-RC4-128',
  'PBE-SHA1-RC4-40',
  'PBE-SHA1-3DES',
  'PBE-SHA1-2DES',
  'PBE-SHA1-RC2-128',
  'PBE-SHA1-RC2-40',
];
const kinds: KeyKind[] = [
  'rsa',
  'rsa-pss',
  'dsa',
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'secp256k1',
  'explicit',
  'ed25519',
  'ed448',
];
const password = 'changeit-42';

const encrypted = new Map<string, string>();
/** By OpenSSL's command; `how` is `v1 SCHEME` or `v2 CIPHER`. */
function encrypt(kind: KeyKind, how: string, secret = password): string {
  const name = `${kind} ${how} ${secret}`;
  const [version = '', scheme = ''] = how.split(' ');
  const made =
    encrypted.get(name) ??
    execFileSync(
      'openssl',
      [
        'pkcs8',
        '-topk8',
        `-${version}`,
        scheme,
        '-passout',
        'env:KEY_PASSWORD',
        '-provider',
        'default',
        '-provider',
        'legacy',
      ],
      {
        input: pkcs8(keyOf(kind)),
        encoding: 'utf8',
        env: { ...process.env, KEY_PASSWORD: secret },
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    );
  encrypted.set(name, made);
  return made;
}

/** Changes of a PEM text, as people and tools make them. */
const textChanges: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'carriage returns': (text) => text.replaceAll('\n', '\r\n'),
  'no last newline': (text) => text.trimEnd(),
  'blank lines around': (text) => `\n\n${text}\n\n`,
  'comments between': (text) => text.replaceAll('-----BEGIN', '# issued for orders\nsubject=CN = client\n-----BEGIN'),
  'bag attributes': (text) =>
    text.replaceAll(
      '-----BEGIN',
      'Bag Attributes\n    friendlyName: orders\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n-----BEGIN',
    ),
  indented: (text) => text.replaceAll(/^/gm, '    '),
  'content on one line': (text) =>
    text.replace(
      /(-----BEGIN [A-Z0-9 ]+-----\n)([^-]+)(\n-----END)/g,
      (_, head: string, body: string, foot: string) => head + body.replaceAll('\n', '') + foot,
    ),
  'lines of 76': (text) =>
    text.replace(
      /(-----BEGIN [A-Z0-9 ]+-----\n)([^-]+)(\n-----END)/g,
      (_, head: string, body: string, foot: string) =>
        head + body.replaceAll('\n', '').replace(/(.{76})/g, '$1\n') + foot,
    ),
  'newlines written out': (text) => text.replaceAll('\n', String.raw`\n`),
  'newlines and returns written out': (text) => text.replaceAll('\n', String.raw`\r\n`),
  'newlines made spaces': (text) => text.replaceAll('\n', ' '),
  'newlines gone': (text) => text.replaceAll('\n', ''),
  'blocks run together': (text) => text.replaceAll('-----\n-----', '----------'),
  'no first line': (text) => text.replace(/^-----BEGIN.*\n/, ''),
  'no last line': (text) => text.trimEnd().replace(/\n-----END[^\n]*$/, ''),
  'cut in half': (text) => text.slice(0, text.length / 2),
  'dashes lost': (text) => text.replaceAll('-----', '----'),
  'in quotes': (text) => `"${text}"`,
  'a letter changed': (text) => change(text, 0.6, (letter) => (letter === 'A' ? 'B' : 'A')),
  'a letter lost': (text) => change(text, 0.3, () => ''),
  'no base64': (text) => change(text, 0.5, () => '*'),
  'text after the end': (text) => `${text.trimEnd()}x`,
  'padding lost': (text) => text.replace(/=+(\n-----END)/, '$1'),
  'padding added': (text) => text.replace(/(=*)(\n-----END)/, '$1=$2'),
  'bytes added': (text) =>
    text.replace(/-----BEGIN ([A-Z ]+)-----\n([^-]+)\n-----END [A-Z ]+-----/, (_, label: string, body: string) =>
      pemOf(label, Buffer.concat([Buffer.from(body, 'base64'), Buffer.from([5, 0])])).trimEnd(),
    ),
  empty: () => '',
};

/** One letter of the first block's content, at a share of its length. */
function change(text: string, share: number, to: (letter: string) => string): string {
  const start = text.indexOf('\n') + 1;
  let at = start + Math.floor((text.indexOf('\n-----END') - start) * share);
  if (text[at] === '\n') at++;
  return text.slice(0, at) + to(text[at]!) + text.slice(at + 1);
}

const labelled = (text: string, label: string) => text.replaceAll(/(BEGIN|END) [A-Z ]+-----/g, `$1 ${label}-----`);

export function buildCases(seed: number, random: number): PemCase[] {
  const { client, intermediate, root } = issueChain();
  const other = issueChain({ name: cn('other'), key: keyOf('rsa', 5) });
  const certificates = { client, intermediate, root, stranger: other.client };
  type Place = keyof typeof certificates;
  const chainOf = (places: readonly Place[]) => places.map((position) => certificates[position].pem).join('');
  const whole = chainOf(['client', 'intermediate', 'root']);
  const key = pkcs8(keyOf('rsa'));
  const chainFor = (kind: KeyKind) => {
    const chain = issueChain({ key: keyOf(kind) });
    return chain.client.pem + chain.intermediate.pem + chain.root.pem;
  };
  const arrangements: Place[][] = [
    ['client'],
    ['client', 'intermediate'],
    ['client', 'root'],
    ['intermediate', 'client'],
    ['root', 'client'],
    ['intermediate', 'root'],
    ['root'],
    ['root', 'intermediate', 'client'],
    ['client', 'root', 'intermediate'],
    ['intermediate', 'client', 'root'],
    ['root', 'client', 'intermediate'],
    ['intermediate', 'root', 'client'],
    ['client', 'intermediate', 'root', 'root'],
    ['client', 'client', 'intermediate', 'root'],
    ['client', 'intermediate', 'intermediate', 'root'],
    ['client', 'intermediate', 'root', 'client'],
    ['client', 'stranger', 'intermediate', 'root'],
    ['client', 'intermediate', 'root', 'stranger'],
    ['stranger', 'intermediate', 'root'],
  ];
  const day = 86_400_000;
  const at = (days: number) => new Date(Date.now() + days * day);
  const dated = (from: number, to: number) =>
    issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, from: at(from), to: at(to) }).pem +
    intermediate.pem +
    root.pem;
  const cases: PemCase[] = [
    ...kinds.flatMap((kind) => [
      { name: `key ${kind}`, certificate: chainFor(kind), privateKey: pkcs8(keyOf(kind)) },
      {
        name: `key ${kind}, encrypted by PBES1`,
        certificate: chainFor(kind),
        privateKey: encrypt(kind, 'v1 PBE-SHA1-3DES'),
        password,
      },
      {
        name: `key ${kind}, encrypted by PBES2`,
        certificate: chainFor(kind),
        privateKey: encrypt(kind, 'v2 aes-256-cbc'),
        password,
      },
    ]),
    ...schemes.flatMap((scheme) => [
      { name: `${scheme}, right password`, certificate: whole, privateKey: encrypt('rsa', `v1 ${scheme}`), password },
      {
        name: `${scheme}, wrong password`,
        certificate: whole,
        privateKey: encrypt('rsa', `v1 ${scheme}`),
        password: 'changeit-43',
      },
      { name: `${scheme}, no password`, certificate: whole, privateKey: encrypt('rsa', `v1 ${scheme}`) },
      {
        name: `${scheme}, empty password`,
        certificate: whole,
        privateKey: encrypt('rsa', `v1 ${scheme}`),
        password: '',
      },
    ]),
    // OpenSSL makes none of MD2 any more.
    ...['1.2.840.113549.1.5.1', '1.2.840.113549.1.5.4', '1.2.3.4'].map((oid) => ({
      name: `encrypted by ${oid}`,
      certificate: whole,
      privateKey: encryptedInfo(oid, [Buffer.alloc(8), 2048], Buffer.alloc(1200)),
      password,
    })),
    ...['aes-128-cbc', 'aes-256-cbc', 'des-ede3-cbc'].map((cipher) => ({
      name: `PBES2 ${cipher}`,
      certificate: whole,
      privateKey: encrypt('rsa', `v2 ${cipher}`),
      password,
    })),
    ...['password with spaces', 'pässwörd', 'tab\there', '密码', `"quoted"\\`].map((secret) => ({
      name: `password ${JSON.stringify(secret)}`,
      certificate: whole,
      privateKey: encrypt('rsa', 'v1 PBE-SHA1-3DES', secret),
      password: secret,
    })),
    {
      name: 'password with a newline too much',
      certificate: whole,
      privateKey: encrypt('rsa', 'v1 PBE-SHA1-3DES'),
      password: `${password}\n`,
    },
    { name: 'needless password', certificate: whole, privateKey: key, password },
    { name: 'needless empty password', certificate: whole, privateKey: key, password: '' },
    {
      name: 'PKCS#1 key',
      certificate: whole,
      privateKey: keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) as string,
    },
    {
      name: 'SEC1 key',
      certificate: chainFor('prime256v1'),
      privateKey: keyOf('prime256v1').export({ type: 'sec1', format: 'pem' }) as string,
    },
    {
      name: 'PKCS#1 key under the label of PKCS#8',
      certificate: whole,
      privateKey: labelled(keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) as string, 'PRIVATE KEY'),
    },
    {
      name: 'SEC1 key under the label of PKCS#8',
      certificate: chainFor('prime256v1'),
      privateKey: labelled(keyOf('prime256v1').export({ type: 'sec1', format: 'pem' }) as string, 'PRIVATE KEY'),
    },
    { name: 'PKCS#8 key under the label of PKCS#1', certificate: whole, privateKey: labelled(key, 'RSA PRIVATE KEY') },
    {
      name: 'encrypted key under the plain label',
      certificate: whole,
      privateKey: labelled(encrypt('rsa', 'v1 PBE-SHA1-3DES'), 'PRIVATE KEY'),
      password,
    },
    {
      name: 'plain key under the encrypted label',
      certificate: whole,
      privateKey: labelled(key, 'ENCRYPTED PRIVATE KEY'),
    },
    {
      name: 'PKCS#1 key in OpenSSL’s encrypted form',
      certificate: whole,
      privateKey: keyOf('rsa').export({
        type: 'pkcs1',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: password,
      }) as string,
      password,
    },
    { name: 'two keys', certificate: whole, privateKey: key + pkcs8(keyOf('rsa', 5)) },
    { name: 'key and certificates in both members', certificate: key + whole, privateKey: whole + key },
    { name: 'members exchanged', certificate: key, privateKey: whole },
    {
      name: 'public key in place of the private one',
      certificate: whole,
      privateKey: pemOf('PUBLIC KEY', new Uint8Array(64)),
    },
    { name: 'certificates under the label of X509', certificate: labelled(whole, 'X509 CERTIFICATE'), privateKey: key },
    {
      name: 'certificates under the label of a request',
      certificate: labelled(whole, 'CERTIFICATE REQUEST'),
      privateKey: key,
    },
    { name: 'self-signed client', certificate: issue({ name: cn('client'), key: keyOf('rsa') }).pem, privateKey: key },
    {
      name: 'self-signed client, with a root',
      certificate: issue({ name: cn('client'), key: keyOf('rsa') }).pem + root.pem,
      privateKey: key,
    },
    {
      name: 'for servers only',
      certificate:
        issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, uses: ['1.3.6.1.5.5.7.3.1'] }).pem +
        intermediate.pem +
        root.pem,
      privateKey: key,
    },
    {
      name: 'for clients only',
      certificate:
        issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, uses: ['1.3.6.1.5.5.7.3.2'] }).pem +
        intermediate.pem +
        root.pem,
      privateKey: key,
    },
    { name: 'expired', certificate: dated(-20, -1), privateKey: key },
    { name: 'not yet valid', certificate: dated(1, 20), privateKey: key },
    { name: 'ends soon', certificate: dated(-20, 20), privateKey: key },
    {
      name: 'intermediate of another key',
      certificate:
        client.pem + issue({ name: intermediate.name, key: keyOf('rsa', 9), issuer: root, ca: true }).pem + root.pem,
      privateKey: key,
    },
    ...arrangements.map((places) => ({
      name: `chain ${places.join(', ')}`,
      certificate: chainOf(places),
      privateKey: key,
    })),
    ...Object.entries(textChanges).flatMap(([change, to]) => [
      { name: `certificate: ${change}`, certificate: to(whole), privateKey: key },
      { name: `key: ${change}`, certificate: whole, privateKey: to(key) },
      {
        name: `encrypted key: ${change}`,
        certificate: whole,
        privateKey: to(encrypt('rsa', 'v1 PBE-SHA1-3DES')),
        password,
      },
    ]),
  ];
  const pick = fc.record({
    kind: fc.constantFrom<KeyKind>('rsa', 'prime256v1', 'secp384r1', 'ed25519'),
    places: fc.oneof(
      fc.constant<Place[]>(['client', 'intermediate', 'root']),
      fc.constantFrom(...arrangements),
      fc.uniqueArray(fc.constantFrom<Place>('client', 'intermediate', 'root'), { minLength: 1 }),
    ),
    certificateChange: fc.oneof(
      { weight: 3, arbitrary: fc.constant('as it is') },
      { weight: 2, arbitrary: fc.constantFrom(...Object.keys(textChanges)) },
    ),
    keyChange: fc.oneof(
      { weight: 3, arbitrary: fc.constant('as it is') },
      { weight: 2, arbitrary: fc.constantFrom(...Object.keys(textChanges)) },
    ),
    how: fc.constantFrom(
      'plain',
      'plain',
      'v1 PBE-SHA1-3DES',
      'v1 PBE-MD5-DES',
      'v1 PBE-SHA1-RC2-40',
      'v2 aes-256-cbc',
    ),
    secret: fc.constantFrom('right', 'right', 'right', 'wrong', 'none'),
  });
  const drawn = fc
    .sample(pick, { numRuns: random, seed })
    .map(({ kind, places, certificateChange, keyChange, how, secret }, index) => {
      const issued = issueChain({ key: keyOf(kind) });
      const chain = places
        .map((position) => (position === 'stranger' ? other.client : issued[position as 'client']).pem)
        .join('');
      const plain = how === 'plain';
      const given = { right: plain ? undefined : password, wrong: 'no such', none: undefined }[secret];
      return {
        name: `drawn ${index}: ${kind}, ${places.join('+')}, certificate ${certificateChange}, key ${keyChange}, ${how}, password ${secret}`,
        certificate: textChanges[certificateChange]!(chain),
        privateKey: textChanges[keyChange]!(plain ? pkcs8(keyOf(kind)) : encrypt(kind, how)),
        password: given,
      };
    });
  return [...cases, ...drawn];
}

/** Certificates with all sorts of names, each with a key that fits. */
export function buildNames(seed: number, count: number): PemCase[] {
  const letters = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      'a,b',
      'a+b',
      'a=b',
      'a"b',
      'a<b>c',
      'a;b',
      'a\\b',
      '#a',
      ' a',
      'a ',
      '  a  b  ',
      'a#b',
      'Ünïcødé',
      '漢字',
      'a/b',
      'a\tb',
      'a\nb',
      '=',
      ' ',
      '\\',
      'a\rb',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  );
  const part = fc.oneof(
    fc.record({ oid: fc.constantFrom(...Object.values(oids), '1.2.3.4.5'), value: letters }),
    fc.record({
      oid: fc.constantFrom(oids.CN, oids.O, oids.OU, oids.C),
      value: fc.stringMatching(/^[A-Za-z0-9 '()+,./:=?-]{1,10}$/),
      kind: fc.constantFrom('printable', 'ia5', 'teletex', 'bmp', 'numeric' as const),
    }),
  );
  const names = fc.sample(fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), {
    numRuns: count,
    seed,
  }) as Name[];
  const key = keyOf('prime256v1', 3);
  return names.map((name, index) => ({
    name: `name ${index}`,
    certificate: issue({ name, key }).pem,
    privateKey: pkcs8(key),
  }));
}

import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { profileSecret } from '../../../src/secrets/profile.js';
import { isOk } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { deny, notFound, secretArn } from '../../accounts/account.js';
import { cn, issue, issueChain, keyOf, pkcs8, type Issued } from '../../secrets/support/issue.js';
import { encryptedInfo, encryptPbes1 } from '../../secrets/support/pbes1.js';
import { facts, holding, judge, type Text } from './judge.js';

const { client, intermediate, root } = issueChain();
const chain = client.pem + intermediate.pem + root.pem;
const privateKey = pkcs8(keyOf('rsa'));
const password = 'a key’s own'.replace('’', '');
const encrypted = encryptPbes1(keyOf('rsa'), password);
const lost = (text: string) => text.replaceAll('\n', String.raw`\n`);
const day = 86_400_000;
const at = (days: number) => new Date(Date.now() + days * day);
const dated = (from: number, to: number) =>
  issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, from: at(from), to: at(to) }).pem +
  intermediate.pem +
  root.pem;
const withRoot = (days: number): string => {
  const old = issue({ name: cn('Old Root'), key: keyOf('prime256v1', 7), ca: true, from: at(-900), to: at(days) });
  return issue({ name: cn('client'), key: keyOf('rsa'), issuer: old }).pem + old.pem;
};
const chainFor = (key: ReturnType<typeof keyOf>): { certificate: string; privateKey: string } => {
  const issued = issueChain({ key });
  return {
    certificate: [issued.client, issued.intermediate, issued.root]
      .map((certificate: Issued) => certificate.pem)
      .join(''),
    privateKey: pkcs8(key),
  };
};

const holdingProfile = (content: object) => profileSecret({ text: JSON.stringify(content) });

describe('secret.scram', () => {
  const scram = (content: object | string, text: Text = 'sasl') => judge('scram', holding(content), { text });
  test.each([
    ['no JSON', 'username=orders', 'is not JSON'],
    ['a list', '["orders"]', 'is not a JSON object'],
    ['nothing', '', 'is empty'],
    ['other names', { user: 'orders', pass: 'x' }, 'it has “user”; Lambda expects “username”'],
    ['names in capitals', { Username: 'orders', Password: 'x' }, 'it has “Username”'],
    ['no password', { username: 'orders' }, 'has no “password”'],
    ['an empty password', { username: 'orders', password: '' }, 'has an empty “password”'],
    ['an empty user name', { username: ' ', password: 'x' }, 'has an empty “username”'],
    ['null', { username: 'orders', password: null }, 'has no “password”'],
    ['a number', { username: 'orders', password: 12_345 }, '“password” that is not a string'],
  ])('%s', (_, content, fact) => {
    const finding = scram(content);
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain(fact);
  });
  test.each<[string, string, string]>([
    ['signs and digits', `${randomUUID().slice(0, 6)}!Aa1`, 'dev'],
    ['a UUID', randomUUID(), 'orders-reader'],
    ['hexadecimal', randomBytes(16).toString('hex'), 'orders'],
    ['base64', randomBytes(18).toString('base64'), 'orders_reader'],
    ['the name with a domain', `${randomBytes(12).toString('base64url')}9$aB`, 'orders@example.com'],
    ['blanks at its ends', ` ${randomUUID()} `, 'OrdersReader'],
  ])('swapped: %s', (_, username, plain) => {
    const finding = scram({ username, password: plain });
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('seems to have user name and password swapped');
    for (const shown of [finding, holdingProfile({ username, password: plain })]) {
      expect(JSON.stringify(shown)).not.toContain(username.trim());
      expect(JSON.stringify(shown)).not.toContain(`${plain}"`);
    }
    // The same secret makes the user of the cluster: a login that works is not stopped by it.
    expect(scram({ username, password: plain }, 'ok').status).toBe('warn');
    expect(scram({ username: plain, password: username.trim() }, 'ok').status).not.toBe('fail');
    expect(facts(scram({ username: plain, password: username }))).not.toContain('swapped');
  });
  test.each([
    ['both generated', { username: randomUUID(), password: randomUUID() }],
    ['both plain words', { username: 'orders', password: 'sunshine' }],
    ['a short generated user name', { username: 'svc-7f3a91', password: 'sunshine' }],
    ['the same', { username: 'orders', password: 'orders' }],
    ['a number as password', { username: 'orders', password: '1' }],
    ['other members as of RDS', { username: 'orders', password: randomUUID(), host: 'db', engine: 'mysql', port: 1 }],
  ])('not called swapped: %s', (_, content) => {
    const finding = scram(content);
    expect(finding.status).not.toBe('fail');
    expect(facts(finding)).not.toContain('swapped');
  });
  test.each([
    ['backslash', 'a\\b'],
    ['slash', 'a/b'],
    ['double quote', 'a"b'],
    ['line break at its end', 'abc\n'],
    ['blank at its start', ' abc'],
  ])('a %s is a risk, and a cause where the login failed', (_, secret) =>
    expect(scram({ username: 'orders', password: secret }).status).toBe('warn'),
  );
  test.each([
    ['more members', { username: 'orders', password: 'x', engine: 'kafka', host: 'b-1' }],
    ['odd letters', { username: 'ørders', password: '密码 {}[]' }],
    ['a pretty text', '{\r\n  "username": "orders",\r\n  "password": "x"\r\n}\n'],
  ])('%s do no harm', (_, content) => expect(scram(content).status).toBe('pass'));
  test('bytes, where Lambda reads text', () => {
    const bytes = (snapshot: Snapshot) => {
      const read = snapshot.secretProfiles[secretArn];
      if (read !== undefined && isOk(read)) Object.assign(read.value, { form: 'binary', members: [] });
    };
    expect([judge('scram', bytes).status, judge('scram', bytes, { text: 'ok' }).status]).toEqual(['fail', 'warn']);
  });
  test('a secret that is there, and has no version', () => {
    const finding = judge(
      'scram',
      (snapshot) => void (snapshot.secretProfiles[secretArn] = notFound('secretsmanager', 'GetSecretValue')),
    );
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain('SecretString is empty');
    expect(
      judge(
        'scram',
        (snapshot) => void (snapshot.secretProfiles[secretArn] = notFound('secretsmanager', 'GetSecretValue')),
        { text: 'ok' },
      ).status,
    ).toBe('warn');
  });
  test('not readable', () =>
    expect(
      judge('scram', (snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue')),
    ).toMatchObject({ status: 'unknown', missingActions: ['secretsmanager:GetSecretValue'] }));
});

describe('secret.certificate', () => {
  const judgeChain = (certificate: string, text: Text = 'tls') =>
    judge('certificate', holding({ certificate, privateKey }), { auth: 'mtls', text });
  test.each([
    { name: 'expired', certificate: dated(-20, -1), fact: 'expired on' },
    { name: 'not valid yet', certificate: dated(1, 20), fact: 'is not valid before' },
    { name: 'no PEM', certificate: 'MIIB', fact: 'no PEM certificate' },
    { name: 'a key', certificate: privateKey, fact: 'no PEM certificate' },
    { name: 'line breaks written out', certificate: lost(chain), fact: 'instead of line breaks' },
    { name: 'line breaks made blanks', certificate: chain.replaceAll('\n', ' '), fact: 'has no line breaks' },
    {
      name: 'blocks run together',
      certificate: chain.replaceAll('-----\n-----', '----------'),
      fact: 'has no line breaks',
    },
    { name: 'reversed', certificate: root.pem + intermediate.pem + client.pem, fact: 'the order must be client' },
    { name: 'the intermediate left out', certificate: client.pem + root.pem, fact: 'did not issue' },
    { name: 'one twice', certificate: chain + root.pem, fact: 'twice in its chain' },
    {
      name: 'signed by itself',
      certificate: issue({ name: cn('client'), key: keyOf('rsa') }).pem,
      fact: 'is self-signed',
    },
    {
      name: 'for servers only',
      certificate:
        issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, uses: ['1.3.6.1.5.5.7.3.1'] }).pem +
        intermediate.pem +
        root.pem,
      fact: 'extended key usage',
    },
    { name: 'no base64 in it', certificate: chain.replace(/\n.{5}/, '\n*****'), fact: 'damaged' },
    { name: 'the client alone', certificate: client.pem, fact: 'its issuer CN=Test Intermediate is missing' },
  ])('$name', ({ certificate, fact }) => {
    const finding = judgeChain(certificate);
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain(fact);
  });
  test('the same issuer’s name with another key is told by the signature', () => {
    const impostor = issue({ name: intermediate.name, key: keyOf('rsa', 9), issuer: root, ca: true });
    expect(judgeChain(client.pem + impostor.pem + root.pem).status).toBe('fail');
  });
  test.each([
    { name: 'carriage returns', certificate: chain.replaceAll('\n', '\r\n') },
    {
      name: 'comments between the blocks',
      certificate: chain.replaceAll(
        '-----BEGIN',
        String.raw`# C:\new\certificates` + '\nsubject=CN = client\n-----BEGIN',
      ),
    },
    {
      name: 'each block’s content on one line',
      certificate: chain.replaceAll(/([A-Za-z0-9+/=])\n(?=[A-Za-z0-9+/=])/g, '$1'),
    },
    { name: 'blank lines', certificate: chain.replaceAll('-----BEGIN', '\n\n-----BEGIN') },
    { name: 'indented', certificate: chain.replaceAll(/^/gm, '  ') },
    {
      name: 'for clients and servers',
      certificate:
        issue({
          name: cn('client'),
          key: keyOf('rsa'),
          issuer: intermediate,
          uses: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
        }).pem +
        intermediate.pem +
        root.pem,
    },
  ])('$name: healthy', ({ certificate }) => expect(judgeChain(certificate).status).toBe('pass'));
  test('within thirty days of its end: a risk, also while it works', () => {
    expect(judgeChain(dated(-20, 29), 'ok').status).toBe('warn');
    expect(judgeChain(dated(-20, 31), 'ok').status).toBe('pass');
  });
  test('the root left out is what works where the cluster trusts the intermediate', () => {
    expect(judgeChain(client.pem + intermediate.pem, 'ok').status).toBe('pass');
    expect(judgeChain(client.pem, 'ok').status).toBe('pass');
  });
  test('the root left out is a risk where the login fails', () =>
    expect(judgeChain(client.pem + intermediate.pem).status).toBe('warn'));
  test('a root that expired is the brokers’ own to judge: a risk', () =>
    expect(judgeChain(withRoot(-1)).status).toBe('warn'));
  test('a rule that a working mapping breaks is a risk; an expired certificate is none', () => {
    expect(judgeChain(root.pem + intermediate.pem + client.pem, 'ok').status).toBe('warn');
    expect(judgeChain(dated(-20, -1), 'ok').status).toBe('fail');
  });
  test('other names for the member', () =>
    expect(
      facts(judge('certificate', holding({ cert: chain, privateKey }), { auth: 'mtls', text: 'invalid' })),
    ).toContain('it has “cert”; Lambda expects “certificate”'));
  test('not readable', () =>
    expect(
      judge('certificate', (snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue'), {
        auth: 'mtls',
      }).status,
    ).toBe('unknown'));
});

describe('secret.private-key', () => {
  const judgeKey = (key: object, text: Text = 'invalid') =>
    judge('private-key', holding({ certificate: chain, ...key }), { auth: 'mtls', text });
  const pbes2 = keyOf('rsa').export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: password,
  }) as string;
  const pkcs1 = keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) as string;
  test.each([
    { name: 'PKCS#1', content: { privateKey: pkcs1 }, fact: 'PKCS#1' },
    {
      name: 'PKCS#1 under another label',
      content: { privateKey: pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE') },
      fact: 'PKCS#1',
    },
    {
      name: 'SEC1',
      content: { privateKey: keyOf('prime256v1').export({ type: 'sec1', format: 'pem' }) },
      fact: 'SEC1',
    },
    { name: 'PBES2', content: { privateKey: pbes2, privateKeyPassword: password }, fact: 'PBES2' },
    { name: 'no password', content: { privateKey: encrypted }, fact: 'no privateKeyPassword' },
    {
      name: 'an empty password',
      content: { privateKey: encrypted, privateKeyPassword: '' },
      fact: 'an empty privateKeyPassword',
    },
    {
      name: 'the password under another name',
      content: { privateKey: encrypted, password },
      fact: 'it has “password”; Lambda expects “privateKeyPassword”',
    },
    {
      name: 'the password misspelt',
      content: { privateKey: encrypted, privatekeypassword: password },
      fact: 'it has “privatekeypassword”',
    },
    {
      name: 'another password',
      content: { privateKey: encrypted, privateKeyPassword: 'other' },
      fact: 'does not decrypt the private key',
    },
    {
      name: 'a line break after the password',
      content: { privateKey: encrypted, privateKeyPassword: `${password}\n` },
      fact: 'ends with a space or line break',
    },
    { name: 'a needless password', content: { privateKey, privateKeyPassword: password }, fact: 'not encrypted' },
    { name: 'another key', content: { privateKey: pkcs8(keyOf('rsa', 5)) }, fact: 'does not belong' },
    { name: 'two keys', content: { privateKey: privateKey + pkcs8(keyOf('rsa', 5)) }, fact: 'contains 2 private keys' },
    { name: 'line breaks written out', content: { privateKey: lost(privateKey) }, fact: 'instead of line breaks' },
    { name: 'a certificate', content: { privateKey: chain }, fact: 'no PEM private key' },
    { name: 'damaged', content: { privateKey: privateKey.replace(/\n(.{30})./, '\n$1*') }, fact: 'damaged' },
    {
      name: 'a password that Java does not take',
      content: { privateKey: encryptPbes1(keyOf('rsa'), 'pässwörd'), privateKeyPassword: 'pässwörd' },
      fact: 'ASCII',
    },
  ])('$name', ({ content, fact }) => {
    const finding = judgeKey(content);
    expect(finding.status).toBe('fail');
    expect(facts(finding)).toContain(fact);
  });
  test.each(['rsa', 'prime256v1', 'secp384r1', 'secp521r1'] as const)('an %s key: healthy', (kind) =>
    expect(judge('private-key', holding(chainFor(keyOf(kind))), { auth: 'mtls', text: 'invalid' }).status).toBe('pass'),
  );
  test('encrypted by PBES1 with its password, or with null in its place where it is not: healthy', () => {
    expect(judgeKey({ privateKey: encrypted, privateKeyPassword: password }).status).toBe('pass');
    expect(judgeKey({ privateKey, privateKeyPassword: null }).status).toBe('pass');
  });
  test('what only Kafka’s own loader refuses is a risk, and none where it works', () => {
    const ed25519 = holding(chainFor(keyOf('ed25519')));
    expect([
      judge('private-key', ed25519, { auth: 'mtls', text: 'invalid' }).status,
      judge('private-key', ed25519, { auth: 'mtls', text: 'ok' }).status,
    ]).toEqual(['warn', 'pass']);
    expect([
      judgeKey({ privateKey, privateKeyPassword: '' }).status,
      judgeKey({ privateKey, privateKeyPassword: '' }, 'ok').status,
    ]).toEqual(['warn', 'pass']);
  });
  test('an old cipher that cannot be tried here is undecided, and its password is not called wrong', () => {
    const finding = judgeKey({
      privateKey: encryptedInfo('1.2.840.113549.1.5.3', [Buffer.alloc(8), 2048], Buffer.alloc(1200)),
      privateKeyPassword: password,
    });
    expect(finding.status).toBe('unknown');
    expect(facts(finding)).toContain('PBE-MD5-DES');
    expect(facts(finding)).not.toContain('does not decrypt');
  });
  test('a rule that a working mapping breaks is a risk', () =>
    expect(judgeKey({ privateKey: pkcs1 }, 'ok').status).toBe('warn'));
  test('not readable', () =>
    expect(
      judge('private-key', (snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue'), {
        auth: 'mtls',
      }).status,
    ).toBe('unknown'));
});

test('what a mapping does not use is not asked about, however little could be read', () => {
  const unread = (snapshot: Snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue');
  for (const check of ['certificate', 'private-key'] as const) expect(judge(check, unread).status, check).toBe('skip');
  expect(judge('scram', unread, { auth: 'mtls' }).status).toBe('skip');
  expect(
    judge('name-prefix', (snapshot) => deny(snapshot, 'secrets', 'secretsmanager', 'DescribeSecret'), { auth: 'mtls' })
      .status,
  ).toBe('skip');
});

test('secret.size', () => {
  const padded = { certificate: `${'# \n'.repeat(25_000)}${chain}`, privateKey };
  expect(judge('size', holding(padded), { auth: 'mtls', text: 'invalid' })).toMatchObject({
    status: 'fail',
    title: expect.stringContaining('65,536'),
  });
  expect(judge('size', holding({ certificate: chain, privateKey }), { auth: 'mtls' }).status).toBe('pass');
  expect(
    judge('size', (snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue'), { auth: 'mtls' })
      .status,
  ).toBe('unknown');
});

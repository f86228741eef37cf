/** What is wrong with a secret decides what its fix is: each fact has its own title and commands. */
import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/snapshot/read.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { diagnoseSecret } from '../../../src/diagnosis/secret.js';
import { replayAll } from '../../../src/simulate/simulate.js';
import { accountWith, clusterArn, keyArn, notFound, secretArn, uuid, value } from '../../accounts/account.js';
import { cn, issue, issueChain, keyOf, pkcs8 } from '../../secrets/support/issue.js';
import { encryptPbes1 } from '../../secrets/support/pbes1.js';
import { findingIn, holding, judge, type SecretCheck } from './judge.js';

const { client, intermediate, root } = issueChain();
const chain = client.pem + intermediate.pem + root.pem;
const privateKey = pkcs8(keyOf('rsa'));
const phrase = `phrase ${Date.now()}`;
const encrypted = encryptPbes1(keyOf('rsa'), phrase);
const day = 86_400_000;
const dated = (from: number, to: number): string =>
  issue({
    name: cn('client'),
    key: keyOf('rsa'),
    issuer: intermediate,
    from: new Date(Date.now() + from * day),
    to: new Date(Date.now() + to * day),
  }).pem +
  intermediate.pem +
  root.pem;

interface Case {
  fact: string;
  check: SecretCheck;
  content: object | string;
  /** In the first fix's title. */
  title: RegExp;
  /** Among its commands. */
  command: RegExp;
}

const certificates: Case[] = [
  {
    fact: 'expired',
    check: 'certificate',
    content: { certificate: dated(-20, -1), privateKey },
    title: /^Request a new certificate for CN=client from CN=.* \(expired on/,
    command: /^openssl req -new -key key\.pem/,
  },
  {
    fact: 'expires soon',
    check: 'certificate',
    content: { certificate: dated(-20, 5), privateKey },
    title: /^Request a new certificate for CN=client from .* before \d/,
    command: /^openssl req -new/,
  },
  {
    fact: 'not valid yet',
    check: 'certificate',
    content: { certificate: dated(2, 20), privateKey },
    title: /^Wait until \d{4}-/,
    command: /^msk-lambda secret create/,
  },
  {
    fact: 'not PEM',
    check: 'certificate',
    content: { certificate: 'MIIB', privateKey },
    title: /^Convert the certificate to PEM/,
    command: /^openssl x509 -inform DER/,
  },
  {
    fact: 'damaged',
    check: 'certificate',
    content: { certificate: chain.replace(/\n.{5}/, '\n*****'), privateKey },
    title: /^Export the certificate chain again/,
    command: /^openssl x509 -in client\.pem/,
  },
  {
    fact: 'wrong order',
    check: 'certificate',
    content: { certificate: root.pem + intermediate.pem + client.pem, privateKey },
    title: /^Put the chain in order/,
    command: /^msk-lambda secret create AmazonMSK_orders-2 --certificate client\.pem --chain/,
  },
  {
    fact: 'one twice',
    check: 'certificate',
    content: { certificate: chain + root.pem, privateKey },
    title: /^Remove the repeated certificate/,
    command: /^msk-lambda secret create/,
  },
  {
    fact: 'signed by itself',
    check: 'certificate',
    content: { certificate: issue({ name: cn('client'), key: keyOf('rsa') }).pem, privateKey },
    title: /^Request a client certificate from a private certificate authority/,
    command: /^openssl req -new/,
  },
  {
    fact: 'for servers only',
    check: 'certificate',
    content: {
      certificate:
        issue({ name: cn('client'), key: keyOf('rsa'), issuer: intermediate, uses: ['1.3.6.1.5.5.7.3.1'] }).pem +
        intermediate.pem +
        root.pem,
      privateKey,
    },
    title: /clientAuth/,
    command: /^openssl req -new/,
  },
  {
    fact: 'line breaks lost',
    check: 'certificate',
    content: { certificate: chain.replaceAll('\n', ' '), privateKey },
    title: /line breaks/,
    command: /^msk-lambda secret create/,
  },
  {
    fact: 'its issuer left out',
    check: 'certificate',
    content: { certificate: client.pem, privateKey },
    title: /^Add the certificate of the issuer CN=/,
    command: /^openssl verify/,
  },
  {
    fact: 'no member certificate',
    check: 'certificate',
    content: { cert: chain, privateKey },
    title: /in the field certificate/,
    command: /^msk-lambda secret create/,
  },
];

const keys: Case[] = [
  {
    fact: 'of another certificate',
    check: 'private-key',
    content: { certificate: chain, privateKey: pkcs8(keyOf('rsa', 5)) },
    title: /^Find the private key of the certificate/,
    command: /^openssl x509 -in client\.pem -noout -pubkey \| openssl sha256$/,
  },
  {
    fact: 'PKCS#1',
    check: 'private-key',
    content: { certificate: chain, privateKey: keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) },
    title: /^Convert the private key to PKCS#8/,
    command: /^openssl pkcs8 -topk8 -in key\.pem -nocrypt/,
  },
  {
    fact: 'encrypted with PBES2',
    check: 'private-key',
    content: {
      certificate: chain,
      privateKey: keyOf('rsa').export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: phrase }),
      privateKeyPassword: phrase,
    },
    title: /^Store the private key unencrypted as PKCS#8$/,
    command: /^openssl pkcs8 -topk8 -in key\.pem -nocrypt -out pkcs8\.pem$/,
  },
  {
    fact: 'a password that does not open it',
    check: 'private-key',
    content: { certificate: chain, privateKey: encrypted, privateKeyPassword: `${phrase}-` },
    title: /^Store the right password of the private key/,
    command: /^msk-lambda secret create .* --password-stdin$/,
  },
  {
    fact: 'no password',
    check: 'private-key',
    content: { certificate: chain, privateKey: encrypted },
    title: /^Store the password of the private key as privateKeyPassword/,
    command: /--password-stdin$/,
  },
  {
    fact: 'a password for a key that is not encrypted',
    check: 'private-key',
    content: { certificate: chain, privateKey, privateKeyPassword: phrase },
    title: /^Remove privateKeyPassword/,
    command: /^msk-lambda secret create/,
  },
  {
    fact: 'two keys',
    check: 'private-key',
    content: { certificate: chain, privateKey: privateKey + privateKey },
    title: /^Keep only the private key of the certificate/,
    command: /^openssl pkey -in key\.pem -pubout \| openssl sha256$/,
  },
  {
    fact: 'no PEM',
    check: 'private-key',
    content: { certificate: chain, privateKey: 'MIIE' },
    title: /^Convert the private key to PEM/,
    command: /^openssl pkey -inform DER/,
  },
];

describe.each([...certificates, ...keys])('secret.$check: $fact', ({ check, content, title, command }) => {
  const [fix] = judge(check, holding(content), { auth: 'mtls', text: 'tls' }).fixes;
  test('its own fix, which ends with the mapping naming the new secret', () => {
    expect(fix!.title).toMatch(title);
    expect(fix!.commands).toContainEqual(expect.stringMatching(command));
    expect(fix!.commands!.at(-1)).toBe(`msk-lambda update ${uuid} --secret AmazonMSK_orders-2`);
  });
  test('a key that a command writes is the key that is stored', () => {
    for (const { commands = [] } of judge(check, holding(content), { auth: 'mtls', text: 'tls' }).fixes) {
      const [written] = commands.flatMap((line) => /^openssl (?:pkcs8|ec|pkey) .*-out (\S+)$/.exec(line)?.[1] ?? []);
      const [stored] = commands.flatMap((line) => /--private-key (\S+)/.exec(line)?.[1] ?? []);
      expect(stored).toBe(written ?? 'key.pem');
      // An encrypted key is stored with its password.
      if (stored === 'pkcs8-encrypted.pem') expect(commands.join('\n')).toContain('--password-stdin');
    }
  });
});

describe('a user', () => {
  const create = (name: string, user: string, key: string) => [
    `msk-lambda secret create ${name} --username ${user} --kms-key ${key} --cluster ${clusterArn}`,
    `msk-lambda update ${uuid} --secret ${name}`,
  ];
  const withoutKey = (snapshot: Snapshot) => void delete value(snapshot.secrets, secretArn).KmsKeyId;
  const renamed = secretArn.replace('AmazonMSK_orders', 'orders');
  test.each<[string, SecretCheck, (snapshot: Snapshot) => void, string[]]>([
    ['misspelt members', 'scram', holding({ user: 'reader', pass: 'x' }), create('AmazonMSK_orders-2', 'USER', keyArn)],
    ['no password', 'scram', holding({ username: 'reader' }), create('AmazonMSK_orders-2', 'reader', keyArn)],
    ['no JSON', 'scram', holding('reader'), create('AmazonMSK_orders-2', 'USER', keyArn)],
    [
      'the default key',
      'kms',
      (snapshot) => [holding({ username: 'reader', password: 'x' }), withoutKey].forEach((change) => change(snapshot)),
      create('AmazonMSK_orders-2', 'reader', 'KEY'),
    ],
    [
      'a key that is gone',
      'kms',
      (snapshot) => void (snapshot.keys[keyArn] = notFound('kms', 'DescribeKey')),
      create('AmazonMSK_orders-2', 'orders-reader', 'KEY'),
    ],
    [
      'a name without the prefix',
      'name-prefix',
      (snapshot) => {
        value(snapshot.mappings, uuid).SourceAccessConfigurations[0]!.URI = renamed;
        snapshot.secrets[renamed] = ok({ ...value(snapshot.secrets, secretArn), ARN: renamed, Name: 'orders' });
        snapshot.scramSecrets[clusterArn] = ok([]);
      },
      create('AmazonMSK_orders', 'USER', keyArn),
    ],
    [
      'not associated, and under the default key: MSK would refuse it',
      'association',
      (snapshot) => {
        withoutKey(snapshot);
        // With no other secret, the fix of secret.kms covers this one.
        snapshot.scramSecrets[clusterArn] = ok([secretArn.replace('orders', 'others')]);
      },
      create('AmazonMSK_orders-2', 'orders-reader', 'KEY'),
    ],
    [
      'gone',
      'exists',
      (snapshot) => void (snapshot.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret')),
      create('AmazonMSK_orders', 'USER', 'KEY'),
    ],
  ])('%s: the commands are complete', (_, check, change, commands) => {
    const [fix] = judge(check, change).fixes;
    expect(fix).toMatchObject({ safety: 'by-hand', changes: [] });
    expect(fix!.commands).toEqual(commands);
  });

  test('gone, and made again under its name: the mapping is given the new ARN', () => {
    const again = secretArn.replace(/.{6}$/, 'Zz99Zz');
    const gone = accountWith(
      (snapshot) => {
        const { secrets, secretProfiles, secretPolicies } = snapshot;
        for (const reads of [secrets, secretProfiles, secretPolicies] as Record<string, unknown>[])
          reads[again] = structuredClone(reads[secretArn]);
        value(secrets, again).ARN = again;
        secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret');
        snapshot.scramSecrets[clusterArn] = ok([again]);
      },
      { auth: 'scram' },
    );
    const [fix] = findingIn(gone, 'exists').fixes;
    expect(fix).toMatchObject({ safety: 'care', changes: [{ operation: 'UpdateEventSourceMapping' }] });
    expect(findingIn(replayAll(gone, fix!.changes), 'exists').status).toBe('pass');
  });

  test('gone, and others are associated: each is offered', () => {
    const others = ['b', 'c'].map((name) => secretArn.replace('AmazonMSK_orders', `AmazonMSK_${name}`));
    const [fix] = judge('exists', (snapshot) => {
      snapshot.secrets[secretArn] = notFound('secretsmanager', 'DescribeSecret');
      snapshot.scramSecrets[clusterArn] = ok([...others, secretArn]);
    }).fixes;
    expect(fix!.commands).toEqual(others.map((arn) => `msk-lambda update ${uuid} --secret ${arn}`));
  });

  test.each([
    ['a key', 'kms', { KeyState: 'PendingDeletion', Enabled: false }, ['EnableKey', 'CancelKeyDeletion']],
  ] as const)(
    '%s scheduled for deletion is restored, and the undo schedules it again',
    (_, check, state, operations) => {
      const broken = accountWith((snapshot) => void Object.assign(value(snapshot.keys, keyArn), state), {
        auth: 'scram',
      });
      const [fix] = findingIn(broken, check).fixes;
      const mended = replayAll(broken, fix!.changes);
      expect(findingIn(mended, check).status).toBe('pass');
      expect(fix!.changes.toReversed().map(({ operation }) => operation)).toEqual(operations);
      const undone = replayAll(
        mended,
        fix!.changes.toReversed().flatMap(({ undo }) => undo ?? []),
      );
      expect(findingIn(undone, check).status).toBe('fail');
    },
  );

  test('a file is no secret of the account: nothing is named that does not exist', () => {
    const snapshot = accountWith(holding({ user: 'reader', pass: 'x' }), { auth: 'scram' });
    snapshot.secretProfiles['secret.json'] = snapshot.secretProfiles[secretArn]!;
    const { findings } = diagnoseSecret(snapshot, 'secret.json', {
      asserted: 'scram',
      clusterArn: null,
      fromFile: true,
    });
    const commands = findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.commands ?? []));
    expect(commands).toEqual(['msk-lambda secret create AmazonMSK_NAME --username USER --kms-key KEY']);
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import checkSchema from '../../schema/secret-check.v1.json' with { type: 'json' };
import createSchema from '../../schema/secret-create.v1.json' with { type: 'json' };
import type { Answerer } from '../../src/account/clients.js';
import type { SecretCheckDocument, SecretCreateDocument } from '../../src/report/documents/secret.js';
import { openAccount } from '../../src/sandbox/index.js';
import { issueChain, keyOf, pkcs8 } from '../secrets/support/issue.js';
import { encryptPbes1 } from '../secrets/support/pbes1.js';
import { startDouble } from '../wire/double.js';
import { launcher, looksLikeTrace, run, spawnProgram, type RunOptions } from './program.js';

const ajv = new Ajv2020();
const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-secret-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const { client, intermediate, root } = issueChain();
const chain = client.pem + intermediate.pem + root.pem;
const key = pkcs8(keyOf('rsa'));
const secret = (words: string[], more: RunOptions = {}) => run(['secret', ...words], more);
const noCredentials = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
const keyId = '0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b';

test('the stdin of a process of its own', async () => {
  const checked = await spawnProgram(['secret', 'check', '-'], { input: '{"username":"orders","password":"x"}' });
  expect(checked).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringContaining('All checks pass') as string,
  });
  const made = await spawnProgram(
    [
      ...'secret create new-user --username orders-reader --password-stdin --yes --sandbox scram --kms-key'.split(' '),
      keyId,
    ],
    { input: 'marked-password\n' },
  );
  expect(made).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('The secret was created: arn:') as string,
  });
  expect(made.stdout + made.stderr).not.toContain('marked-password');
});

describe('secret check', () => {
  const check = async (words: string[], more: RunOptions = {}) => {
    const ran = await secret(['check', ...words, '--output', 'json'], more);
    expect(looksLikeTrace(ran)).toBe(false);
    const document = JSON.parse(ran.stdout) as SecretCheckDocument;
    expect(ajv.validate(checkSchema, document), ajv.errorsText()).toBe(true);
    const [first] = document.secrets;
    return {
      ...ran,
      first: first!,
      document,
      failing: first!.findings.filter(({ status }) => status === 'fail').map(({ check }) => check),
    };
  };

  test.each<{ name: string; text: string; exitCode: number; failing: string[] }>([
    { name: 'a healthy user', text: JSON.stringify({ username: 'orders', password: 'x' }), exitCode: 0, failing: [] },
    {
      name: 'a healthy certificate',
      text: JSON.stringify({ certificate: chain, privateKey: key }),
      exitCode: 0,
      failing: [],
    },
    {
      name: 'misspelt members',
      text: JSON.stringify({ user: 'orders', pass: 'x' }),
      exitCode: 1,
      failing: ['secret.scram'],
    },
    {
      name: 'a reversed chain',
      text: JSON.stringify({ certificate: root.pem + intermediate.pem + client.pem, privateKey: key }),
      exitCode: 1,
      failing: ['secret.certificate', 'secret.private-key'],
    },
    {
      name: 'PKCS#1',
      text: JSON.stringify({ certificate: chain, privateKey: keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) }),
      exitCode: 1,
      failing: ['secret.private-key'],
    },
    { name: 'no JSON', text: 'orders:x', exitCode: 1, failing: ['secret.scram'] },
    { name: 'nothing', text: '', exitCode: 1, failing: ['secret.scram'] },
    { name: 'other things', text: '{"host":"b-1"}', exitCode: 1, failing: ['secret.scram'] },
    {
      name: 'too much',
      text: JSON.stringify({ username: 'orders', password: 'x', note: 'y'.repeat(70_000) }),
      exitCode: 1,
      failing: ['secret.size'],
    },
  ])('a file with $name; nothing is asked of AWS', async ({ text, exitCode, failing }) => {
    const ran = await check([file('secret.json', text)], { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } });
    expect([ran.exitCode, ran.failing]).toEqual([exitCode, failing]);
  });

  test('stdin, and a warning that counts where it is asked for', async () => {
    const input = JSON.stringify({ username: 'orders', password: 'a/b' });
    expect(await check(['-'], { input })).toMatchObject({
      exitCode: 0,
      first: { secret: 'stdin', verdict: 'at-risk', principal: 'User:orders' },
    });
    expect((await check(['-', '--fail-on', 'warn'], { input })).exitCode).toBe(1);
  });

  test.each<[string, string, number, string]>([
    ['scram', 'AmazonMSK_orders', 0, 'healthy'],
    ['mtls', 'AmazonMSK_orders', 0, 'healthy'],
    ['secret-misspelt', 'AmazonMSK_orders', 1, 'broken'],
    ['certificate-expired', 'AmazonMSK_orders', 1, 'broken'],
    ['secret-deleted', 'AmazonMSK_orders', 1, 'broken'],
    ['key-disabled', 'AmazonMSK_orders', 1, 'broken'],
  ])('the secret of the account %s', async (sandbox, name, exitCode, verdict) => {
    const ran = await check([name, '--sandbox', sandbox]);
    expect([ran.exitCode, ran.first.verdict]).toEqual([exitCode, verdict]);
  });

  test('with a cluster tells of the association', async () => {
    expect(
      await check(['AmazonMSK_orders', '--cluster', 'orders-cluster', '--sandbox', 'secret-not-associated']),
    ).toMatchObject({ exitCode: 1, failing: ['secret.association'] });
    expect(await check(['AmazonMSK_orders', '--cluster', 'orders-cluster', '--sandbox', 'scram'])).toMatchObject({
      exitCode: 0,
    });
  });

  test('several, in their order', async () => {
    const { document } = await check([
      file('a.json', '{}'),
      'AmazonMSK_orders',
      file('b.json', JSON.stringify({ username: 'b', password: 'x' })),
      '--sandbox',
      'scram',
    ]);
    expect(document.secrets.map(({ verdict }) => verdict)).toEqual(['broken', 'healthy', 'healthy']);
  });

  test('--no-secret-values asks for no value, and leaves what needs it open', async () => {
    const double = await startDouble(openAccount('secret-misspelt')!.answer as Answerer);
    try {
      const ran = await check(['AmazonMSK_orders', '--no-secret-values'], { env: { AWS_ENDPOINT_URL: double.url } });
      expect([ran.exitCode, ran.first.verdict, ran.first.profile]).toEqual([3, 'unknown', null]);
      expect(ran.first.findings.filter(({ status }) => status === 'unknown').map(({ check }) => check)).toEqual([
        'secret.scram',
        'secret.size',
      ]);
      const doctor = await run(['doctor', '--no-secret-values', '--output', 'json'], {
        env: { AWS_ENDPOINT_URL: double.url },
      });
      expect(doctor.exitCode).toBe(3);
      expect(double.requests).toContain('secretsmanager DescribeSecret');
      expect(double.requests).not.toContain('secretsmanager GetSecretValue');
    } finally {
      await double.close();
    }
  });

  test.each([
    ['not there', ['check', 'nope', '--sandbox', 'scram'], 2, /no secret and no file with this name: nope/],
    ['not named', ['check'], 2, /missing required argument/],
    ['a folder', ['check', tmpdir()], 2, /it is a folder/],
    [
      'a profile that does not exist',
      ['check', 'AmazonMSK_orders', '--profile', 'nobody'],
      2,
      /profile “nobody” does not/,
    ],
  ])('%s', async (_, words, exitCode, sentence) => {
    const ran = await secret(words);
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
    expect(ran.stderr).toMatch(sentence);
  });
});

test.each([
  {
    name: 'secret check',
    words: ['check', 'AmazonMSK_orders'],
    document: { secrets: [{ secret: 'AmazonMSK_orders', verdict: 'unknown', findings: [] }] },
  },
  {
    name: 'secret create',
    words: ['create', 'AmazonMSK_new', '--username', 'u', '--kms-key', 'alias/k', '--dry-run'],
    document: { changed: 0, outcome: 'undecided', secret: { arn: null, name: 'AmazonMSK_new' } },
  },
])('$name without credentials: exit 3, and a document that says nothing more', async ({ words, document }) => {
  const ran = await secret([...words, '--output', 'json'], { env: noCredentials });
  expect(ran.exitCode).toBe(3);
  expect(JSON.parse(ran.stdout)).toMatchObject(document);
});

describe('secret create', () => {
  const user = ['create', 'new-user', '--username', 'orders-reader', '--kms-key', keyId, '--sandbox', 'scram'];
  const certificate = [
    'create',
    'client',
    '--certificate',
    file('root.pem', root.pem),
    '--chain',
    file('rest.pem', client.pem + intermediate.pem),
    '--private-key',
    file('key.pem', keyOf('rsa').export({ type: 'pkcs1', format: 'pem' }) as string),
    '--sandbox',
    'mtls',
  ];
  const parse = (stdout: string): SecretCreateDocument => {
    const document = JSON.parse(stdout) as SecretCreateDocument;
    expect(ajv.validate(createSchema, document), ajv.errorsText()).toBe(true);
    return document;
  };

  test('a user: prefix, key and association, and no password anywhere', async () => {
    const ran = await secret(
      [...user, '--cluster', 'orders-cluster', '--password-stdin', '--yes', '--output', 'json'],
      { input: 'marked-password\n' },
    );
    expect(ran.exitCode).toBe(0);
    const document = parse(ran.stdout);
    expect(document).toMatchObject({
      changed: 2,
      outcome: 'done',
      secret: { name: 'AmazonMSK_new-user', type: 'scram', principal: 'User:orders-reader' },
    });
    expect(document.plan.map(({ operation }) => operation)).toEqual(['CreateSecret', 'BatchAssociateScramSecret']);
    expect(ran.stdout + ran.stderr).not.toContain('marked-password');
  });

  test('a certificate: the chain in order, the key converted', async () => {
    const ran = await secret([...certificate, '--yes']);
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Kafka sees it as User:CN=client.') as string,
    });
    expect(ran.stderr).toContain('converted from PKCS#1 to PKCS#8');
    expect(ran.stderr).toContain('put in order');
  });

  test('what is stored is right, and goes over the wire once', async () => {
    const account = openAccount('scram')!;
    const stored: string[] = [];
    const double = await startDouble(async (call) => {
      if (call.operation === 'CreateSecret') stored.push((call.input as { SecretString: string }).SecretString);
      return account.answer(call);
    });
    try {
      const ran = await secret(
        ['create', 'new-user', '--username', 'orders', '--kms-key', keyId, '--password-stdin', '--yes'],
        { input: 'pass word \r\n', env: { AWS_ENDPOINT_URL: double.url } },
      );
      expect([ran.exitCode, stored.map((text) => JSON.parse(text) as unknown)]).toEqual([
        0,
        [{ username: 'orders', password: 'pass word ' }],
      ]);
      expect(ran.stdout).toMatch(/has a space or line break around “password”/);
    } finally {
      await double.close();
    }
  });

  test('--dry-run shows the calls and makes none; the password is not needed', async () => {
    const ran = await secret([...user, '--cluster', 'orders-cluster', '--dry-run']);
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /aws secretsmanager create-secret --name AmazonMSK_new-user .*\n.*aws kafka batch-associate-scram-secret/,
      ) as string,
    });
    expect(parse((await secret([...user, '--dry-run', '--output', 'json'])).stdout)).toMatchObject({
      changed: 0,
      outcome: 'planned',
    });
  });

  test('a content that would not serve is not stored', async () => {
    const expired = issueChain({ from: new Date(Date.now() - 2e9), to: new Date(Date.now() - 1e9) });
    const ran = await secret([
      'create',
      'c',
      '--certificate',
      file('old.pem', expired.client.pem + expired.intermediate.pem + expired.root.pem),
      '--private-key',
      file('old-key.pem', key),
      '--sandbox',
      'mtls',
      '--yes',
      '--output',
      'json',
    ]);
    expect([ran.exitCode, parse(ran.stdout)]).toMatchObject([
      1,
      { changed: 0, outcome: 'blocked', findings: [{ check: 'secret.certificate', status: 'fail' }] },
    ]);
  });

  test('MSK’s own refusal, which comes with success, is told with what was made', async () => {
    const account = openAccount('scram')!;
    const double = await startDouble(async (call) =>
      call.operation === 'BatchAssociateScramSecret'
        ? { UnprocessedScramSecrets: [{ ErrorCode: 'InvalidSecretArn', ErrorMessage: 'made up' }] }
        : account.answer(call),
    );
    try {
      const ran = await secret(
        [
          'create',
          'new-user',
          '--username',
          'orders',
          '--kms-key',
          keyId,
          '--cluster',
          'orders-cluster',
          '--password-stdin',
          '--yes',
          '--output',
          'json',
        ],
        { input: 'x', env: { AWS_ENDPOINT_URL: double.url } },
      );
      expect([ran.exitCode, parse(ran.stdout)]).toMatchObject([
        1,
        {
          changed: 1,
          outcome: 'failed',
          message: expect.stringMatching(/was created: arn:.*\n.*InvalidSecretArn/) as string,
        },
      ]);
    } finally {
      await double.close();
    }
  });

  test.each<{ name: string; words: string[]; sentence: RegExp }>([
    { name: 'nobody to ask', words: [...user, '--password-stdin'], sentence: /--yes/ },
    { name: 'no password', words: [...user, '--yes'], sentence: /--password-stdin/ },
    {
      name: 'no key of one’s own',
      words: ['create', 'x', '--username', 'u'],
      sentence: /missing required flag: --kms-key/,
    },
    {
      name: 'a key that is not there',
      words: [
        'create',
        'x',
        '--username',
        'u',
        '--kms-key',
        'alias/none',
        '--password-stdin',
        '--yes',
        '--sandbox',
        'scram',
      ],
      sentence: /KMS key not found in eu-west-1: alias\/none/,
    },
    { name: 'nothing', words: ['create', 'x'], sentence: /--username \(SASL\/SCRAM\), or --certificate/ },
    { name: 'both', words: ['create', 'x', '--username', 'u', '--certificate', 'c'], sentence: /not both/ },
    {
      name: 'a cluster for a certificate',
      words: [...certificate, '--cluster', 'orders-cluster'],
      sentence: /does not associate/,
    },
    {
      name: 'a name that is taken',
      words: [
        'create',
        'AmazonMSK_orders',
        '--username',
        'u',
        '--kms-key',
        keyId,
        '--password-stdin',
        '--yes',
        '--sandbox',
        'scram',
      ],
      sentence: /already/,
    },
    {
      name: 'a name that is none',
      words: ['create', 'a b', '--username', 'u', '--kms-key', keyId],
      sentence: /the name of a secret/,
    },
    {
      name: 'a file that is not there',
      words: ['create', 'x', '--certificate', 'none.pem', '--private-key', 'none.key', '--yes'],
      sentence: /file not found: none/,
    },
    {
      name: 'an encrypted key without its password',
      words: [
        'create',
        'x',
        '--certificate',
        file('c.pem', chain),
        '--private-key',
        file('e.pem', encryptPbes1(keyOf('rsa'), 'pw')),
        '--yes',
      ],
      sentence: /--password-stdin/,
    },
    {
      name: 'a key that has to be encrypted anew',
      words: [
        'create',
        'x',
        '--certificate',
        file('c.pem', chain),
        '--private-key',
        file(
          'e2.pem',
          keyOf('rsa').export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pw' }) as string,
        ),
        '--password-stdin',
        '--yes',
      ],
      sentence: /openssl pkcs8 -topk8/,
    },
    {
      name: 'a cluster that is not there',
      words: [...user, '--cluster', 'nope', '--password-stdin', '--yes'],
      sentence: /MSK cluster not found in eu-west-1: nope/,
    },
  ])('$name is wrong usage, and nothing is made', async ({ words, sentence }) => {
    const ran = await secret(words, { input: 'pw\n' });
    expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(sentence);
  });

  test('a key that may not be looked at is exit 3', async () => {
    const double = await startDouble(openAccount('scram')!.answer as Answerer, (name) =>
      name === 'kms DescribeKey' ? 'denied' : undefined,
    );
    try {
      const ran = await secret(['create', 'x', '--username', 'u', '--kms-key', keyId, '--password-stdin', '--yes'], {
        input: 'pw',
        env: { AWS_ENDPOINT_URL: double.url },
      });
      expect([ran.exitCode, ran.stdout]).toEqual([3, '']);
      expect(ran.stderr).toContain('kms:DescribeKey');
    } finally {
      await double.close();
    }
  });

  test.skipIf(process.platform === 'win32')('Ctrl-C ends it at once and says what had been made', async () => {
    const account = openAccount('scram')!;
    let associating = () => {};
    const begun = new Promise<void>((resolve) => (associating = resolve));
    const double = await startDouble(async (call) => {
      if (call.operation !== 'BatchAssociateScramSecret') return account.answer(call);
      associating();
      return new Promise<object>(() => {});
    });
    try {
      const env = {
        ...process.env,
        AWS_ENDPOINT_URL: double.url,
        AWS_ACCESS_KEY_ID: 'made-up',
        AWS_SECRET_ACCESS_KEY: 'made-up',
        AWS_REGION: 'eu-west-1',
      };
      const child = spawn(
        process.execPath,
        [
          launcher,
          'secret',
          'create',
          'new-user',
          '--username',
          'orders',
          '--kms-key',
          keyId,
          '--cluster',
          'orders-cluster',
          '--password-stdin',
          '--yes',
        ],
        { env },
      );
      let sentence = '';
      child.stderr.on('data', (chunk: Buffer) => (sentence += chunk.toString()));
      child.stdin.end('pw');
      const ended = new Promise<number | null>((done) => child.on('close', done));
      await begun;
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(sentence).toMatch(/The secret was created: arn:.*AmazonMSK_new-user/);
    } finally {
      await double.close();
    }
  });
});

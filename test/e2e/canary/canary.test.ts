/** No secret value comes out: of any command, in any format, on any path. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commands } from '../../../src/cli/commands/index.js';
import type { AnyCommand } from '../../../src/cli/define-command.js';
import { readYaml } from '../../../src/template/cloudformation/read-yaml.js';
import { withEnoughTime } from '../../wire/enough-time.js';
import { run, spawnProgram, type Ran } from '../program.js';
import { slips, startMarkedAccount, type Slip } from './account.js';
import { contents, files, marksIn, typed } from './marks.js';

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';
const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_orders-Xy12Ab';
const keyId = '0f9e8d7c-6b5a-4938-8271-605f4e3d2c1b';
const material = mkdtempSync(join(tmpdir(), 'msk-lambda-canary-material-'));
afterAll(() => rmSync(material, { recursive: true, force: true }));
const pem = (name: string, text: string): string => {
  writeFileSync(join(material, name), text);
  return join(material, name);
};
const creating = [
  '--function',
  'order-handler',
  '--cluster',
  'orders-cluster',
  '--topic',
  'payments',
  '--starting-position',
  'LATEST',
  '--secret',
  secretArn,
];
const clientFiles = ['--certificate', pem('chain.pem', files.certificate), '--private-key', pem('key.pem', files.key)];

/** A template with a secret value, whose faults are beside it. */
const templateWith = (password: string): string => `
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      SecretString: '{"username":"reader","password":"${password}"}'
      Name: orders
  Cluster:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: orders
      BrokerNodeGroupInfo: { ClientSubnets: [], SecurityGroups: [] }
      ClientAuthentication: { Sasl: { Scram: { Enabled: true } } }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !Ref Cluster
      FunctionName: order-handler
      Topics: [orders]
      SourceAccessConfigurations: [{ Type: SASL_SCRAM_512_AUTH, URI: !Ref Secret }]
`;

/** How each command is called so that it goes to its end; several ways where it has several. */
const calls: Record<string, string[][]> = {
  doctor: [[uuid], ['order-handler', '--verbose']],
  // A proxy on a port where nothing listens: no broker's name is looked up.
  probe: [
    [uuid, '--via', 'http://127.0.0.1:9'],
    [uuid, '--from-vpc', '--dry-run'],
    ['--clean', '--yes'],
    ['orders-cluster', '--secret', secretArn, '--auth', 'scram', '--via', 'http://127.0.0.1:9', '--topic', 'orders'],
    ['--bootstrap', '127.0.0.1:9', '--secret-file', pem('user.json', contents['a user']!.text), '--topic', 'orders'],
  ],
  // It stops at the proxy; the simulated topic ends with the text of a handler's error.
  replay: [
    [uuid, '--via', 'http://127.0.0.1:9'],
    ['--bootstrap', '127.0.0.1:9', '--secret-file', pem('user.json', contents['a user']!.text), '--topic', 'orders'],
    ['--sandbox', 'poison-pill'],
  ],
  explain: [['secret.private-key'], ['--list'], [uuid]],
  broker: [[uuid], ['orders-cluster']],
  network: [[uuid, '--verbose']],
  inspect: [[uuid]],
  lint: [
    [pem('template.yaml', templateWith(typed))],
    [pem('template.yaml', templateWith(typed)), '--verbose'],
    [pem('template.json', JSON.stringify(readYaml(templateWith(typed), '').data)), '--verbose'],
    [pem('broken.yaml', `Resources:\n  Secret: {SecretString: ${typed}\n`)],
  ],
  'baseline update': [
    [pem('baseline.json', '{"schemaVersion": 1}'), uuid],
    [pem('baseline.json', '{"schemaVersion": 1}'), '--lint', pem('template.yaml', templateWith(typed))],
  ],
  list: [[], ['--verbose']],
  lag: [[uuid]],
  watch: [[uuid, '--for', '1s']],
  alarms: [[uuid], [uuid, '--format', 'terraform'], [uuid, '--apply', '--yes']],
  policy: [[uuid], [uuid, '--for', 'acls']],
  snapshot: [
    [uuid],
    [uuid, '--output-file', 'snapshot.json'],
    [uuid, '--anonymize', '--output-file', 'anonymous.json'],
  ],
  'snapshot diff': [['nothing.json', 'nothing.json']],
  create: [
    [...creating, '--dry-run'],
    [...creating, '--yes', '--no-wait'],
  ],
  update: [
    [uuid, '--batch-size', '7', '--dry-run'],
    [uuid, '--secret', secretArn, '--yes', '--no-wait'],
  ],
  enable: [[uuid, '--yes', '--no-wait']],
  disable: [[uuid, '--yes', '--no-wait']],
  delete: [[uuid, '--dry-run']],
  recreate: [[uuid, '--topic', 'payments', '--dry-run']],
  apply: [['-f', 'nothing.yaml', '--dry-run']],
  undo: [['nothing.json', '--yes']],
  'topic list': [['orders-cluster']],
  'topic create': [
    ['orders-cluster', '--topic', 'returns', '--partitions', '1', '--replication-factor', '1', '--dry-run'],
  ],
  'secret check': [[secretArn], [secretArn, 'AmazonMSK_orders', '--verbose', '--cluster', 'orders-cluster']],
  'secret create': [
    [
      'canary',
      '--username',
      'orders-reader',
      '--kms-key',
      keyId,
      '--cluster',
      'orders-cluster',
      '--password-stdin',
      '--yes',
    ],
    ['canary', '--username', 'orders-reader', '--kms-key', keyId, '--password-stdin', '--dry-run'],
    ['canary-client', ...clientFiles, '--password-stdin', '--yes'],
  ],
  'event generate': [['--key', 'k', '--value', '{}']],
  'event decode': [['nothing.json']],
  'event from-log': [['nothing.json']],
  'event invoke': [
    [uuid, '--value', '{}', '--yes'],
    ['order-handler', '--dry-run'],
  ],
  'sandbox list': [[]],
  mcp: [['--region', 'eu-west-1'], []],
  completion: [['bash'], ['zsh'], ['fish'], ['powershell'], ['bash', '--output', 'json'], ['zsh', '--quiet']],
};

/** What an assistant asks: every tool that reads secrets or what is around them. */
const requests = [
  ...['doctor', 'inspect', 'network', 'list', 'lag'].map((name) => ({
    name,
    arguments: name === 'lag' ? { target: uuid } : { targets: [uuid] },
  })),
  { name: 'lint', arguments: { paths: ['template.yaml'] } },
]
  .map((params, index) => `${JSON.stringify({ jsonrpc: '2.0', id: index, method: 'tools/call', params })}\n`)
  .join('');

const formatsOf = ({ options = [] }: AnyCommand): string[] =>
  options.find(({ long }) => long === '--output')?.argChoices ?? [];
const leaves = (list: readonly AnyCommand[], before = ''): { name: string; definition: AnyCommand }[] =>
  list.flatMap((definition) => {
    const name = `${before}${definition.name}`;
    return [
      ...(definition.load === undefined ? [] : [{ name, definition }]),
      ...leaves(definition.commands ?? [], `${name} `),
    ];
  });
const all = leaves(commands);
const passwords: Record<string, string> = { canary: typed, 'canary-client': files.keyPassword };

interface Searched {
  exitCode: number | null;
  marks: string[];
}
type Search = (words: string[], url: string) => Promise<Searched>;

/** One command line with a folder of its own, and every mark that it shows or leaves there. */
async function search(words: string[], start: (folder: string, input: string) => Promise<Ran>): Promise<Searched> {
  const folder = mkdtempSync(join(tmpdir(), 'msk-lambda-canary-'));
  try {
    const password = words[0] === 'secret' && words[1] === 'create' ? `${passwords[words[2]!] ?? ''}\n` : '';
    const input = words[0] === 'mcp' ? requests : password;
    const { exitCode, stdout, stderr } = await start(folder, input);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    return { exitCode, marks: [stdout, stderr, ...files].flatMap(marksIn) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In this process, where the files that are asked for are written to the folder. */
const searched: Search = (words, url) =>
  search(words, (folder, input) =>
    run(
      words.map((word, index) => (words[index - 1] === '--output-file' ? join(folder, word) : word)),
      { env: { AWS_ENDPOINT_URL: url }, input },
    ),
  );

/** In a process of its own, which works in the folder. */
const searchedProcess: Search = (words, url) =>
  search(words, (cwd, input) => spawnProgram(words, { env: { AWS_ENDPOINT_URL: url }, cwd, input }));

test('every command is searched', () => {
  const known = all.map(({ name }) => name);
  expect(
    known.filter((name) => calls[name] === undefined),
    'commands that `calls` in this file has to name',
  ).toEqual([]);
  expect(Object.keys(calls).filter((name) => !known.includes(name))).toEqual([]);
});

test('the marks are found where they are', () => {
  for (const [name, { text }] of Object.entries(contents)) expect(marksIn(text).length, name).toBeGreaterThan(0);
  expect(marksIn(JSON.stringify({ escaped: files.key }))).not.toEqual([]);
});

/** The first content meets every command in every format, the second every command; the rest what shows most of a secret. */
const telling = ['doctor', 'inspect', 'snapshot', 'policy', 'secret check'];
const searches = Object.values(contents).flatMap((content, index) =>
  all
    .filter(({ name }) => index < 2 || telling.includes(name))
    .map(({ name, definition }) => ({
      name,
      what: Object.keys(contents)[index]!,
      content,
      definition,
      formats: index === 0 ? formatsOf(definition) : formatsOf(definition).filter((format) => format === 'json'),
    })),
);

test.concurrent.each(Object.entries(contents))('as a file: %s', async (_, { text, auth }) => {
  const file = join(mkdtempSync(join(material, 'file-')), 'secret.json');
  writeFileSync(file, text);
  for (const type of [[], ['--type', auth]])
    for (const format of [['--verbose'], ['--quiet'], ['--output', 'json']]) {
      const { stdout, stderr } = await run(['secret', 'check', file, ...type, ...format]);
      expect(marksIn(stdout + stderr)).toEqual([]);
      expect(stdout + stderr).not.toBe('');
    }
});

test.concurrent.each(
  [
    ['secret', 'check'],
    ['create', '--function', 'order-handler', '--cluster', 'orders-cluster', '--topic', 't', '--dry-run', '--secret'],
    ['update', uuid, '--dry-run', '--secret'],
    ['create', '--function', 'f', '--cluster', 'c', '--dry-run', '--source-access-configurations'],
  ].map((words) => [words.join(' '), words] as const),
)('a content in the place of a name: %s', async (_, words) => {
  for (const { text } of Object.values(contents)) {
    const last = words.at(-1)!.endsWith('configurations') ? `Type=SASL_SCRAM_512_AUTH,URI=${text}` : text;
    const { exitCode, stdout, stderr } = await run([
      ...words,
      last,
      ...(words[0] === 'update' || words[0] === 'create' || words[0] === 'secret' ? ['--sandbox', 'scram'] : []),
    ]);
    // What is a possible name is looked up and repeated; no content with a password is one.
    if (/^[\w/+=.@-]*$/.test(text)) continue;
    expect(marksIn(stdout + stderr)).toEqual([]);
    expect(exitCode).toBe(2);
  }
});

describe('marked contents', () => {
  test.concurrent.each(searches)('$name, of $what', async ({ name, content, definition, formats }) => {
    const account = await startMarkedAccount(content, 'none');
    try {
      for (const words of calls[name] ?? []) {
        for (const format of formats.length === 0 ? [[]] : formats.map((format) => ['--output', format])) {
          const debug = definition.options?.some(({ long }) => long === '--debug') === true ? ['--debug'] : [];
          const line = [...name.split(' '), ...words, ...format, ...debug];
          const { marks, exitCode } = await searched(line, account.url);
          expect(marks).toEqual([]);
          expect([0, 1, 2, 3]).toContain(exitCode);
        }
      }
    } finally {
      await account.close();
    }
  });

  test.concurrent.each(all.map(({ name }) => name))('%s, as a process of its own', async (name) => {
    const account = await startMarkedAccount(contents['a user']!, 'none');
    try {
      const words = [...name.split(' '), ...calls[name]!.at(-1)!];
      const { marks, exitCode } = await searchedProcess(words, account.url);
      expect(marks).toEqual([]);
      expect([0, 1, 2, 3]).toContain(exitCode);
    } finally {
      await account.close();
    }
  });
});

describe.each(slips.filter((slip) => slip !== 'none'))('an answer %s', (slip: Slip) => {
  const [user, certificate] = [contents['a user']!, contents['a certificate with an encrypted key']!];
  test.concurrent.each(
    [
      ['doctor', uuid, '--output', 'json', '--debug'],
      ['snapshot', uuid, '--output-file', 'snapshot.json', '--debug'],
      ['secret', 'check', secretArn, '--verbose', '--debug'],
      [
        'secret',
        'create',
        'canary',
        '--username',
        'orders-reader',
        '--kms-key',
        keyId,
        '--password-stdin',
        '--yes',
        '--debug',
      ],
      ['secret', 'create', 'canary-client', ...clientFiles, '--password-stdin', '--yes', '--output', 'json'],
    ].map((words) => [words.slice(0, 2).join(' '), words] as const),
  )('%s', async (_, words) => {
    const account = await startMarkedAccount(words[2] === 'canary' || words[0] === 'doctor' ? user : certificate, slip);
    try {
      const { marks } = await (slip === 'half, then silence'
        ? withEnoughTime(
            [2, 20, 200],
            (limit) => searched([...words, '--timeout', String(limit)], account.url),
            () => account.touched() > 0,
          )
        : searched(words, account.url));
      expect(account.touched()).toBeGreaterThan(0);
      expect(marks).toEqual([]);
    } finally {
      await account.close();
    }
  });
});

test('a fault of our own, in the midst of a secret, quotes nothing', async () => {
  // Whatever touches the text throws with the text in its message.
  const trap = pem(
    'trap.mjs',
    `
    import crypto from 'node:crypto';
    import { syncBuiltinESMExports } from 'node:module';
    const encode = TextEncoder.prototype.encode;
    TextEncoder.prototype.encode = function (text) { if (String(text).includes('Canary') || String(text).includes('BEGIN')) throw new RangeError('cannot encode ' + text); return encode.call(this, text); };
    crypto.createPrivateKey = (input) => { throw new Error('cannot open ' + JSON.stringify(input)); };
    syncBuiltinESMExports();
  `,
  );
  const env = { NODE_OPTIONS: `--import ${trap}` };
  // Each line is a process of its own: the first contents, one of each kind, are enough.
  for (const [index, [name, content]] of Object.entries(contents).slice(0, 7).entries()) {
    const account = await startMarkedAccount(content, 'none');
    try {
      const file = pem('content.json', content.text);
      const lines = [
        ['doctor', uuid, '--output', 'json', '--debug'],
        ['secret', 'check', file],
        ...(index < 2 ? [['secret', 'check', secretArn]] : []),
        // What is made does not depend on what the account holds.
        ...(index === 0
          ? [
              ['secret', 'create', 'canary-client', ...clientFiles, '--password-stdin', '--yes'],
              ['secret', 'create', 'canary', '--username', 'u', '--kms-key', keyId, '--password-stdin', '--yes'],
            ]
          : []),
      ];
      const ran = await Promise.all(
        lines.map((words) =>
          spawnProgram(words, { env: { ...env, AWS_ENDPOINT_URL: account.url }, input: passwords[words[2]!] ?? '' }),
        ),
      );
      expect(
        ran.flatMap(({ stdout, stderr }) => marksIn(stdout + stderr)),
        name,
      ).toEqual([]);
    } finally {
      await account.close();
    }
  }
});

/** What is asked of no particular account: help, explanations, wrong usage, files, and AWS that cannot be reached. */
import type { Invocation } from './invocation.js';
import { eventInvocations } from './event-invocations.js';
import { lintInvocations } from './lint-invocations.js';
import { probeInvocations } from './probe-invocations.js';
import { mappingFlags } from './mapping-flags.js';
import { audiences, inFormats } from './words.js';
import { wrongUsage, wrongUsageOfOne } from './wrong-usage.js';

export interface Explained {
  checks: readonly string[];
  errors: readonly { id: string; text: string }[];
}

const uuid = '5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11';

/** `paths`: each command as its words, `['secret', 'check']`. */
export const generalInvocations = (paths: readonly (readonly string[])[], explained: Explained): Invocation[] => [
  ...help(paths),
  ...explain(explained),
  ...paths.flatMap(wrongUsage),
  ...wrongUsageOfOne(),
  { words: ['sandbox', 'list', '--output', 'json'] },
  { words: ['sandbox', 'list', '--quiet'] },
  { words: ['completion', 'bash', '--no-cache'] },
  { words: ['completion', 'fish', '--output', 'json'] },
  { words: ['completion', 'zsh', '-o', 'completion.zsh'] },
  { words: ['sandbox', 'list', '--verbose'], env: { FORCE_COLOR: '1' }, columns: 60 },
  { words: ['mcp', '--allow-changes', '--root', 'given', '--region', 'eu-west-1', '--profile', 'none'], input: '' },
  { words: ['mcp', '--endpoint-url', 'http://127.0.0.1:9'], input: '' },
  ...mappingFlags(),
  ...meantPolicies(),
  ...secretFiles(),
  ...lintInvocations(),
  ...eventInvocations(),
  ...probeInvocations,
  ...withoutAws(),
  ...inShells(),
];

const help = (paths: readonly (readonly string[])[]): Invocation[] => [
  ...['', '--help', '-h', '--version', '-V', 'help', 'help nope'].map((line) => ({
    words: line.split(' ').filter((word) => word !== ''),
  })),
  ...[[], ...paths].flatMap((path) => [
    ...['50', '60', '80', '120'].map((columns) => ({ words: [...path, '--help'], env: { COLUMNS: columns } })),
    { words: [...path, '--help'], columns: 72 },
  ]),
  ...paths.map((path) => ({ words: ['help', ...path] })),
];

const explain = ({ checks, errors }: Explained): Invocation[] => [
  ...inFormats('explain --list', ['text', 'json']),
  { words: ['explain', '--list', '--quiet'] },
  { words: ['explain', '--list', '--verbose'], env: { FORCE_COLOR: '1' } },
  ...[...checks, ...errors.map(({ id }) => id)].flatMap((id) => [
    ...inFormats(`explain ${id}`, ['text', 'json']),
    { words: ['explain', id, '--quiet'] },
    { words: ['explain', id, '--verbose'], env: { COLUMNS: '60', FORCE_COLOR: '1' } },
    { words: ['explain', `${id}x`] },
  ]),
  ...errors.flatMap(({ text }) => [
    { words: ['explain', text] },
    { words: ['explain', ...text.split(' ').slice(0, 4), '--output', 'json'] },
    { words: ['explain', text.toLowerCase(), '--quiet'] },
  ]),
  { words: ['explain', 'something', 'that', 'no', 'text', 'says'] },
];

/** A mapping that is only meant: with ARNs nothing is read. */
function meantPolicies(): Invocation[] {
  const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
  const meant = [
    'policy',
    '--cluster',
    arn('kafka', 'cluster/orders/8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-2'),
    '--topic',
    'orders',
    '--function',
    arn('lambda', 'function:order-handler'),
    '--role',
    'arn:aws:iam::111122223333:role/reader',
    '--consumer-group',
    'readers',
  ];
  const secret = ['--secret', arn('secretsmanager', 'secret:AmazonMSK_a-Xy12Ab'), '--kms-key', arn('kms', 'key/1')];
  const more = ['--on-failure', arn('sqs', 'failed'), '--schema-registry', arn('glue', 'registry/orders')];
  return [
    ...audiences.flatMap((audience) =>
      ['iam', 'scram', 'mtls', 'tls', 'plaintext'].flatMap((auth) =>
        inFormats(
          [...meant, ...secret, ...more, '--auth', auth, '--for', audience],
          ['text', 'json', 'terraform', 'cloudformation'],
        ),
      ),
    ),
    { words: [...meant, '--for', 'acls', '--principal', 'User:reader', '--auth', 'scram'] },
    { words: [...meant, '--on-failure', 'kafka://failed', '--auth', 'iam', '--quiet'] },
    { words: ['policy', '--cluster', 'orders-cluster', '--topic', 'orders', '--sandbox'] },
  ];
}

function secretFiles(): Invocation[] {
  const files = ['user', 'misspelt', 'client', 'expired', 'mixed', 'empty', 'text', 'none'];
  const client = ['secret', 'create', 'c', '--yes', '--sandbox', 'mtls', '--certificate'];
  return [
    ...files.flatMap((file) => [
      ...inFormats(`secret check given/${file}.json`, ['text', 'json']),
      ...['scram', 'mtls'].map((type) => ({
        words: ['secret', 'check', `given/${file}.json`, '--type', type, '--verbose'],
      })),
    ]),
    { words: ['secret', 'check', 'given/user.json', 'given/client.json', '--fail-on', 'warn'] },
    { words: ['secret', 'check', '-'], input: '{"username":"a","password":"b/c"}' },
    { words: ['secret', 'check', '.'] },
    { words: [...client, 'given/client.pem', '--chain', 'given/chain.pem', '--private-key', 'given/sec1.pem'] },
    { words: [...client, 'given/chain.pem', '--chain', 'given/client.pem', '--private-key', 'given/key.pem'] },
    { words: [...client, 'given/expired.pem', '--private-key', 'given/key.pem'] },
    { words: [...client, 'given/client.pem', '--private-key', 'given/encrypted.pem'] },
    {
      words: [...client, 'given/client.pem', '--private-key', 'given/encrypted.pem', '--password-stdin'],
      input: 'pw\n',
    },
    {
      words: [...client, 'given/client.pem', '--private-key', 'given/encrypted.pem', '--password-stdin'],
      input: 'no\n',
    },
    { words: [...client, 'given/none.pem', '--private-key', 'given/none.pem'] },
  ];
}

/** Commands that print commands, for each shell. */
const inShells = (): Invocation[] =>
  [
    'doctor --verbose',
    'alarms order-handler --format cli',
    'lag order-handler',
    'policy order-handler --for acls',
    `explain ${uuid}`,
    'undo given/undo.json --dry-run',
    'apply given/none.json --dry-run',
    'create --function order-handler --cluster orders-cluster --topic payments --starting-position LATEST --dry-run',
    `update ${uuid} --batch-size 5 --dry-run`,
    `recreate ${uuid} --topic payments --starting-position LATEST --dry-run`,
    `enable ${uuid} --dry-run`,
    `disable ${uuid} --dry-run`,
    `delete ${uuid} --dry-run`,
    'secret create AmazonMSK_new --type scram --dry-run',
    'topic create orders-cluster --topic payments --partitions 3 --dry-run',
  ].flatMap((line) =>
    ['bash', 'powershell', 'cmd'].map((name) => ({ words: [...line.split(' '), '--shell', name, '--sandbox'] })),
  );

/** No region, no credentials, nobody behind the address. */
function withoutAws(): Invocation[] {
  const asking = [
    'doctor',
    `doctor ${uuid} --verify`,
    `doctor --regions eu-west-1,us-east-1`,
    `doctor ${uuid} --fix --yes`,
    'list',
    `inspect ${uuid}`,
    `network ${uuid}`,
    `broker ${uuid}`,
    'broker orders-cluster',
    `policy ${uuid}`,
    `policy ${uuid} --check reader`,
    `explain ${uuid}`,
    `snapshot ${uuid}`,
    'create --function order-handler --cluster orders-cluster --topic payments --starting-position LATEST --yes',
    `update ${uuid} --batch-size 5 --yes`,
    `enable ${uuid} --yes`,
    `disable ${uuid} --yes`,
    `delete ${uuid} --yes`,
    `recreate ${uuid} --yes`,
    'apply -f given/several.yaml --yes',
    'apply --print-file',
    'undo given/undo.json --yes',
    'topic list orders-cluster',
    'topic create orders-cluster --topic a --partitions 1 --replication-factor 1 --yes',
    'secret check AmazonMSK_orders',
    'secret create a --username b --kms-key alias/c --password-stdin --yes',
  ];
  const keys = { AWS_ACCESS_KEY_ID: 'made-up', AWS_SECRET_ACCESS_KEY: 'made-up' };
  const region = { AWS_REGION: 'eu-west-1' };
  return asking.flatMap((line) =>
    inFormats(line, ['text', 'json'], 'password').flatMap((invocation) => [
      invocation,
      { ...invocation, env: region },
      { ...invocation, env: { ...region, AWS_PROFILE: 'nobody' } },
      { ...invocation, env: { ...region, ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' } },
    ]),
  );
}

/** Per sandbox account: the commands that change it. Each begins with an account as it was. */
import type { Account } from './account.js';
import { invokeInvocations } from './event-invocations.js';
import type { Invocation } from './invocation.js';
import { inFormats, on, sometimes } from './words.js';

export const changeInvocations = (account: Account): Invocation[] =>
  [
    ...create(account),
    ...update(account),
    ...switches(account),
    ...recreate(account),
    ...apply(account),
    ...undo(),
    ...topic(account),
    ...secret(account),
    ...invokeInvocations(account),
  ].map(on(account));

/** The same change planned, made, and made with waiting. */
const inModes = (words: readonly string[]): Invocation[] =>
  [
    ['--dry-run'],
    ['--dry-run', '--output', 'json'],
    ['--yes', '--no-wait'],
    ['--yes', '--wait', '--wait-timeout', '200', '--output', 'json'],
  ].map((mode) => ({ words: [...words, ...mode] }));

function create({
  name,
  function: handler,
  cluster,
  clusterArn,
  topic,
  secrets: [secret = 'AmazonMSK_none'],
}: Account): Invocation[] {
  const mapping = ['create', '--function', handler, '--cluster', cluster, '--starting-position', 'LATEST'];
  const other = [...mapping, '--topic', 'payments'];
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:failed';
  return [
    ...inModes(other),
    ...sometimes([
      ...inModes([...other, '--disabled-test']),
      ...inModes([...other, '--rollback', '--force']),
      { words: other },
      { words: [...other, '--print-file'] },
      { words: [...other, '--yes', '--wait', '--wait-timeout', '30', '--verbose'], env: { FORCE_COLOR: '1' } },
      { words: [...other, '--yes', '--quiet'] },
      { words: [...other, '--yes', '--disabled', '--wait'] },
      { words: [...other, '--force', '--yes', '--debug'] },
      { words: [...mapping, '--topic', topic, '--yes'] },
      { words: [...mapping, '--topic', topic, '--batch-size', '7', '--yes', '--output', 'json'] },
      { words: [...mapping, '--topic', 'not-there', '--dry-run'] },
      ...['iam', 'scram', 'mtls', 'tls', 'plaintext'].map((auth) => ({
        words: [...other, '--auth', auth, '--secret', secret, '--dry-run'],
      })),
      { words: ['create', '--file', `given/${name}.one.json`, '--dry-run'] },
      {
        words: ['create', '--file', '-', '--print-file'],
        input: `{"function":"${handler}","cluster":"${clusterArn}","topic":"payments","startingPosition":"LATEST"}`,
      },
      { words: [...other, '--minimum-pollers', '1', '--maximum-pollers', '4', '--on-failure', queue, '--dry-run'] },
      { words: [...other, '--consumer-group', 'payments-readers', '--metrics', 'EventCount', '--yes', '--no-wait'] },
    ]),
  ];
}

function update({
  uuids: [uuid = ''],
  function: handler,
  secrets: [secret = 'AmazonMSK_none'],
  key,
}: Account): Invocation[] {
  const mapping = ['update', uuid];
  return [
    ...inModes([...mapping, '--batch-size', '500', '--batching-window', '5']),
    ...sometimes([
      ...inModes([...mapping, '--minimum-pollers', '2', '--maximum-pollers', '5']),
      ...inModes([...mapping, '--on-demand']),
      { words: [...mapping, '--filter', '{"value":{"kind":["order"]}}', '--yes', '--no-wait'] },
      {
        words: [
          ...mapping,
          '--no-filter',
          '--no-on-failure',
          '--no-secret',
          '--no-kms-key',
          '--no-metrics',
          '--no-schema-registry',
          '--dry-run',
        ],
      },
      { words: [...mapping, '--on-failure', 'kafka://failed-orders', '--dry-run', '--verbose'] },
      { words: [...mapping, '--secret', secret, '--kms-key', key, '--force', '--yes'] },
      { words: [...mapping, '--topic', 'payments', '--yes'] },
      { words: [...mapping, '--tag', 'team=orders', '--tag', 'stage=test', '--yes', '--quiet'] },
      { words: [...mapping, '--print-file'] },
      { words: [...mapping, '--no-enabled', '--yes'] },
      { words: [...mapping, '--batch-size', '100', '--yes'] },
      { words: mapping },
      { words: ['update', handler, '--batch-size', '20'] },
      {
        words: ['update', '--uuid', uuid, '--batch-size', '20', '--yes', '--wait', '--wait-timeout', '60'],
        columns: 80,
      },
    ]),
  ];
}

const switches = ({ uuids: [uuid = ''], function: handler, cluster }: Account): Invocation[] =>
  ['enable', 'disable', 'delete'].flatMap((command) => [
    ...inModes([command, uuid]),
    ...sometimes([
      { words: [command, uuid] },
      { words: [command, handler, '--yes', '--quiet'] },
      { words: [command, cluster, '--force', '--yes', '--wait', '--verbose'], env: { FORCE_COLOR: '1' } },
      { words: [command, '--uuid', uuid, '--yes', '--debug'] },
      { words: [command, '--yes', '--print-file'] },
    ]),
  ]);

function recreate({ uuids: [uuid = ''], function: handler }: Account): Invocation[] {
  const time = ['--starting-position', 'AT_TIMESTAMP', '--starting-position-timestamp', '2026-06-30T08:00:00Z'];
  return [
    ...inModes(['recreate', uuid, '--topic', 'payments', '--starting-position', 'TRIM_HORIZON']),
    ...sometimes([
      ...inModes(['recreate', uuid, '--consumer-group', 'orders-2', ...time]),
      { words: ['recreate', uuid] },
      { words: ['recreate', handler, '--yes', '--force', '--verbose'] },
      { words: ['recreate', handler, '--print-file', '--on-demand'] },
      { words: ['recreate', '--uuid', uuid, '--topic', 'payments', '--yes', '--quiet'] },
    ]),
  ];
}

function apply({ name }: Account): Invocation[] {
  const [existing, changed] = [`given/${name}.yaml`, `given/${name}.changed.yaml`];
  return [
    { words: ['apply', '--print-file'] },
    ...inModes(['apply', '-f', changed, '--prune', '--confirm-prune']),
    ...sometimes([
      { words: ['apply', '--print-file', '--output-file', 'out.yaml'] },
      ...inModes(['apply', '-f', existing]),
      ...inModes(['apply', '--file', changed]),
      { words: ['apply', '-f', changed, '--prune', '--yes'] },
      { words: ['apply', '-f', changed] },
      { words: ['apply', '-f', changed, '--force', '--yes', '--wait', '--verbose'], env: { FORCE_COLOR: '1' } },
      { words: ['apply', '-f', changed, '--force', '--yes', '--quiet'] },
      { words: ['apply', '-f', '-', '--dry-run'], input: 'mappings: []\n' },
    ]),
  ];
}

function undo(): Invocation[] {
  const file = ['undo', 'given/undo.json'];
  return [
    ...inFormats([...file, '--dry-run'], ['text', 'json']),
    ...inFormats([...file, '--yes'], ['text', 'json']),
    ...sometimes([
      { words: file },
      { words: [...file, '--yes', '--quiet', '--wait-timeout', '5'] },
      { words: [...file, '--dry-run', '--verbose'], env: { FORCE_COLOR: '1' }, columns: 60 },
      { words: ['undo', 'given/none.json', '--yes'] },
      { words: ['undo', 'given/user.json', '--yes'] },
    ]),
  ];
}

function topic({ cluster, clusterArn, topic: existingTopic }: Account): Invocation[] {
  const made = ['--topic', 'returns', '--partitions', '6', '--replication-factor', '3'];
  return [
    ...inModes(['topic', 'create', cluster, ...made]).map(({ words }) => ({
      words: words.filter((word) => word !== '--wait'),
    })),
    { words: ['topic', 'create', clusterArn, ...made, '--config', 'retention.ms=86400000', '--yes', '--verbose'] },
    { words: ['topic', 'create', clusterArn, ...made, '--yes', '--quiet', '--wait-timeout', '5'] },
    {
      words: [
        'topic',
        'create',
        cluster,
        '--topic',
        existingTopic,
        '--partitions',
        '6',
        '--replication-factor',
        '3',
        '--yes',
      ],
    },
    { words: ['topic', 'create', cluster, '--topic', existingTopic, '--partitions', '9', '--yes', '--output', 'json'] },
    { words: ['topic', 'create', cluster, ...made, '--replication-factor', '50', '--dry-run'] },
    { words: ['topic', 'create', cluster, ...made] },
  ];
}

function secret({ secrets, cluster, key }: Account): Invocation[] {
  const [first = 'AmazonMSK_orders'] = secrets;
  const user = ['secret', 'create', 'new-user', '--username', 'reader', '--kms-key', key, '--cluster', cluster];
  const client = ['secret', 'create', 'client', '--certificate', 'given/client.pem', '--private-key', 'given/key.pem'];
  return [
    ...inFormats(`secret check ${first}`, ['text', 'json']),
    ...inFormats(`secret check ${first} --cluster ${cluster} --verbose`, ['text', 'json']),
    ...['scram', 'mtls', 'basic', 'oauth', 'root-ca'].map((type) => ({
      words: ['secret', 'check', first, '--type', type, '--fail-on', 'warn'],
    })),
    { words: ['secret', 'check', first, '--no-secret-values', '--output', 'json'] },
    { words: ['secret', 'check', ...secrets, 'given/user.json', '--quiet'] },
    { words: ['secret', 'check', 'AmazonMSK_nope'] },
    { words: ['secret', 'check', first], env: { FORCE_COLOR: '1' } },
    ...inFormats([...user, '--dry-run'], ['text', 'json']),
    ...inFormats([...user, '--password-stdin', '--yes'], ['text', 'json'], 'pass word\n'),
    { words: [...user, '--password-stdin', '--yes', '--quiet', '--description', 'a user'], input: 'password' },
    { words: [...user, '--yes'] },
    { words: [...user, '--password-stdin'], input: 'password' },
    ...inFormats([...client, '--chain', 'given/chain.pem', '--yes'], ['text', 'json']),
    { words: [...client, '--dry-run', '--verbose'] },
  ];
}

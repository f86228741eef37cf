/** A flag for each setting, plus the AWS CLI's flags; each returns a fragment of the settings. */
import { authMethods } from '../../aws/msk.js';
import {
  eventRecordFormats,
  logLevels,
  metricGroups,
  registryAccessTypes,
  startingPositions,
} from '../../aws/mapping-api.js';
import { InvalidArgumentError, Option } from 'commander';
import { untyped, type UntypedOption } from '../typed-option.js';
import { mergeFragments, numberOf, ofSecret, type Flag, type Fragment } from './flag.js';
import { awsFlags } from './aws-flags.js';
import { clearing, disabled, onDemand, switches } from './switches.js';
import type { flagNames, SettingPath } from '../../mapping/flag-names.js';
import { instantOf } from '../../mapping/instant.js';
import type { MappingChanges, MappingSettings } from '../../mapping/settings.js';

const text =
  (setting: keyof MappingSettings) =>
  (value: string): Fragment => ({ [setting]: value === '' ? null : value });

const number =
  (setting: keyof MappingSettings) =>
  (value: string): Fragment => ({ [setting]: numberOf(value) });

const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** One of several words, case-insensitive. */
const choice =
  (setting: keyof MappingSettings, words: readonly string[]) =>
  (value: string): Fragment => ({
    [setting]: words.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value,
  });

const pollers =
  (member: 'minimum' | 'maximum' | 'group') =>
  (value: string): Fragment => ({ provisionedPollers: { [member]: member === 'group' ? value : numberOf(value) } });

const pair = (value: string): [string, string] => {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected KEY=VALUE.');
  return [value.slice(0, at), value.slice(at + 1)];
};

type Registry = NonNullable<MappingSettings['schemaRegistry']>;
const registry =
  (part: (value: string, earlier: Partial<Registry>) => Partial<Registry>) =>
  (value: string, earlier: Fragment | undefined): Fragment => ({
    schemaRegistry: part(value, earlier?.schemaRegistry ?? {}) as Registry,
  });

/** A flag that messages call by the name of its setting. */
type SettingFlag = (typeof flagNames)[SettingPath];

const flags: readonly (Flag & { flags: `${SettingFlag} <${string}>` })[] = [
  {
    flags: '--function <name>',
    description: 'function, by name or ARN; add :ALIAS or :VERSION for one of them',
    read: text('function'),
  },
  {
    flags: '--cluster <name>',
    description: 'MSK cluster, by name or ARN; for a cluster of another account, the ARN of the VPC connection',
    read: text('cluster'),
  },
  { flags: '--topic <name>', description: 'topic to read', read: text('topic') },
  {
    flags: '--starting-position <position>',
    description:
      'TRIM_HORIZON (oldest record kept), LATEST (only records written from now on) or AT_TIMESTAMP; applies to a consumer group without committed offsets',
    read: choice('startingPosition', startingPositions),
  },
  {
    flags: '--starting-position-timestamp <time>',
    description: 'for AT_TIMESTAMP: ISO 8601 (2026-01-31T08:00:00Z) or Unix seconds',
    read: (value) => ({ startingPositionTimestamp: instantOf(value) }),
  },
  {
    flags: '--auth <method>',
    description: `the authentication method you expect: ${authMethods.join(', ')}; Lambda selects it, this flag only verifies`,
    read: choice('auth', authMethods),
  },
  { flags: '--secret <name>', description: 'secret for SASL/SCRAM or mTLS, by name or ARN', read: text('secret') },
  {
    flags: '--consumer-group <id>',
    description: 'consumer group ID (default: the UUID of the mapping)',
    read: text('consumerGroup'),
  },
  {
    flags: '--batch-size <records>',
    description: 'maximum number of records in one invocation, 1–10,000 (default: 100)',
    read: number('batchSize'),
  },
  {
    flags: '--batching-window <seconds>',
    description: 'maximum time to gather records before an invocation, 0–300 seconds (default: 500 ms)',
    read: number('batchingWindow'),
  },
  {
    flags: '--filter <pattern>',
    description: 'event filter pattern in JSON; repeatable',
    read: (value, earlier) => (value === '' ? { filters: null } : { filters: [...(earlier?.filters ?? []), value] }),
  },
  { flags: '--kms-key <arn>', description: 'customer managed KMS key that encrypts the filters', read: text('kmsKey') },
  {
    flags: '--on-failure <destination>',
    description: 'on-failure destination: ARN of an SQS queue, SNS topic or S3 bucket, or kafka://TOPIC',
    read: text('onFailure'),
  },
  {
    flags: '--minimum-pollers <number>',
    description: 'minimum event pollers, 1–200; turns on provisioned mode',
    read: pollers('minimum'),
  },
  {
    flags: '--maximum-pollers <number>',
    description: 'maximum event pollers, 1–2,000; turns on provisioned mode',
    read: pollers('maximum'),
  },
  {
    flags: '--poller-group <name>',
    description: 'poller group to share event pollers with other mappings; provisioned mode only',
    read: pollers('group'),
  },
  {
    flags: '--maximum-retry-attempts <number>',
    description: 'retries of a failed batch: 0–10,000, or -1 for no limit; provisioned mode only',
    read: number('maximumRetryAttempts'),
  },
  {
    flags: '--maximum-record-age <seconds>',
    description: 'maximum age of a record sent to the function: 60–604,800, or -1 for no limit; provisioned mode only',
    read: number('maximumRecordAge'),
  },
  {
    flags: '--schema-registry <uri>',
    description: 'ARN of an AWS Glue registry or https address of a Confluent registry; provisioned mode only',
    read: registry((uri) => ({ uri })),
  },
  {
    flags: '--schema-registry-format <format>',
    description: `format of the records sent to the function: ${eventRecordFormats.join(' or ')}`,
    read: registry((value) => ({ eventRecordFormat: value.toUpperCase() as 'JSON' })),
  },
  {
    flags: '--schema-registry-validate <what>',
    description: 'what to validate against the schema: KEY, VALUE or "KEY,VALUE"',
    read: registry((value, { validate = [] }) => ({
      validate: [...validate, ...(listOf(value.toUpperCase()) as 'KEY'[])],
    })),
  },
  ofSecret({
    flags: '--schema-registry-access <type=secret>',
    description: `secret for a Confluent registry, as TYPE=ARN; types: ${registryAccessTypes.join(', ')}`,
    read: registry((value, { access = [] }) => {
      const [type, uri] = pair(value);
      return { access: [...access, { type: type as 'BASIC_AUTH', uri }] };
    }),
  }),
  {
    flags: '--metrics <groups>',
    description: `metrics to publish: ${metricGroups.join(', ')}; several in quotes with commas`,
    read: (value) => (value === '' ? { metrics: null } : { metrics: listOf(value) as (typeof metricGroups)[number][] }),
  },
  {
    flags: '--log-level <level>',
    description: `level of the poller logs: ${logLevels.join(', ')}; provisioned mode only`,
    read: choice('logLevel', logLevels),
  },
  {
    flags: '--tag <key=value>',
    description: 'tag to set; repeatable',
    read: (value, earlier) => ({ tags: { ...earlier?.tags, ...Object.fromEntries([pair(value)]) } }),
  },
];

/** Flags with a value that take something away: `update` and `recreate` have them. */
const removing: readonly Flag[] = [
  {
    flags: '--remove-tag <key>',
    description: 'tag to remove, by its key; repeatable',
    read: (key, earlier) => ({ tags: { ...earlier?.tags, [key]: null } }),
  },
];

const heading = 'Mapping settings:';
const requiredHeading = 'Required (or in --file; a terminal asks for what is missing):';

/** What a new mapping cannot do without. */
const required = ['--function', '--cluster', '--topic', '--starting-position'];
/** What Lambda cannot change: refused with the command that recreates the mapping. */
const unchangeable = [
  '--cluster',
  '--topic',
  '--starting-position',
  '--starting-position-timestamp',
  '--consumer-group',
];

/**
 * Options for commander; `settingsFromOptions` reads their values with the same tables. The help of `create` begins
 * with the required ones; that of `update` shows only what can be updated.
 */
export function mappingOptions(command: 'create' | 'update' | 'recreate'): UntypedOption[] {
  const clear = command !== 'create';
  const nameOf = ({ flags: spelling }: Flag): string => spelling.split(' ')[0]!;
  const valued = ({ flags: spelling, description, read }: Flag) =>
    new Option(spelling, description).argParser<Fragment | undefined>(read);
  const plain = ({ name, description }: { name: string; description: string }) =>
    new Option(`--${name}`, description).helpGroup(heading);
  return [
    ...[...flags, ...(clear ? removing : [])].map((flag) =>
      valued(flag)
        .helpGroup(!clear && required.includes(nameOf(flag)) ? requiredHeading : heading)
        .hideHelp(command === 'update' && unchangeable.includes(nameOf(flag))),
    ),
    ...switches.flatMap(({ name, description, hidden = false }) => [
      plain({ name, description }).hideHelp(hidden),
      plain({ name: `no-${name}`, description: `turn off --${name}` }).hideHelp(hidden || !clear),
    ]),
    plain(disabled),
    ...(clear
      ? [...clearing.map(({ name, description }) => plain({ name: `no-${name}`, description })), plain(onDemand)]
      : []),
    ...awsFlags.map((flag) => valued(flag).hideHelp()),
    ...foreignFlags.map((name) => new Option(`--${name} <value>`).hideHelp().argParser(refuse)),
  ].map(untyped);
}

/** AWS CLI flags for other event sources; they get a different error message than a misspelt flag. */
const foreignFlags = [
  'parallelization-factor',
  'tumbling-window-in-seconds',
  'scaling-config',
  'queues',
  'self-managed-event-source',
  'self-managed-kafka-event-source-config',
  'document-db-event-source-config',
];

const refuse = (): never => {
  throw new InvalidArgumentError('Lambda does not support this setting for Amazon MSK.');
};

const attribute = (spelling: string): string => new Option(spelling.replace('--no-', '--')).attributeName();

/** The settings of all flags. Throws InvalidArgumentError where two set one setting to different values. */
export function settingsFromOptions(options: object): MappingChanges {
  const given = options as Record<string, unknown>;
  const fragments: [flag: string, Fragment][] = [
    ...[...flags, ...removing, ...awsFlags].flatMap(({ flags: spelling }): [string, Fragment][] => {
      const value = given[attribute(spelling)];
      return typeof value === 'object' && value !== null ? [[spelling.split(' ')[0]!, value as Fragment]] : [];
    }),
    ...switches.flatMap(({ name, says }): [string, Fragment][] => {
      const value = given[attribute(`--${name}`)];
      return typeof value === 'boolean' ? [[`--${name}`, says(value)]] : [];
    }),
    ...clearing.flatMap(({ name, says }): [string, Fragment][] =>
      given[attribute(`--${name}`)] === false ? [[`--no-${name}`, says]] : [],
    ),
    ...[disabled, onDemand].flatMap(({ name, says }): [string, Fragment][] =>
      given[attribute(`--${name}`)] === true ? [[`--${name}`, says]] : [],
    ),
  ];
  return mergeFragments(fragments);
}

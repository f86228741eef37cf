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
  if (at < 1) throw new InvalidArgumentError('It is KEY=VALUE.');
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
  { flags: '--function <name>', description: 'function: name or ARN, with :alias or :version', read: text('function') },
  {
    flags: '--cluster <name>',
    description: 'cluster: name or ARN; ARN of a VPC connection for another account’s',
    read: text('cluster'),
  },
  { flags: '--topic <name>', description: 'the topic to read', read: text('topic') },
  {
    flags: '--starting-position <position>',
    description: `where a new consumer group starts: ${startingPositions.join(', ')}`,
    read: choice('startingPosition', startingPositions),
  },
  {
    flags: '--starting-position-timestamp <time>',
    description: 'with AT_TIMESTAMP: ISO 8601 or Unix seconds',
    read: (value) => ({ startingPositionTimestamp: instantOf(value) }),
  },
  {
    flags: '--auth <method>',
    description: `the authentication expected (${authMethods.join(', ')}); Lambda picks, this asserts`,
    read: choice('auth', authMethods),
  },
  { flags: '--secret <name>', description: 'secret for SASL/SCRAM or mutual TLS: name or ARN', read: text('secret') },
  {
    flags: '--consumer-group <id>',
    description: 'consumer group id (default: the mapping’s UUID)',
    read: text('consumerGroup'),
  },
  {
    flags: '--batch-size <records>',
    description: 'most records in one invocation, 1–10,000 (default: 100)',
    read: number('batchSize'),
  },
  {
    flags: '--batching-window <seconds>',
    description: 'seconds to gather records, 0–300 (default: 500 ms)',
    read: number('batchingWindow'),
  },
  {
    flags: '--filter <pattern>',
    description: 'event filter pattern, JSON; may be given several times',
    read: (value, earlier) => (value === '' ? { filters: null } : { filters: [...(earlier?.filters ?? []), value] }),
  },
  { flags: '--kms-key <arn>', description: 'KMS key that encrypts the filters', read: text('kmsKey') },
  {
    flags: '--on-failure <destination>',
    description: 'ARN of a queue, SNS topic or bucket, or kafka://topic',
    read: text('onFailure'),
  },
  {
    flags: '--minimum-pollers <number>',
    description: 'provisioned mode: least pollers, 1–200',
    read: pollers('minimum'),
  },
  {
    flags: '--maximum-pollers <number>',
    description: 'provisioned mode: most pollers, 1–2,000',
    read: pollers('maximum'),
  },
  { flags: '--poller-group <name>', description: 'provisioned mode: poller group', read: pollers('group') },
  {
    flags: '--maximum-retry-attempts <number>',
    description: '-1 or 0–10,000; provisioned mode',
    read: number('maximumRetryAttempts'),
  },
  {
    flags: '--maximum-record-age <seconds>',
    description: '-1 or 60–604,800; provisioned mode',
    read: number('maximumRecordAge'),
  },
  {
    flags: '--schema-registry <uri>',
    description: 'Glue registry ARN or Confluent address; provisioned mode',
    read: registry((uri) => ({ uri })),
  },
  {
    flags: '--schema-registry-format <format>',
    description: eventRecordFormats.join(' or '),
    read: registry((value) => ({ eventRecordFormat: value.toUpperCase() as 'JSON' })),
  },
  {
    flags: '--schema-registry-validate <what>',
    description: 'KEY, VALUE or KEY,VALUE',
    read: registry((value, { validate = [] }) => ({
      validate: [...validate, ...(listOf(value.toUpperCase()) as 'KEY'[])],
    })),
  },
  ofSecret({
    flags: '--schema-registry-access <type=secret>',
    description: `secret for a Confluent registry: ${registryAccessTypes.join(', ')}`,
    read: registry((value, { access = [] }) => {
      const [type, uri] = pair(value);
      return { access: [...access, { type: type as 'BASIC_AUTH', uri }] };
    }),
  }),
  {
    flags: '--metrics <groups>',
    description: metricGroups.join(', '),
    read: (value) => (value === '' ? { metrics: null } : { metrics: listOf(value) as (typeof metricGroups)[number][] }),
  },
  {
    flags: '--log-level <level>',
    description: `${logLevels.join(', ')}; provisioned mode`,
    read: choice('logLevel', logLevels),
  },
  {
    flags: '--tag <key=value>',
    description: 'tag; may be given several times',
    read: (value, earlier) => ({ tags: { ...earlier?.tags, ...Object.fromEntries([pair(value)]) } }),
  },
];

/** Flags with a value that take something away: `update` and `recreate` have them. */
const removing: readonly Flag[] = [
  {
    flags: '--remove-tag <key>',
    description: 'tag to remove, by its key; may be given several times',
    read: (key, earlier) => ({ tags: { ...earlier?.tags, [key]: null } }),
  },
];

/** Flags without a value; the opposite of each begins with `--no-`. */
const switches: readonly { name: string; description: string; says: (on: boolean) => Fragment; hidden?: true }[] = [
  {
    name: 'bisect-batch-on-error',
    description: 'split a failing batch in two; provisioned mode',
    says: (on) => ({ bisectBatchOnError: on }),
  },
  { name: 'bisect-batch-on-function-error', description: '', says: (on) => ({ bisectBatchOnError: on }), hidden: true },
  {
    name: 'report-batch-item-failures',
    description: 'the function tells which records failed; provisioned mode',
    says: (on) => ({ reportBatchItemFailures: on }),
  },
  { name: 'enabled', description: '', says: (on) => ({ enabled: on }), hidden: true },
];

/** Flags without a value and without an opposite. */
const disabled = { name: 'disabled', description: 'make it, but do not let it poll yet', says: { enabled: false } };
const onDemand = {
  name: 'on-demand',
  description: 'take the provisioned pollers away',
  says: { provisionedPollers: null },
};

/** Settings that `update` can reset to the default, by the name after `--no-`. */
const clearing: readonly { name: string; description: string; says: Fragment }[] = [
  { name: 'filter', description: 'take the filters away', says: { filters: null } },
  { name: 'on-failure', description: 'take the destination away', says: { onFailure: null } },
  { name: 'secret', description: 'name no secret any more', says: { sourceAccess: null, secret: null } },
  { name: 'kms-key', description: 'use no key of your own any more', says: { kmsKey: null } },
  { name: 'metrics', description: 'switch the metrics off', says: { metrics: null } },
  {
    name: 'log-level',
    description: 'log the least: WARN for `update`, since Lambda cannot remove a level; none for `recreate`',
    says: { logLevel: null },
  },
  { name: 'schema-registry', description: 'take the schema registry away', says: { schemaRegistry: null } },
];

const heading = 'Mapping:';

/**
 * Options for commander; `settingsFromOptions` reads their values with the same tables. `clear`: include the flags
 * that clear a setting.
 */
export function mappingOptions({ clear = false }: { clear?: boolean } = {}): UntypedOption[] {
  const valued = ({ flags: spelling, description, read }: Flag) =>
    new Option(spelling, description).argParser<Fragment | undefined>(read);
  const plain = ({ name, description }: { name: string; description: string }) =>
    new Option(`--${name}`, description).helpGroup(heading);
  return [
    ...[...flags, ...(clear ? removing : [])].map((flag) => valued(flag).helpGroup(heading)),
    ...switches.flatMap(({ name, description, hidden = false }) => [
      plain({ name, description }).hideHelp(hidden),
      plain({ name: `no-${name}`, description: `the opposite of --${name}` }).hideHelp(hidden || !clear),
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
  throw new InvalidArgumentError('Lambda does not take it for Amazon MSK.');
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

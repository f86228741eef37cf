/** The AWS CLI's flags of create-event-source-mapping, with the same meaning. */
import { InvalidArgumentError } from 'commander';
import { functionResponseTypes, isListed } from '../../aws/mapping-api.js';
import { parseBlock } from './aws-block.js';
import { numberOf, ofSecret, type Flag, type Fragment } from './flag.js';
import type { MappingSettings } from '../../mapping/settings.js';

type Registry = NonNullable<MappingSettings['schemaRegistry']>;

const plain =
  (setting: keyof MappingSettings) =>
  (value: string): Fragment => ({ [setting]: value === '' ? null : value });

type Block = Record<string, unknown>;

/** The members of a block, each parsed by its function; an unknown member is refused by name. */
function members<T>(value: unknown, readers: Record<string, (value: unknown) => T>): T[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidArgumentError(`Expected a block of ${Object.keys(readers).join(', ')}.`);
  return Object.entries(value).map(([name, member]) => {
    const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
    if (read === undefined)
      throw new InvalidArgumentError(`Unknown member ${name}. Expected: ${Object.keys(readers).join(', ')}.`);
    return read(member);
  });
}

const blockOf = (value: unknown, readers: Record<string, (value: unknown) => Block>): Block =>
  Object.assign({}, ...members(value, readers)) as Block;

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const access = (value: unknown) =>
  asList(value).map((configuration) => blockOf(configuration, { Type: (type) => ({ type }), URI: (uri) => ({ uri }) }));

const registryOf = (value: unknown): Fragment => {
  const registry = blockOf(value, {
    SchemaRegistryURI: (uri) => ({ uri }),
    EventRecordFormat: (eventRecordFormat) => ({ eventRecordFormat }),
    AccessConfigs: (configurations) => ({ access: access(configurations) }),
    SchemaValidationConfigs: (configurations) => ({
      validate: asList(configurations).flatMap((config) => members(config, { Attribute: (attribute) => attribute })),
    }),
  });
  return { schemaRegistry: Object.keys(registry).length === 0 ? null : (registry as Registry) };
};

const filtersOf = (value: unknown): Fragment => {
  const filters = members(value, {
    Filters: (list) =>
      asList(list).flatMap((filter) =>
        members(filter, { Pattern: (pattern) => (typeof pattern === 'string' ? pattern : JSON.stringify(pattern)) }),
      ),
  }).flat();
  return { filters: filters.length === 0 ? null : filters };
};

const destinationOf = (value: unknown): Fragment => {
  const [destination] = members(value, { OnFailure: (block) => members(block, { Destination: String })[0] });
  return { onFailure: destination === undefined || destination === '' ? null : destination };
};

const pollersOf = (value: unknown): Fragment => {
  const pollers = blockOf(value, {
    MinimumPollers: (number) => ({ minimum: numberOf(String(number)) }),
    MaximumPollers: (number) => ({ maximum: numberOf(String(number)) }),
    PollerGroupName: (group) => ({ group }),
  });
  return { provisionedPollers: Object.keys(pollers).length === 0 ? null : pollers };
};

const block =
  (read: (value: unknown) => Fragment) =>
  (text: string): Fragment =>
    read(parseBlock(text));

export const awsFlags: readonly Flag[] = [
  { flags: '--function-name <name>', description: '', read: plain('function') },
  { flags: '--event-source-arn <arn>', description: '', read: plain('cluster') },
  {
    flags: '--topics <topics...>',
    description: '',
    read: (value, earlier) => {
      const listed = value.startsWith('[') ? asList(parseBlock(value)).map(String) : value.split(',');
      if (earlier !== undefined || listed.length !== 1)
        throw new InvalidArgumentError('A mapping reads exactly one topic.');
      return { topic: listed[0]! };
    },
  },
  ofSecret({
    flags: '--source-access-configurations <configurations...>',
    description: '',
    read: (value, earlier) => {
      const given = access(parseBlock(value)).filter(
        (configuration) => Object.keys(configuration).length > 0,
      ) as NonNullable<MappingSettings['sourceAccess']>;
      const all = [...(earlier?.sourceAccess ?? []), ...given];
      return { sourceAccess: all.length === 0 ? null : all };
    },
  }),
  {
    flags: '--maximum-batching-window-in-seconds <seconds>',
    description: '',
    read: (value) => ({ batchingWindow: numberOf(value) }),
  },
  {
    flags: '--maximum-record-age-in-seconds <seconds>',
    description: '',
    read: (value) => ({ maximumRecordAge: numberOf(value) }),
  },
  { flags: '--filter-criteria <criteria>', description: '', read: block(filtersOf) },
  { flags: '--kms-key-arn <arn>', description: '', read: plain('kmsKey') },
  { flags: '--destination-config <configuration>', description: '', read: block(destinationOf) },
  {
    flags: '--function-response-types <types...>',
    description: '',
    read: (value) => {
      const types = value.startsWith('[') ? asList(parseBlock(value)) : [value];
      if (types.some((type) => !isListed(functionResponseTypes, String(type))))
        throw new InvalidArgumentError(`Expected ${functionResponseTypes.join(', ')}.`);
      return { reportBatchItemFailures: types.length > 0 };
    },
  },
  { flags: '--provisioned-poller-config <configuration>', description: '', read: block(pollersOf) },
  ofSecret({
    flags: '--amazon-managed-kafka-event-source-config <configuration>',
    description: '',
    read: block(
      (value) =>
        Object.assign(
          {},
          ...members<Fragment>(value, {
            ConsumerGroupId: (id) => ({ consumerGroup: String(id) }),
            SchemaRegistryConfig: registryOf,
          }),
        ) as Fragment,
    ),
  }),
  {
    flags: '--metrics-config <configuration>',
    description: '',
    read: block((value) => {
      const metrics = members(value, { Metrics: (list) => asList(list).filter((group) => group !== '') }).flat();
      return { metrics: metrics.length === 0 ? null : (metrics as NonNullable<MappingSettings['metrics']>) };
    }),
  },
  {
    flags: '--logging-config <configuration>',
    description: '',
    read: block((value) => ({
      logLevel: null,
      ...blockOf(value, { SystemLogLevel: (logLevel) => ({ logLevel }) }),
    })),
  },
  {
    flags: '--tags <tags>',
    description: '',
    read: block((value) => ({
      tags: Object.fromEntries(Object.entries(value as object).map(([key, text]) => [key, String(text)])),
    })),
  },
];

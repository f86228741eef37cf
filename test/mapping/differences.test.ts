import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asUpdate, declared, differences, onTopOf, type KnownTags } from '../../src/mapping/differences.js';
import { plannedMapping, settingsOf } from '../../src/mapping/mapping-of.js';
import { updateCalls } from '../../src/mapping/update-input.js';
import type { MappingChanges, MappingSettings } from '../../src/mapping/settings.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import { replay } from '../../src/simulate/simulate.js';
import { accountWith, keyArn, secretArn, uuid, value } from '../accounts/account.js';
import { anySettings, everything, least } from './support/settings.js';

const mappingOf = (settings: MappingSettings): Mapping => ({
  ...plannedMapping(settings, uuid),
  State: settings.enabled === false ? 'Disabled' : 'Enabled',
  EventSourceMappingArn: `arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:${uuid}`,
});
const found = (standing: MappingSettings, wanted: MappingChanges) =>
  differences(mappingOf(standing), wanted).map(
    ({ setting, changeable }) => `${setting}${changeable ? '' : ' (fixed)'}`,
  );

describe('a log level to remove', () => {
  const provisioned: MappingSettings = { ...least, provisionedPollers: { minimum: 1, maximum: 2 } };

  test.each<{ name: string; standing: MappingSettings; changes?: MappingChanges; input: object | null }>([
    { name: 'INFO', standing: { ...provisioned, logLevel: 'INFO' }, input: { SystemLogLevel: 'WARN' } },
    { name: 'DEBUG', standing: { ...provisioned, logLevel: 'DEBUG' }, input: { SystemLogLevel: 'WARN' } },
    { name: 'WARN is the least already', standing: { ...provisioned, logLevel: 'WARN' }, input: null },
    { name: 'none, which is not switched on', standing: provisioned, input: null },
    { name: 'none on demand', standing: least, input: null },
    {
      name: 'INFO of a mapping that leaves provisioned mode',
      standing: { ...provisioned, logLevel: 'INFO' },
      changes: { provisionedPollers: null },
      input: null,
    },
    {
      name: 'INFO beside other pollers',
      standing: { ...provisioned, logLevel: 'INFO' },
      changes: { provisionedPollers: { maximum: 5 } },
      input: { SystemLogLevel: 'WARN' },
    },
  ])('$name', ({ standing, changes = {}, input }) => {
    const mapping = mappingOf(standing);
    const wanted = asUpdate({ ...changes, logLevel: null }, mapping);
    const [call] = updateCalls(mapping, wanted, differences(mapping, wanted));
    expect(call?.input['LoggingConfig'] ?? null).toEqual(input);
  });

  test('another change leaves it alone', () => {
    const mapping = mappingOf({ ...provisioned, logLevel: 'INFO' });
    const wanted = asUpdate({ batchSize: 7 }, mapping);
    expect(differences(mapping, wanted).map(({ setting }) => setting)).toEqual(['batchSize']);
  });
});

describe('tags', () => {
  test.each<{ name: string; wanted: MappingChanges['tags']; tags: KnownTags | undefined; calls: object[] }>([
    { name: 'are removed', wanted: { a: null }, tags: { a: '1', b: '2' }, calls: [{ TagKeys: ['a'] }] },
    { name: 'that are not there are not removed', wanted: { c: null }, tags: { a: '1' }, calls: [] },
    { name: 'that are empty are removed', wanted: { a: null }, tags: { a: '' }, calls: [{ TagKeys: ['a'] }] },
    { name: 'may be set to an empty text', wanted: { a: '' }, tags: {}, calls: [{ Tags: { a: '' } }] },
    {
      name: 'are removed before others are set',
      wanted: { a: '2', b: null, c: '3' },
      tags: { a: '1', b: '2', c: '3' },
      calls: [{ TagKeys: ['b'] }, { Tags: { a: '2' } }],
    },
    {
      name: 'that could not be read are removed and set all the same',
      wanted: { a: '2', b: null },
      tags: 'unread',
      calls: [{ TagKeys: ['b'] }, { Tags: { a: '2' } }],
    },
    { name: 'that could not be read and are not asked for', wanted: {}, tags: 'unread', calls: [] },
    { name: 'are not compared where nobody asked for them', wanted: { a: null }, tags: undefined, calls: [] },
  ])('$name', ({ wanted, tags, calls }) => {
    const mapping = mappingOf(least);
    const changes = { tags: wanted };
    const made = updateCalls(mapping, changes, differences(mapping, changes, tags));
    expect(made.map(({ input }) => input)).toEqual(
      calls.map((call) => ({ Resource: mapping.EventSourceMappingArn, ...call })),
    );
  });
});

describe('a mapping as AWS shows it', () => {
  test('is equal to the settings it was made from', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const { secret: _, auth: __, tags: ___, ...plain } = settings;
        expect(differences(mappingOf(plain as MappingSettings), declared(plain as MappingSettings))).toEqual([]);
      }),
    );
  });

  test('is equal in another order, with defaults said, and with what AWS leaves out', () => {
    expect(
      found(
        { ...least, filters: ['{"value":{"a":[1],"b":[2]}}', '{"value":[3]}'], metrics: ['EventCount', 'ErrorCount'] },
        declared({
          ...least,
          filters: ['{"value": [3]}', '{"value":{"b":[2],"a":[1]}}'],
          metrics: ['ErrorCount', 'EventCount'],
        }),
      ),
    ).toEqual([]);
    expect(
      found(
        least,
        declared({
          ...least,
          batchSize: 100,
          enabled: true,
          maximumRetryAttempts: -1,
          provisionedPollers: {},
          filters: [],
          reportBatchItemFailures: false,
        }),
      ),
    ).toEqual([]);
    expect(
      found(
        { ...least, provisionedPollers: { minimum: 1, maximum: 200 } },
        declared({ ...least, provisionedPollers: { minimum: 1 } }),
      ),
    ).toEqual([]);
    expect(found({ ...least, consumerGroup: 'one', batchingWindow: 5, logLevel: 'INFO' }, declared(least))).toEqual([]);
    expect(found(least, { consumerGroup: uuid })).toEqual([]);
  });

  test('differs in what a file leaves out and the mapping has', () => {
    const standing = {
      ...least,
      batchSize: 5,
      filters: ['{"value":[1]}'],
      provisionedPollers: { minimum: 1 },
      metrics: ['EventCount' as const],
      kmsKey: keyArn,
      onFailure: 'arn:aws:s3:::failed',
      enabled: false,
    };
    expect(found(standing, declared(least)).toSorted()).toEqual([
      'batchSize',
      'enabled',
      'filters',
      'kmsKey',
      'metrics',
      'onFailure',
      'provisionedPollers',
    ]);
  });

  test('tells what cannot be changed', () => {
    expect(found(least, { topic: 'other', consumerGroup: 'mine', startingPosition: 'LATEST', batchSize: 5 })).toEqual([
      'topic (fixed)',
      'consumerGroup (fixed)',
      'startingPosition (fixed)',
      'batchSize',
    ]);
  });

  test('whose filter AWS cannot show is not compared in it', () => {
    const mapping = { ...mappingOf(least), FilterCriteriaError: { ErrorCode: 'KMSAccessDenied' } };
    expect(differences(mapping, { filters: ['{"value":[1]}'] })).toEqual([]);
  });
});

describe('the call that changes it', () => {
  const input = (standing: MappingSettings, changes: MappingChanges) => {
    const mapping = mappingOf(standing);
    const wanted = onTopOf(changes, mapping);
    return updateCalls(mapping, wanted, differences(mapping, wanted))[0]?.input;
  };

  test.each<{ name: string; changes: MappingChanges; expected: object }>([
    { name: 'filters', changes: { filters: null }, expected: { FilterCriteria: {} } },
    { name: 'the destination', changes: { onFailure: null }, expected: { DestinationConfig: {} } },
    { name: 'the metrics', changes: { metrics: null }, expected: { MetricsConfig: { Metrics: [] } } },
    { name: 'the key', changes: { kmsKey: null }, expected: { KMSKeyArn: '' } },
    { name: 'the pollers', changes: { provisionedPollers: null }, expected: { ProvisionedPollerConfig: {} } },
    {
      name: 'the registry, without the group',
      changes: { schemaRegistry: null },
      expected: { AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: {} } },
    },
    { name: 'the retries', changes: { maximumRetryAttempts: null }, expected: { MaximumRetryAttempts: -1 } },
    { name: 'the age', changes: { maximumRecordAge: null }, expected: { MaximumRecordAgeInSeconds: -1 } },
    { name: 'item failures', changes: { reportBatchItemFailures: false }, expected: { FunctionResponseTypes: [] } },
    { name: 'the batch size', changes: { batchSize: null }, expected: { BatchSize: 100 } },
    {
      name: 'the poller group',
      changes: { provisionedPollers: { group: '' } },
      expected: { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3, PollerGroupName: '' } },
    },
  ])('takes $name away in AWS’s own way', ({ changes, expected }) => {
    expect(input(everything, changes)).toEqual({ UUID: uuid, ...expected });
  });

  test('takes the secret away', () => {
    expect(
      input({ ...least, sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: secretArn }] }, { sourceAccess: null }),
    ).toEqual({ UUID: uuid, SourceAccessConfigurations: [] });
  });

  test('keeps what is not named of a block', () => {
    expect(input(everything, { provisionedPollers: { maximum: 5 } })).toEqual({
      UUID: uuid,
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 5 },
    });
    const { AmazonManagedKafkaEventSourceConfig: kafka } = input(everything, {
      schemaRegistry: { eventRecordFormat: 'SOURCE' } as NonNullable<MappingSettings['schemaRegistry']>,
    }) as { AmazonManagedKafkaEventSourceConfig: object };
    expect(kafka).toEqual({
      SchemaRegistryConfig: {
        SchemaRegistryURI: 'https://registry.example.com',
        EventRecordFormat: 'SOURCE',
        AccessConfigs: [{ Type: 'BASIC_AUTH', URI: secretArn }],
        SchemaValidationConfigs: [{ Attribute: 'KEY' }, { Attribute: 'VALUE' }],
      },
    });
  });

  test('never sends what cannot be changed, and nothing where nothing differs', () => {
    expect(
      input(everything, { consumerGroup: everything.consumerGroup!, topic: everything.topic, batchSize: 500 }),
    ).toBeUndefined();
    expect(input(everything, { topic: 'other', consumerGroup: 'other', startingPosition: 'LATEST' })).toBeUndefined();
  });

  test('played on an account makes the mapping what is wanted', () => {
    // Only what an update can change.
    const changeable = anySettings.map(
      (settings) =>
        ({
          ...settings,
          ...least,
          secret: undefined,
          auth: undefined,
          tags: undefined,
          startingPositionTimestamp: undefined,
        }) as unknown as MappingSettings,
    );
    fc.assert(
      fc.property(changeable, changeable, (before, after) => {
        const mapping = {
          ...mappingOf(before),
          AmazonManagedKafkaEventSourceConfig: {
            ...mappingOf(before).AmazonManagedKafkaEventSourceConfig,
            ConsumerGroupId: uuid,
          },
        };
        const wanted = declared({ ...after, consumerGroup: undefined });
        const snapshot = accountWith((account) => {
          account.mappings[uuid] = { outcome: 'ok', value: mapping };
        });
        const calls = updateCalls(mapping, wanted, differences(mapping, wanted)).filter(
          ({ operation }) => operation === 'UpdateEventSourceMapping',
        );
        const changed = value(calls.reduce(replay, snapshot).mappings, uuid);
        expect(differences(changed, wanted)).toEqual([]);
        expect(settingsOf(changed).consumerGroup).toBeUndefined();
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declared, differences, onTopOf } from '../../src/mapping/differences.js';
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

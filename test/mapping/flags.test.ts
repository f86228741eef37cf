import { Command, InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBlock } from '../../src/cli/flags/aws-block.js';
import { mappingOptions, settingsFromOptions } from '../../src/cli/flags/mapping-flags.js';
import { withoutGaps } from '../../src/mapping/mapping-of.js';
import { declared } from '../../src/mapping/differences.js';
import { toChangeFlags, toFlags } from '../../src/mapping/to-flags.js';
import type { MappingChanges, SettingName } from '../../src/mapping/settings.js';
import { anySettings, everything, least } from './support/settings.js';
import { runs } from '../random/seed.js';

function parse(words: readonly string[], { clear = false } = {}): MappingChanges {
  const command = new Command('x').exitOverride().configureOutput({ writeErr: () => {} });
  for (const option of mappingOptions(clear ? 'recreate' : 'create')) command.addOption(option);
  command.parse([...words], { from: 'user' });
  return settingsFromOptions(command.opts());
}

test('a command line says what the settings it was made from say', () => {
  expect(parse(toFlags(everything))).toEqual(everything);
  fc.assert(
    fc.property(anySettings, (settings) => {
      expect(withoutGaps(parse(toFlags(settings)))).toEqual(withoutGaps(settings));
    }),
  );
});

describe('the AWS CLI’s own flags', () => {
  test.each<{ name: string; words: string[]; settings: MappingChanges }>([
    {
      name: 'plain ones',
      words: ['--function-name', 'f', '--event-source-arn', 'arn:x', '--topics', 'orders'],
      settings: { function: 'f', cluster: 'arn:x', topic: 'orders' },
    },
    { name: 'a topic as JSON', words: ['--topics', '["orders"]'], settings: { topic: 'orders' } },
    {
      name: 'shorthand of a list',
      words: ['--source-access-configurations', 'Type=SASL_SCRAM_512_AUTH,URI=arn:aws:secretsmanager:x'],
      settings: { sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 'arn:aws:secretsmanager:x' }] },
    },
    {
      name: 'JSON of a list',
      words: ['--source-access-configurations', '[{"Type":"SASL_SCRAM_512_AUTH","URI":"s"}]'],
      settings: { sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 's' }] },
    },
    { name: 'an empty list', words: ['--source-access-configurations', '[]'], settings: { sourceAccess: null } },
    {
      name: 'a filter as JSON',
      words: ['--filter-criteria', '{"Filters":[{"Pattern":"{\\"value\\":[1]}"}]}'],
      settings: { filters: ['{"value":[1]}'] },
    },
    {
      name: 'a filter as shorthand',
      words: ['--filter-criteria', `Filters=[{Pattern='{"value":[1,2]}'}]`],
      settings: { filters: ['{"value":[1,2]}'] },
    },
    { name: 'no filter', words: ['--filter-criteria', '{}'], settings: { filters: null } },
    {
      name: 'a destination',
      words: ['--destination-config', 'OnFailure={Destination=arn:aws:sqs:r:1:q}'],
      settings: { onFailure: 'arn:aws:sqs:r:1:q' },
    },
    { name: 'no destination', words: ['--destination-config', '{}'], settings: { onFailure: null } },
    {
      name: 'pollers',
      words: ['--provisioned-poller-config', 'MinimumPollers=1,MaximumPollers=3,PollerGroupName=g'],
      settings: { provisionedPollers: { minimum: 1, maximum: 3, group: 'g' } },
    },
    { name: 'no pollers', words: ['--provisioned-poller-config', '{}'], settings: { provisionedPollers: null } },
    {
      name: 'a group',
      words: ['--amazon-managed-kafka-event-source-config', 'ConsumerGroupId=g-1'],
      settings: { consumerGroup: 'g-1' },
    },
    {
      name: 'a registry',
      words: [
        '--amazon-managed-kafka-event-source-config',
        'SchemaRegistryConfig={SchemaRegistryURI=https://r,EventRecordFormat=JSON,SchemaValidationConfigs=[{Attribute=KEY},{Attribute=VALUE}]}',
      ],
      settings: { schemaRegistry: { uri: 'https://r', eventRecordFormat: 'JSON', validate: ['KEY', 'VALUE'] } },
    },
    {
      name: 'metrics',
      words: ['--metrics-config', 'Metrics=EventCount,ErrorCount'],
      settings: { metrics: ['EventCount', 'ErrorCount'] },
    },
    {
      name: 'metrics in brackets',
      words: ['--metrics-config', 'Metrics=[EventCount]'],
      settings: { metrics: ['EventCount'] },
    },
    { name: 'a log level', words: ['--logging-config', 'SystemLogLevel=DEBUG'], settings: { logLevel: 'DEBUG' } },
    { name: 'no log level', words: ['--logging-config', '{}'], settings: { logLevel: null } },
    { name: 'tags', words: ['--tags', 'a=b,c=d'], settings: { tags: { a: 'b', c: 'd' } } },
    {
      name: 'response types',
      words: ['--function-response-types', 'ReportBatchItemFailures'],
      settings: { reportBatchItemFailures: true },
    },
    {
      name: 'switches',
      words: ['--no-enabled', '--no-bisect-batch-on-function-error', '--maximum-retry-attempts', '-1'],
      settings: { enabled: false, bisectBatchOnError: false, maximumRetryAttempts: -1 },
    },
    {
      name: 'seconds',
      words: ['--maximum-batching-window-in-seconds', '5', '--maximum-record-age-in-seconds', '60'],
      settings: { batchingWindow: 5, maximumRecordAge: 60 },
    },
    {
      name: 'Unix seconds',
      words: ['--starting-position-timestamp', '1700000000'],
      settings: { startingPositionTimestamp: '2023-11-14T22:13:20.000Z' },
    },
  ])('$name', ({ words, settings }) => expect(parse(words)).toEqual(settings));

  test.each([
    { words: ['--topics', 'a', 'b'], message: /exactly one topic/ },
    { words: ['--destination-config', '{"OnSuccess":{"Destination":"x"}}'], message: /Unknown member OnSuccess/ },
    { words: ['--filter-criteria', '{"Filters":'], message: /JSON/ },
    { words: ['--provisioned-poller-config', 'MinimumPollers'], message: /KEY=VALUE/ },
    { words: ['--tag', 'alone'], message: /KEY=VALUE/ },
    { words: ['--remove-tag', 'team'], message: /unknown option '--remove-tag'/ },
    { words: ['--metrics-config', 'file:///nowhere/at/all'], message: /cannot be read/ },
    { words: ['--batch-size', 'many'], message: /number/ },
    {
      words: ['--batch-size', '1', '--batching-window', '1', '--maximum-batching-window-in-seconds', '2'],
      message: /--batching-window and --maximum-batching-window-in-seconds contradict/,
    },
    { words: ['--enabled', '--disabled'], message: /contradict/ },
  ])('$words is refused', ({ words, message }) => expect(() => parse(words)).toThrow(message));
});

describe('flags that take something away', () => {
  test.each<{ words: string[]; changes: MappingChanges }>([
    { words: ['--remove-tag', 'a'], changes: { tags: { a: null } } },
    { words: ['--remove-tag', 'a', '--remove-tag', 'b'], changes: { tags: { a: null, b: null } } },
    { words: ['--remove-tag', 'a', '--tag', 'b=1'], changes: { tags: { a: null, b: '1' } } },
    { words: ['--tags', 'b=1', '--remove-tag', 'a'], changes: { tags: { a: null, b: '1' } } },
    { words: ['--remove-tag', 'a=b'], changes: { tags: { 'a=b': null } } },
    { words: ['--remove-tag', '__proto__'], changes: { tags: Object.fromEntries([['__proto__', null]]) } },
    { words: ['--no-log-level'], changes: { logLevel: null } },
  ])('$words', ({ words, changes }) => {
    expect(parse(words, { clear: true })).toEqual(changes);
    expect(parse(toChangeFlags(changes, Object.keys(changes) as SettingName[]), { clear: true })).toEqual(changes);
  });

  test('a tag is not set and removed at once', () =>
    expect(() => parse(['--tag', 'a=1', '--remove-tag', 'a'], { clear: true })).toThrow(
      /--tag and --remove-tag contradict each other/,
    ));
});

test('the flags of a change make just that change', () => {
  const taken = { ...declared(least), ...Object.fromEntries(Object.keys(least).map((name) => [name, undefined])) };
  const names = Object.keys(taken) as SettingName[];
  expect(withoutGaps({ ...parse(toChangeFlags(taken, names), { clear: true }), secret: undefined })).toEqual(
    withoutGaps({
      ...taken,
      enabled: true,
      batchSize: 100,
      maximumRetryAttempts: -1,
      maximumRecordAge: -1,
      bisectBatchOnError: false,
      reportBatchItemFailures: false,
    }),
  );
  fc.assert(
    fc.property(anySettings, fc.subarray(names), (settings, some) => {
      expect(
        Object.keys(
          withoutGaps({
            ...parse(toChangeFlags(declared(settings), some), { clear: true }),
            secret: undefined,
          }) as object,
        ).toSorted(),
      ).toEqual(some.filter((name) => declared(settings)[name] !== undefined).toSorted());
    }),
  );
});

test('no text of a structured flag makes it fail in another way than a sentence', () => {
  const piece = fc.oneof(
    fc.constantFrom('{', '}', '[', ']', '=', ',', '"', "'", '\\', 'a', 'Filters', 'Pattern', ' ', '__proto__'),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      (text) => {
        fc.pre(!text.startsWith('file://'));
        try {
          parseBlock(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidArgumentError);
        }
      },
    ),
    { numRuns: runs(2000) },
  );
});

test('what an update takes away is null', () => {
  const words = [
    '--no-filter',
    '--no-on-failure',
    '--no-secret',
    '--no-kms-key',
    '--no-metrics',
    '--no-schema-registry',
    '--on-demand',
    '--no-report-batch-item-failures',
  ];
  expect(parse(words, { clear: true })).toEqual({
    filters: null,
    onFailure: null,
    sourceAccess: null,
    secret: null,
    kmsKey: null,
    metrics: null,
    schemaRegistry: null,
    provisionedPollers: null,
    reportBatchItemFailures: false,
  });
});

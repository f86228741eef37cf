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
  for (const option of mappingOptions({ clear })) command.addOption(option);
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
  test.each<[string, string[], MappingChanges]>([
    [
      'plain ones',
      ['--function-name', 'f', '--event-source-arn', 'arn:x', '--topics', 'orders'],
      { function: 'f', cluster: 'arn:x', topic: 'orders' },
    ],
    ['a topic as JSON', ['--topics', '["orders"]'], { topic: 'orders' }],
    [
      'shorthand of a list',
      ['--source-access-configurations', 'Type=SASL_SCRAM_512_AUTH,URI=arn:aws:secretsmanager:x'],
      { sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 'arn:aws:secretsmanager:x' }] },
    ],
    [
      'JSON of a list',
      ['--source-access-configurations', '[{"Type":"SASL_SCRAM_512_AUTH","URI":"s"}]'],
      { sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 's' }] },
    ],
    ['an empty list', ['--source-access-configurations', '[]'], { sourceAccess: null }],
    [
      'a filter as JSON',
      ['--filter-criteria', '{"Filters":[{"Pattern":"{\\"value\\":[1]}"}]}'],
      { filters: ['{"value":[1]}'] },
    ],
    [
      'a filter as shorthand',
      ['--filter-criteria', `Filters=[{Pattern='{"value":[1,2]}'}]`],
      { filters: ['{"value":[1,2]}'] },
    ],
    ['no filter', ['--filter-criteria', '{}'], { filters: null }],
    [
      'a destination',
      ['--destination-config', 'OnFailure={Destination=arn:aws:sqs:r:1:q}'],
      { onFailure: 'arn:aws:sqs:r:1:q' },
    ],
    ['no destination', ['--destination-config', '{}'], { onFailure: null }],
    [
      'pollers',
      ['--provisioned-poller-config', 'MinimumPollers=1,MaximumPollers=3,PollerGroupName=g'],
      { provisionedPollers: { minimum: 1, maximum: 3, group: 'g' } },
    ],
    ['no pollers', ['--provisioned-poller-config', '{}'], { provisionedPollers: null }],
    ['a group', ['--amazon-managed-kafka-event-source-config', 'ConsumerGroupId=g-1'], { consumerGroup: 'g-1' }],
    [
      'a registry',
      [
        '--amazon-managed-kafka-event-source-config',
        'SchemaRegistryConfig={SchemaRegistryURI=https://r,EventRecordFormat=JSON,SchemaValidationConfigs=[{Attribute=KEY},{Attribute=VALUE}]}',
      ],
      { schemaRegistry: { uri: 'https://r', eventRecordFormat: 'JSON', validate: ['KEY', 'VALUE'] } },
    ],
    ['metrics', ['--metrics-config', 'Metrics=EventCount,ErrorCount'], { metrics: ['EventCount', 'ErrorCount'] }],
    ['metrics in brackets', ['--metrics-config', 'Metrics=[EventCount]'], { metrics: ['EventCount'] }],
    ['a log level', ['--logging-config', 'SystemLogLevel=DEBUG'], { logLevel: 'DEBUG' }],
    ['tags', ['--tags', 'a=b,c=d'], { tags: { a: 'b', c: 'd' } }],
    ['response types', ['--function-response-types', 'ReportBatchItemFailures'], { reportBatchItemFailures: true }],
    [
      'switches',
      ['--no-enabled', '--no-bisect-batch-on-function-error', '--maximum-retry-attempts', '-1'],
      { enabled: false, bisectBatchOnError: false, maximumRetryAttempts: -1 },
    ],
    [
      'seconds',
      ['--maximum-batching-window-in-seconds', '5', '--maximum-record-age-in-seconds', '60'],
      { batchingWindow: 5, maximumRecordAge: 60 },
    ],
    [
      'Unix seconds',
      ['--starting-position-timestamp', '1700000000'],
      { startingPositionTimestamp: '2023-11-14T22:13:20.000Z' },
    ],
  ])('%s', (_, words, settings) => expect(parse(words)).toEqual(settings));

  test.each([
    [['--topics', 'a', 'b'], /exactly one topic/],
    [['--destination-config', '{"OnSuccess":{"Destination":"x"}}'], /OnSuccess is not taken here/],
    [['--filter-criteria', '{"Filters":'], /JSON/],
    [['--provisioned-poller-config', 'MinimumPollers'], /KEY=VALUE/],
    [['--tag', 'alone'], /KEY=VALUE/],
    [['--metrics-config', 'file:///nowhere/at/all'], /cannot be read/],
    [['--batch-size', 'many'], /number/],
    [
      ['--batch-size', '1', '--batching-window', '1', '--maximum-batching-window-in-seconds', '2'],
      /--batching-window and --maximum-batching-window-in-seconds contradict/,
    ],
    [['--enabled', '--disabled'], /contradict/],
  ])('%j is refused', (words, message) => expect(() => parse(words)).toThrow(message));
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

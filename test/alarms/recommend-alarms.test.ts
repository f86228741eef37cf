/** Which alarms a mapping should have. */
import { expect, test } from 'vitest';
import { alarmDifferences } from '../../src/alarms/alarm-differences.js';
import { alarmInput } from '../../src/alarms/alarm.js';
import { recommendAlarms } from '../../src/alarms/recommend-alarms.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import { openAccount } from '../../src/sandbox/index.js';
import { isOk } from '../../src/snapshot/read.js';

function mappingWith(change: Partial<Mapping>): Mapping {
  const [read] = Object.values(openAccount('scram')!.snapshot().mappings);
  if (read === undefined || !isOk(read)) throw new Error('the account has a mapping');
  return { ...read.value, ...change };
}
const metricsOf = (mapping: Mapping, lag: readonly number[] = []) =>
  recommendAlarms(mapping, { lag }).alarms.map(({ metric }) => metric.name);
const everyGroup = { MetricsConfig: { Metrics: ['EventCount', 'ErrorCount', 'KafkaMetrics'] } };

test('without metrics of its own: those of the function, and the command that turns the others on', () => {
  const mapping = mappingWith({});
  expect(metricsOf(mapping)).toEqual(['OffsetLag', 'Errors', 'Throttles']);
  const { missing } = recommendAlarms(mapping, { lag: [] });
  expect(missing?.groups).toEqual(['EventCount', 'ErrorCount']);
  expect(missing?.command).toBe(`msk-lambda update ${mapping.UUID} --metrics EventCount,ErrorCount`);
});

test('a group that is on stays on in the command', () => {
  const { missing } = recommendAlarms(mappingWith({ MetricsConfig: { Metrics: ['KafkaMetrics'] } }), { lag: [] });
  expect(missing?.command).toMatch(/--metrics EventCount,ErrorCount,KafkaMetrics$/);
});

test('with every metric: the lag of the mapping alone, dropped records, a mapping that stopped', () => {
  const mapping = mappingWith(everyGroup);
  expect(metricsOf(mapping)).toEqual([
    'Errors',
    'Throttles',
    'PolledEventCount',
    'SumOffsetLag',
    'DroppedEventCount',
    'PollingErrorCount',
  ]);
  expect(recommendAlarms(mapping, { lag: [] }).missing).toBeNull();
  const stopped = recommendAlarms(mapping, { lag: [] }).alarms.find(({ metric }) => metric.name === 'PolledEventCount');
  expect(stopped).toMatchObject({ missing: 'breaching', comparison: 'LessThanThreshold' });
});

test('a destination and a schema registry have alarms of their own', () => {
  const mapping = mappingWith({
    ...everyGroup,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } },
    AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: 'https://registry.example' } },
  } as Partial<Mapping>);
  expect(metricsOf(mapping)).toEqual(
    expect.arrayContaining(['OnFailureDestinationDeliveryErrorCount', 'SchemaRegistryErrorCount']),
  );
});

test('an alias is measured as itself', () => {
  const { FunctionArn: arn } = mappingWith({});
  const { alarms } = recommendAlarms(mappingWith({ FunctionArn: `${arn}:live` }), { lag: [] });
  expect(alarms[0]!.metric.dimensions).toEqual({ FunctionName: 'order-handler', Resource: 'order-handler:live' });
});

test.each([
  { lag: [], threshold: 1000 },
  { lag: [3, 20, 100], threshold: 1000 },
  { lag: [5000, 41_234], threshold: 130_000 },
])('the lag alarm is silent at the lag of the last hour: $lag', ({ lag, threshold }) => {
  const [alarm] = recommendAlarms(mappingWith({}), { lag }).alarms;
  expect(alarm!.threshold).toBe(threshold);
  for (const value of lag) expect(value).toBeLessThan(alarm!.threshold);
  expect(recommendAlarms(mappingWith({}), { lag, lagThreshold: 7 }).alarms[0]!.threshold).toBe(7);
});

test('names are unique and short enough for the longest topic', () => {
  const { alarms } = recommendAlarms(mappingWith({ ...everyGroup, Topics: ['t'.repeat(249)] }), { lag: [] });
  expect(new Set(alarms.map(({ name }) => name)).size).toBe(alarms.length);
  for (const { name } of alarms) expect(name.length).toBeLessThanOrEqual(255);
});

test('an equal alarm is recognised whatever the order of its dimensions; a different one by its members', () => {
  const [alarm] = recommendAlarms(
    mappingWith({ FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f:live' }),
    {
      lag: [],
    },
  ).alarms;
  const input = alarmInput(alarm!, []);
  const existing = { ...input, Dimensions: input.Dimensions.toReversed(), StateValue: 'OK', AlarmActions: [] };
  expect(alarmDifferences(existing, input)).toEqual([]);
  expect(alarmDifferences({ ...existing, Threshold: 5 }, input)).toEqual(['Threshold']);
  expect(alarmDifferences(existing, alarmInput(alarm!, ['arn:aws:sns:eu-west-1:111122223333:on-call']))).toEqual([
    'AlarmActions',
    'OKActions',
  ]);
});

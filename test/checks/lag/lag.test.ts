import { describe, expect, test } from 'vitest';
import { functionMetrics, lagMetrics, mappingMetrics, metricKey } from '../../../src/snapshot/metrics.js';
import { clusterName, denied, deny, functionName, topic, uuid } from '../../accounts/account.js';
import { all, expectHarmless, judge, mapping, measured, textOf, type Change } from '../judging.js';
import { counts, countsDenied, metricsOn } from '../counting.js';

const ofGroup = lagMetrics(clusterName, uuid, topic, 2);
const sum = ofGroup[0]!;
const produced = ofGroup.filter(({ name }) => name === 'MessagesInPerSec');
const byLambda = functionMetrics(functionName, null).find(({ name }) => name === 'OffsetLag')!;
const pollers = (count: number): Change =>
  measured(
    mappingMetrics(uuid).find(({ name }) => name === 'ProvisionedPollers')!,
    [count],
  );
const noCalls: Change = all(...functionMetrics(functionName, null).map((metric) => measured(metric, [])));
/** A lag where nothing else is measured. */
const lag = (...values: number[]): Change => all(noCalls, measured(sum, values));
const unread: Change = (snapshot) => {
  for (const metric of [...ofGroup, ...functionMetrics(functionName, null), ...mappingMetrics(uuid)])
    snapshot.metrics[metricKey(metric)] = denied('cloudwatch', 'GetMetricData');
};

describe('lag.trend', () => {
  test('it rises all along', () => {
    const finding = judge('lag.trend', lag(500, 900, 2000, 4000, 8000, 16_000, 30_000));
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toContain('SumOffsetLag rose from 500 to 30000 records');
  });
  test('Lambda’s own figure where the brokers show none', () =>
    expect(
      textOf(
        judge(
          'lag.trend',
          all(measured(byLambda, [0, 900, 2000, 4000, 8000, 16_000]), ...ofGroup.map((metric) => measured(metric, []))),
        ),
      ),
    ).toContain('OffsetLag rose from 0 to 16000'));
  describe('by the mapping’s own KafkaMetrics', () => {
    const noBrokers = all(...ofGroup.map((metric) => measured(metric, [])));
    const ofMapping = (...values: number[]): Change =>
      all(noCalls, noBrokers, metricsOn('KafkaMetrics'), counts('SumOffsetLag', values), counts('MaxOffsetLag', []));
    const rising = [0, 900, 2000, 4000, 8000, 16_000];
    test('where the brokers show none', () =>
      expect(textOf(judge('lag.trend', ofMapping(...rising)))).toContain('SumOffsetLag rose from 0 to 16000'));
    test('before the function’s figure, which counts its other mappings', () =>
      expectHarmless('lag.trend', 'pass', all(ofMapping(0, 5, 0, 9, 0, 4), measured(byLambda, rising))));
    test('the brokers’ figure before it', () =>
      expectHarmless('lag.trend', 'pass', all(ofMapping(...rising), measured(sum, [0, 5, 0, 9, 0, 4]))));
    test.each<{ name: string; largest: number[]; says: boolean }>([
      { name: 'one partition has nearly all of it', largest: [15_000], says: true },
      { name: 'all partitions have their part', largest: [3000], says: false },
      { name: 'not told', largest: [], says: false },
    ])('$name', ({ largest, says }) => {
      const text = textOf(judge('lag.trend', all(ofMapping(...rising), counts('MaxOffsetLag', largest))));
      expect(text.includes('one partition has most of the lag')).toBe(says);
    });
    test('no lag', () => expectHarmless('lag.trend', 'pass', ofMapping(0, 0, 0, 0, 0)));
    test('off: not known, with the setting', () => {
      expectHarmless('lag.trend', 'skip', all(noCalls, noBrokers));
      expect(judge('lag.trend', all(noCalls, noBrokers)).title).toContain(
        'KafkaMetrics in the mapping’s MetricsConfig',
      );
    });
    test('unread', () => expect(judge('lag.trend', all(ofMapping(...rising), countsDenied)).status).toBe('unknown'));
    test('pollers that are as many as partitions', () =>
      expect(
        judge('lag.consumers', all(ofMapping(20_000, 21_000, 22_000, 22_500, 23_000, 24_000), pollers(6))).status,
      ).toBe('warn'));
  });
  test.each<[string, number[]]>([
    ['little, though it doubles', [1, 2, 4, 8, 16, 32]],
    ['much, and steady', [50_000, 50_100, 49_900, 50_000, 50_050, 50_000]],
    ['a burst that is worked off', [0, 0, 40_000, 90_000, 60_000, 20_000]],
    ['nothing', [0, 0, 0, 0, 0, 0]],
  ])('%s is no trend', (_, values) => expectHarmless('lag.trend', 'pass', lag(...values)));
  test('two datapoints make none', () => expectHarmless('lag.trend', 'skip', lag(0, 90_000)));
  test('unread', () =>
    expect(judge('lag.trend', unread)).toMatchObject({
      status: 'unknown',
      missingActions: ['cloudwatch:GetMetricData'],
    }));
});

describe('lag.consumers', () => {
  const behind = lag(20_000, 21_000, 22_000, 22_500, 23_000, 24_000);
  test('as many pollers as partitions, and still behind', () => {
    const finding = judge('lag.consumers', all(behind, pollers(6)));
    expect(finding.status).toBe('warn');
    expect(textOf(finding)).toContain('lag: 24,000 records');
  });
  test.each<[string, Change]>([
    ['pollers can still be added', all(behind, pollers(3))],
    ['all pollers at work, and nothing to catch up', all(lag(0, 10, 0, 30, 5, 0), pollers(6))],
    ['catching up', all(lag(90_000, 60_000, 40_000, 20_000, 9000, 4000), pollers(6))],
  ])('%s: no alarm', (_, change) => expectHarmless('lag.consumers', 'pass', change));
  test('on-demand mappings do not tell their pollers', () =>
    expectHarmless('lag.consumers', 'skip', all(behind, measured(mappingMetrics(uuid)[0]!, []))));
  test('partitions unknown', () =>
    expect(
      judge(
        'lag.consumers',
        all(behind, pollers(6), (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics')),
      ).status,
    ).toBe('skip'));
  test('unread', () => expect(judge('lag.consumers', unread).status).toBe('unknown'));
});

describe('lag.traffic', () => {
  const rates = (...perBroker: number[][]): Change =>
    all(...produced.map((metric, index) => measured(metric, perBroker[index] ?? [])));
  test('nobody produces: said, and no fault', () => {
    const change = all(rates([0, 0, 0], [0, 0, 0]), mapping({ LastProcessingResult: 'No records processed' }));
    expectHarmless('lag.traffic', 'warn', change);
    expect(judge('lag.traffic', change).severity).toBe('info');
  });
  test('one broker has all of it', () => expectHarmless('lag.traffic', 'pass', rates([0, 0, 0], [0, 4, 0])));
  test('a cluster that shows no metrics by topic', () => expectHarmless('lag.traffic', 'skip', rates([], [])));
  test('unread', () => expect(judge('lag.traffic', unread).status).toBe('unknown'));
});

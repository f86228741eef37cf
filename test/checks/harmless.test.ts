/** Odd but harmless things, any number of them together, on any kind of account: nothing fails. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ErrorTextId } from '../../src/catalogue/match.js';
import { errorTexts } from '../../src/catalogue/texts.js';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import { diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import { ok } from '../../src/snapshot/read.js';
import {
  accountWith,
  clusterArn,
  functionArn,
  notFound,
  uuid,
  value,
  type HealthyOptions,
} from '../accounts/account.js';
import { all, mapping, nothingMeasured, shows, type Change } from './judging.js';
import { runs } from '../random/seed.js';

const configured =
  (members: object): Change =>
  (snapshot) =>
    void Object.assign(value(snapshot.functions, functionArn), members);
const cluster =
  (change: (provisioned: NonNullable<ReturnType<typeof provisionedOf>>) => void): Change =>
  (snapshot) =>
    change(provisionedOf(snapshot));
const provisionedOf = (snapshot: Parameters<Change>[0]) => value(snapshot.clusters, clusterArn).Provisioned!;

const oddities: Record<string, Change> = {
  'AWS’s defaults written out': mapping({
    MaximumRetryAttempts: -1,
    MaximumRecordAgeInSeconds: -1,
    BisectBatchOnFunctionError: false,
    DestinationConfig: { OnFailure: {} },
    FunctionResponseTypes: [],
  }),
  'no word of who changed it': mapping({ StateTransitionReason: undefined }),
  'nothing read yet': shows('No records processed'),
  'the largest batch': mapping({ BatchSize: 10_000, MaximumBatchingWindowInSeconds: 300 }),
  'a filter on the content': mapping({
    FilterCriteria: { Filters: [{ Pattern: '{"value":{"type":[{"prefix":"order"}]}}' }] },
  }),
  'an empty filter': mapping({ FilterCriteria: { Filters: [] } }),
  'metrics of its own': mapping({ MetricsConfig: { Metrics: ['EventCount'] } }),
  'a position that plays no part any more': mapping({ StartingPosition: 'LATEST' }),
  'a position long past': mapping({
    StartingPosition: 'AT_TIMESTAMP',
    StartingPositionTimestamp: '2026-01-01T00:00:00.000Z',
  }),
  'no consumer group told': mapping({ AmazonManagedKafkaEventSourceConfig: undefined }),
  'pollers up to AWS’s limit': mapping({
    ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 200, PollerGroupName: '' },
  }),
  'pollers with AWS’s limits': mapping({ ProvisionedPollerConfig: {} }),
  'an idle function': configured({ State: 'Inactive', StateReasonCode: 'Idle', StateReason: 'The function is idle.' }),
  'a function on its way to a new version': configured({ LastUpdateStatus: 'InProgress' }),
  'a function of which little is told': configured({
    State: undefined,
    LastUpdateStatus: undefined,
    Timeout: undefined,
  }),
  'the longest timeout': configured({ Timeout: 840 }),
  'one call at a time': (snapshot) =>
    void (snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 1 })),
  'a configuration of its own': cluster((provisioned) =>
    Object.assign(provisioned.CurrentBrokerSoftwareInfo!, {
      ConfigurationArn: 'arn:aws:kafka:eu-west-1:111122223333:configuration/orders/1',
      ConfigurationRevision: 1,
    }),
  ),
  'a Kafka version that is not told': cluster((provisioned) => void delete provisioned.CurrentBrokerSoftwareInfo),
  'brokers open to the world beside': (snapshot) =>
    void Object.assign(value(snapshot.bootstrapBrokers, clusterArn), {
      BootstrapBrokerStringPublicSaslIam: 'b-1-public.example.com:9198',
    }),
  'many topics': (snapshot) =>
    void value(snapshot.topics, clusterArn).push(
      ...['Orders', 'order', '__consumer_offsets'].map((TopicName) => ({ TopicName, PartitionCount: 1 })),
    ),
  'a topic that says nothing of its partitions': (snapshot) =>
    void delete value(snapshot.topics, clusterArn)[0]!.PartitionCount,
  'no metrics': nothingMeasured,
};

const text = (id: ErrorTextId): Change => shows(`PROBLEM: ${errorTexts.find((entry) => entry.id === id)!.text}`);
/** One fault with a text that it leads to, and the check that must name it first. */
const faults: [CheckId, Change][] = [
  ['mapping.state', mapping({ State: 'Disabled', StateTransitionReason: 'User action' })],
  ['mapping.filter', mapping({ FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] } })],
  [
    'mapping.destination',
    mapping({ DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:failed.fifo' } } }),
  ],
  [
    'mapping.source-access',
    all(
      mapping({
        SourceAccessConfigurations: [
          { Type: 'BASIC_AUTH', URI: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-Ab12Cd' },
        ],
      }),
      text('connection-error'),
    ),
  ],
  ['mapping.provisioned-pollers', mapping({ ProvisionedPollerConfig: { MinimumPollers: 9, MaximumPollers: 2 } })],
  [
    'cluster.state',
    all((snapshot) => void (value(snapshot.clusters, clusterArn).State = 'FAILED'), text('connection-error')),
  ],
  [
    'cluster.state',
    all(
      (snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2', clusterArn)),
      text('connection-error'),
    ),
  ],
  [
    'cluster.broker',
    all((snapshot) => void (snapshot.bootstrapBrokers[clusterArn] = ok({})), text('connection-error')),
  ],
  [
    'cluster.topic',
    all(
      (snapshot) => void (snapshot.topics[clusterArn] = ok([{ TopicName: 'payments', PartitionCount: 3 }])),
      text('connection-error'),
    ),
  ],
  [
    'cluster.topic',
    all(
      (snapshot) => void (snapshot.topics[clusterArn] = ok([{ TopicName: 'payments', PartitionCount: 3 }])),
      text('cluster-failed-to-authorize'),
    ),
  ],
  [
    'function.state',
    all(
      (snapshot) =>
        void (snapshot.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration', functionArn)),
      text('function-call-failed'),
    ),
  ],
  [
    'function.state',
    all(configured({ State: 'Failed', StateReasonCode: 'InternalError' }), text('function-call-failed')),
  ],
  [
    'function.concurrency',
    all(
      (snapshot) => void (snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 0 })),
      text('function-call-failed'),
    ),
  ],
];

test('a fault among them is named first', () => {
  fc.assert(
    fc.property(fc.subarray(Object.keys(oddities)), fc.constantFrom(...faults), (names, [check, fault]) => {
      const diagnosis = diagnoseMapping(
        accountWith(all(...names.map((name) => oddities[name]!), fault), { wayOut: 'nat' }),
        uuid,
      );
      expect(diagnosis.causes[0]?.check, `${names.join('; ')}: ${JSON.stringify(diagnosis.causes)}`).toBe(check);
      expect(diagnosis.verdict).toBe(check === 'mapping.state' ? 'disabled' : 'broken');
    }),
    { numRuns: runs(60) },
  );
});

test('nothing fails', () => {
  const options: fc.Arbitrary<HealthyOptions> = fc.record({
    auth: fc.constantFrom('iam', 'scram', 'mtls', 'tls', 'plaintext'),
    wayOut: fc.constantFrom('nat', 'endpoints'),
  });
  fc.assert(
    fc.property(fc.subarray(Object.keys(oddities)), options, (names, option) => {
      const diagnosis = diagnoseMapping(accountWith(all(...names.map((name) => oddities[name]!)), option), uuid);
      expect(
        diagnosis.findings.filter(({ status }) => status === 'fail').map(({ check, title }) => `${check}: ${title}`),
        names.join('; '),
      ).toEqual([]);
      expect(
        diagnosis.findings.filter(({ status }) => status === 'warn').map(({ check, title }) => `${check}: ${title}`),
        names.join('; '),
      ).toEqual([]);
      expect(diagnosis.verdict).toBe('healthy');
    }),
    { numRuns: runs(60) },
  );
});

/** What is wrong with a mapping's settings decides what its fix is: a call where one repairs it, else our own command. */
import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import { replayAll } from '../../../src/simulate/simulate.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import { runCheck, type Finding } from '../../../src/checks/run.js';
import { checks } from '../../../src/checks/index.js';
import { subjectOf } from '../../../src/subject/subject.js';
import {
  accountWith,
  clusterArn,
  notFound,
  region,
  account,
  secretArn,
  uuid,
  value,
  type HealthyOptions,
} from '../../accounts/account.js';
import { all, mapping, type Change } from '../judging.js';

const findingIn = (id: CheckId, snapshot: Snapshot): Finding =>
  runCheck(
    checks.find((check) => check.id === id)!,
    subjectOf(snapshot, uuid),
  );
const failing = mapping({
  LastProcessingResult: 'PROBLEM: Connection error. Please check your event source connection configuration.',
});
const pollers = (MinimumPollers: number, MaximumPollers: number, more: object = {}) =>
  mapping({ ProvisionedPollerConfig: { MinimumPollers, MaximumPollers, ...more } });
const access = (...entries: [type: string, uri: string][]) =>
  mapping({ SourceAccessConfigurations: entries.map(([Type, URI]) => ({ Type, URI })) });
const associated =
  (...arns: string[]): Change =>
  (snapshot) =>
    void (snapshot.scramSecrets[clusterArn] = ok(arns));
const authentication =
  (on: { scram?: boolean; iam?: boolean; mtls?: boolean }): Change =>
  (snapshot) => {
    value(snapshot.clusters, clusterArn).Provisioned!.ClientAuthentication = {
      Sasl: { Scram: { Enabled: on.scram === true }, Iam: { Enabled: on.iam === true } },
      Tls: { Enabled: on.mtls === true, CertificateAuthorityArnList: [] },
      Unauthenticated: { Enabled: false },
    };
  };
const glue = `arn:aws:glue:${region}:${account}:registry/orders`;
type Registry = NonNullable<NonNullable<Mapping['AmazonManagedKafkaEventSourceConfig']>['SchemaRegistryConfig']>;
const registry =
  (more: Partial<Registry> = {}): Change =>
  (snapshot) => {
    value(snapshot.mappings, uuid).AmazonManagedKafkaEventSourceConfig = {
      ConsumerGroupId: uuid,
      SchemaRegistryConfig: {
        SchemaRegistryURI: glue,
        EventRecordFormat: 'JSON',
        AccessConfigs: [],
        SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
        ...more,
      },
    };
  };
const filter = (...patterns: object[]) =>
  mapping({ FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) } });
const queue = `arn:aws:sqs:${region}:${account}:dead`;
const destination = (Destination: string, more: Partial<Mapping> = {}) =>
  mapping({ DestinationConfig: { OnFailure: { Destination } }, ...more });

interface CallCase {
  name: string;
  check: CheckId;
  change: Change;
  options?: HealthyOptions;
  /** What the first call's input has. */
  input: object;
}

const byCall: CallCase[] = [
  {
    name: 'more pollers than partitions',
    check: 'mapping.provisioned-pollers',
    change: pollers(50, 100),
    input: { ProvisionedPollerConfig: { MinimumPollers: 6, MaximumPollers: 100 } },
  },
  {
    name: 'limits of pollers out of range',
    check: 'mapping.provisioned-pollers',
    change: pollers(500, 9000),
    input: { ProvisionedPollerConfig: { MinimumPollers: 6, MaximumPollers: 2000 } },
  },
  {
    name: 'the minimum above the maximum',
    check: 'mapping.provisioned-pollers',
    change: pollers(3, 2),
    input: { ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 2 } },
  },
  {
    name: 'a poller group whose name is none',
    check: 'mapping.provisioned-pollers',
    change: pollers(1, 2, { PollerGroupName: 'a group' }),
    input: { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2, PollerGroupName: '' } },
  },
  {
    name: 'retries of an on-demand mapping: free first',
    check: 'mapping.destination',
    change: all(
      destination(queue, { MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true }),
      (snapshot) => void (snapshot.destinations[queue] = ok({ arn: queue, kind: 'sqs' })),
    ),
    input: { MaximumRetryAttempts: -1, BisectBatchOnFunctionError: false },
  },
  {
    name: 'a Kafka topic as destination of an on-demand mapping',
    check: 'mapping.destination',
    change: destination('kafka://dead'),
    input: { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 } },
  },
  {
    name: 'a registry of an on-demand mapping',
    check: 'mapping.schema-registry',
    change: registry(),
    input: { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 } },
  },
  {
    name: 'a registry that validates nothing',
    check: 'mapping.schema-registry',
    change: all(pollers(1, 2), registry({ SchemaValidationConfigs: [] })),
    input: {
      AmazonManagedKafkaEventSourceConfig: {
        SchemaRegistryConfig: { SchemaValidationConfigs: [{ Attribute: 'VALUE' }] },
      },
    },
  },
  {
    name: 'a Glue registry with access',
    check: 'mapping.schema-registry',
    change: all(pollers(1, 2), registry({ AccessConfigs: [{ Type: 'BASIC_AUTH', URI: secretArn }] })),
    input: { AmazonManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { AccessConfigs: [] } } },
  },
  {
    name: 'the type of a self-managed source',
    check: 'mapping.source-access',
    change: access(['SASL_SCRAM_256_AUTH', secretArn]),
    options: { auth: 'scram' },
    input: { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }] },
  },
  {
    name: 'a user’s secret under the type of certificates',
    check: 'mapping.source-access',
    change: access(['CLIENT_CERTIFICATE_TLS_AUTH', secretArn]),
    options: { auth: 'scram' },
    input: { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }] },
  },
  {
    name: 'no secret, and one is associated with the cluster',
    check: 'mapping.source-access',
    change: all(access(), failing),
    options: { auth: 'scram' },
    input: { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }] },
  },
  {
    name: 'no secret, named by the authentication too',
    check: 'cluster.auth',
    change: all(access(), failing),
    options: { auth: 'scram' },
    input: { SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }] },
  },
  {
    name: 'a secret, and a cluster with IAM only',
    check: 'cluster.auth',
    change: authentication({ iam: true }),
    options: { auth: 'scram' },
    input: { SourceAccessConfigurations: [] },
  },
  {
    name: 'a filter on the members themselves',
    check: 'mapping.filter',
    change: filter({ orderId: [{ exists: true }] }),
    input: { FilterCriteria: { Filters: [{ Pattern: '{"value":{"orderId":[{"exists":true}]}}' }] } },
  },
  {
    name: 'a filter that was written for SQS',
    check: 'mapping.filter',
    change: filter({ body: { kind: ['new'] } }),
    input: { FilterCriteria: { Filters: [{ Pattern: '{"value":{"kind":["new"]}}' }] } },
  },
  {
    name: 'a filter that asks for something else beside value',
    check: 'mapping.filter',
    change: filter({ kind: ['new'], value: { size: [1] } }),
    input: { FilterCriteria: { Filters: [{ Pattern: '{"value":{"size":[1],"kind":["new"]}}' }] } },
  },
  {
    name: 'fewer reserved than pollers',
    check: 'function.concurrency',
    change: all(pollers(3, 3), (snapshot) => {
      for (const arn of Object.keys(snapshot.concurrency))
        snapshot.concurrency[arn] = ok({ ReservedConcurrentExecutions: 2 });
    }),
    input: { ReservedConcurrentExecutions: 3 },
  },
];

describe('a call repairs it', () => {
  test.each(byCall)('$check: $name', ({ check, change, options, input }) => {
    const broken = accountWith(change, options);
    const before = findingIn(check, broken);
    expect(['fail', 'warn'], before.title).toContain(before.status);
    const [fix] = before.fixes;
    expect(fix!.changes[0]?.input, fix!.title).toMatchObject(input);
    const mended = replayAll(broken, fix!.changes);
    expect(['pass', 'skip', 'unknown']).toContain(findingIn(check, mended).status);
    const undo = fix!.changes.toReversed().flatMap((call) => call.undo ?? []);
    if (undo.length === fix!.changes.length)
      expect(findingIn(check, replayAll(mended, undo))).toMatchObject({ status: before.status, title: before.title });
  });
});

interface CommandCase {
  name: string;
  check: CheckId;
  change: Change;
  options?: HealthyOptions;
  commands: string[];
}

const other = secretArn.replace('AmazonMSK_orders', 'AmazonMSK_other');
const byCommand: CommandCase[] = [
  {
    name: 'no secret, and several are associated',
    check: 'mapping.source-access',
    change: all(access(), failing, associated(secretArn, other)),
    options: { auth: 'scram' },
    commands: [secretArn, other].map((arn) => `msk-lambda update ${uuid} --secret ${arn}`),
  },
  {
    name: 'no secret, and none is associated',
    check: 'mapping.source-access',
    change: all(access(), failing, associated()),
    options: { auth: 'scram' },
    commands: [
      `msk-lambda secret create AmazonMSK_NAME --username USER --kms-key KEY --cluster ${clusterArn}`,
      `msk-lambda update ${uuid} --secret AmazonMSK_NAME`,
    ],
  },
  {
    name: 'no secret, and the list could not be read',
    check: 'mapping.source-access',
    change: all(access(), failing, (snapshot) => void (snapshot.scramSecrets = {})),
    options: { auth: 'scram' },
    commands: [`aws kafka list-scram-secrets --cluster-arn ${clusterArn}`, `msk-lambda update ${uuid} --secret SECRET`],
  },
  {
    name: 'no secret, on a cluster that takes certificates',
    check: 'mapping.source-access',
    change: all(access(), failing, authentication({ mtls: true })),
    commands: [
      'msk-lambda secret create NAME --certificate client.pem --chain chain.pem --private-key key.pem',
      `msk-lambda update ${uuid} --secret NAME`,
    ],
  },
  {
    name: 'a topic with a similar name',
    check: 'cluster.topic',
    change: all(mapping({ Topics: ['order'] }), failing),
    commands: [`msk-lambda recreate ${uuid} --topic orders`],
  },
  {
    name: 'a topic with a similar name, read from its end',
    check: 'cluster.topic',
    change: all(
      mapping({ Topics: ['order'], StartingPosition: 'LATEST', LastModified: '2026-11-01T08:00:00.000Z' }),
      failing,
    ),
    commands: [
      `msk-lambda recreate ${uuid} --topic orders --starting-position AT_TIMESTAMP --starting-position-timestamp 2026-11-01T08:00:00.000Z`,
    ],
  },
  {
    name: 'a malformed consumer group',
    check: 'mapping.consumer-group',
    change: all(
      failing,
      mapping({
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'my#group' },
        StartingPosition: 'TRIM_HORIZON',
      }),
    ),
    commands: [`msk-lambda recreate ${uuid} --consumer-group my-group-2`],
  },
  {
    name: 'a cluster that is gone',
    check: 'cluster.state',
    change: (snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2')),
    commands: [`msk-lambda recreate ${uuid} --cluster CLUSTER`],
  },
  {
    name: 'a queue that is gone',
    check: 'mapping.destination',
    change: all(
      destination(queue),
      (snapshot) => void (snapshot.destinations[queue] = notFound('sqs', 'GetQueueAttributes')),
    ),
    commands: [
      `aws sqs create-queue --queue-name dead --region ${region}`,
      `msk-lambda update ${uuid} --on-failure ARN`,
    ],
  },
  {
    name: 'a FIFO queue',
    check: 'mapping.destination',
    change: destination(`${queue}.fifo`),
    commands: [`msk-lambda update ${uuid} --on-failure ARN`],
  },
  {
    name: 'a pattern that is no filter rule',
    check: 'mapping.filter',
    change: mapping({ FilterCriteria: { Filters: [{ Pattern: 'value' }] } }),
    commands: [`msk-lambda update ${uuid} --filter '{"value": {"MEMBER": ["VALUE"]}}'`],
  },
];

describe('our own command repairs it, complete and quoted', () => {
  test.each(byCommand)('$check: $name', ({ check, change, options, commands }) => {
    const finding = findingIn(check, accountWith(change, options));
    expect(['fail', 'warn'], finding.title).toContain(finding.status);
    expect(finding.fixes[0]).toMatchObject({ safety: 'by-hand', changes: [], commands });
  });

  test('a name is quoted', () => {
    const topic = "o'$(touch X)";
    const finding = findingIn(
      'cluster.topic',
      accountWith(
        all(mapping({ Topics: ['o$(touch X)'] }), failing, (snapshot) => {
          value(snapshot.topics, clusterArn)[0]!.TopicName = topic;
        }),
      ),
    );
    const line = finding.fixes.flatMap(({ commands = [] }) => commands).find((command) => command.includes('touch'));
    expect(line).toContain(String.raw`'o'\''$(touch X)'`);
  });
});

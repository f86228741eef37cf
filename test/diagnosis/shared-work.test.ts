/** Mappings that are judged together, and share work, are judged as if each were alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, diagnoseMapping } from '../../src/diagnosis/diagnose.js';
import { openAccount, sandboxAccounts } from '../../src/sandbox/index.js';
import { isOk, ok } from '../../src/snapshot/read.js';
import type { Mapping } from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { deny, notFound } from '../accounts/account.js';
import { each, manyMappings } from '../accounts/many.js';

function expectTheSame(snapshot: Snapshot): void {
  const together = new Map(diagnose(snapshot).mappings.map((mapping) => [mapping.uuid, mapping]));
  for (const uuid of snapshot.targets) expect(together.get(uuid)).toEqual(diagnoseMapping(snapshot, uuid));
}

/** Each mapping twice more, under other UUIDs: all that can be shared is. */
function multiplied(snapshot: Snapshot): Snapshot {
  const copies = Object.values(snapshot.mappings).flatMap((read) =>
    isOk(read)
      ? ['a', 'b'].map((digit) => {
          const copied = read.value.UUID.slice(0, -1) + digit;
          return JSON.parse(JSON.stringify(read.value).replaceAll(read.value.UUID, copied)) as Mapping;
        })
      : [],
  );
  const mappings = {
    ...Object.fromEntries(copies.map((mapping) => [mapping.UUID, ok(mapping)])),
    ...snapshot.mappings,
  };
  return { ...snapshot, mappings, targets: Object.keys(mappings) };
}

describe('every sandbox account', () => {
  test.each(sandboxAccounts)('$name', ({ name }) => expectTheSame(multiplied(openAccount(name)!.snapshot())));
});

const settings: ((mapping: Mapping) => void)[] = [
  (mapping) => void (mapping.BatchSize = 10_000),
  (mapping) => void Object.assign(mapping, { State: 'Disabled', StateTransitionReason: 'User action' }),
  (mapping) => void (mapping.LastProcessingResult = 'PROBLEM: Connection error. Please check your event source.'),
  (mapping) => void (mapping.LastProcessingResult = 'No records processed'),
  (mapping) => void (mapping.Topics = ['no-such-topic']),
  (mapping) => void (mapping.ProvisionedPollerConfig = { MinimumPollers: 1, MaximumPollers: 2 }),
  (mapping) => void (mapping.ProvisionedPollerConfig = { MinimumPollers: 5, MaximumPollers: 2 }),
  (mapping) =>
    void (mapping.DestinationConfig = { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:123456789012:failed' } }),
  (mapping) => void (mapping.FilterCriteria = { Filters: [{ Pattern: '{"value": {"kind": [{"prefix": 1}]}}' }] }),
  (mapping) => void (mapping.SourceAccessConfigurations = [{ Type: 'SASL_SCRAM_512_AUTH', URI: 'arn:nothing' }]),
  (mapping) => void delete mapping.AmazonManagedKafkaEventSourceConfig,
  (mapping) => void (mapping.AmazonManagedKafkaEventSourceConfig = {}),
  (mapping) => void (mapping.AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'shared-group' }),
  (mapping) => void (mapping.AmazonManagedKafkaEventSourceConfig = { ConsumerGroupId: 'other-group' }),
  (mapping) =>
    void (mapping.AmazonManagedKafkaEventSourceConfig = {
      SchemaRegistryConfig: {
        SchemaRegistryURI: 'https://registry.example.com',
        AccessConfigs: [],
        SchemaValidationConfigs: [],
      },
    }),
  (mapping) => void (mapping.MetricsConfig = { Metrics: ['EventCount', 'ErrorCount'] }),
  (mapping) => void (mapping.LoggingConfig = { SystemLogLevel: 'WARN' }),
  (mapping) => void (mapping.LastModified = '2020-01-01T00:00:00Z'),
  (mapping) => void delete mapping.FunctionArn,
  (mapping) => void (mapping.EventSourceArn = 'arn:aws:kafka:eu-west-1:123456789012:cluster/gone/0'),
];
const accounts: ((snapshot: Snapshot) => void)[] = [
  (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics'),
  (snapshot) => deny(snapshot, 'roles', 'iam', 'GetRole'),
  (snapshot) => deny(snapshot, 'subnets', 'ec2', 'DescribeSubnets'),
  (snapshot) => deny(snapshot, 'inlinePolicies', 'iam', 'GetRolePolicy'),
  (snapshot) =>
    void Object.keys(snapshot.functions).forEach(
      (arn) => (snapshot.functions[arn] = notFound('lambda', 'GetFunctionConfiguration', arn)),
    ),
  (snapshot) => void each(snapshot.routeTables, (tables) => void tables.forEach((table) => (table.Routes = []))),
  (snapshot) => void each(snapshot.vpcEndpoints, (endpoints) => void endpoints.splice(0)),
  (snapshot) => void each(snapshot.clusters, (cluster) => void (cluster.State = 'MAINTENANCE')),
];

test('mappings whose settings differ, of accounts that differ', () => {
  const change = fc.array(fc.tuple(fc.nat(17), fc.nat(settings.length - 1)), { maxLength: 18 });
  fc.assert(
    fc.property(
      change,
      fc.subarray(accounts, { maxLength: 2 }),
      fc.constantFrom('iam', 'scram'),
      (changes, of, auth) => {
        const snapshot = manyMappings({ mappings: 18, clusters: 2, functions: 3 }, { auth });
        for (const [target, setting] of changes) {
          const read = snapshot.mappings[snapshot.targets[target]!]!;
          if (isOk(read)) {
            settings[setting]!(read.value);
          }
        }
        for (const damage of of) damage(snapshot);
        expectTheSame(snapshot);
      },
    ),
    { numRuns: 60 },
  );
});

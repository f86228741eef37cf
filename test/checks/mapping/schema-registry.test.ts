import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/snapshot/read.js';
import type { Mapping } from '../../../src/snapshot/resources/index.js';
import { account, denied, notFound, region, roleArn, uuid, value } from '../../accounts/account.js';
import { all, expectHarmless, judge, mapping, textOf, shows, type Change } from '../judging.js';
import { counted, counts, countsDenied, every, metricsOn } from '../counting.js';

type Settings = NonNullable<NonNullable<Mapping['AmazonManagedKafkaEventSourceConfig']>['SchemaRegistryConfig']>;
const glue = `arn:aws:glue:${region}:${account}:registry/orders`;
const secret = `arn:aws:secretsmanager:${region}:${account}:secret:registry-Ab12Cd`;
const registry = (settings: Partial<Settings> = {}): Change =>
  all(
    mapping({
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
      AmazonManagedKafkaEventSourceConfig: {
        ConsumerGroupId: uuid,
        SchemaRegistryConfig: {
          SchemaRegistryURI: glue,
          EventRecordFormat: 'JSON',
          AccessConfigs: [],
          SchemaValidationConfigs: [{ Attribute: 'VALUE' }],
          ...settings,
        },
      },
    }),
    (snapshot) => {
      snapshot.registries[glue] = ok({ RegistryArn: glue, RegistryName: 'orders', Status: 'AVAILABLE' });
      const policy = `${roleArn}#kafka-access`;
      const document = JSON.parse(value(snapshot.inlinePolicies, policy)) as { Statement: object[] };
      document.Statement.push({
        Effect: 'Allow',
        Action: ['glue:GetRegistry', 'glue:GetSchemaVersion', 'secretsmanager:GetSecretValue'],
        Resource: '*',
      });
      snapshot.inlinePolicies[policy] = ok(JSON.stringify(document));
    },
  );
const confluent = { SchemaRegistryURI: 'https://registry.example.com' };

describe('contradictions', () => {
  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'no provisioned pollers',
      change: all(registry(), (snapshot) => void delete value(snapshot.mappings, uuid).ProvisionedPollerConfig),
      says: /requires provisioned mode/,
    },
    { name: 'nothing to validate', change: registry({ SchemaValidationConfigs: [] }), says: /neither KEY nor VALUE/ },
    {
      name: 'credentials for Glue',
      change: registry({ AccessConfigs: [{ Type: 'BASIC_AUTH', URI: secret }] }),
      says: /does not support AccessConfigs/,
    },
    {
      name: 'no address',
      change: registry({ SchemaRegistryURI: 'registry.example.com' }),
      says: /neither the ARN of an AWS Glue registry nor a URL/,
    },
    {
      name: 'credentials that are no secret',
      change: registry({ ...confluent, AccessConfigs: [{ Type: 'BASIC_AUTH', URI: 'orders-registry' }] }),
      says: /is not the ARN of a secret/,
    },
    {
      name: 'an entry without a type',
      change: registry({ ...confluent, AccessConfigs: [{ URI: secret }] }),
      says: /an entry of AccessConfigs has no Type/,
    },
    {
      name: 'a registry that is gone',
      change: all(registry(), (snapshot) => void (snapshot.registries[glue] = notFound('glue', 'GetRegistry', glue))),
      says: /does not exist/,
    },
    {
      name: 'a registry on its way out',
      change: all(
        registry(),
        (snapshot) => void (snapshot.registries[glue] = ok({ RegistryArn: glue, Status: 'DELETING' })),
      ),
      says: /being deleted/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('mapping.schema-registry', change, { wayOut: 'nat' });
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });
});

test.each<{ name: string; change: Change; says: RegExp }>([
  {
    name: 'gone',
    change: (snapshot) => void (snapshot.secrets[secret] = notFound('secretsmanager', 'DescribeSecret')),
    says: /secret .*registry does not exist/,
  },
  {
    name: 'on its way out',
    change: (snapshot) =>
      void (snapshot.secrets[secret] = ok({ ARN: secret, DeletedDate: '2026-11-20T08:00:00.000Z' })),
    says: /scheduled for deletion/,
  },
])('a secret of the registry that is $name is a risk where the mapping works', ({ change, says }) => {
  const entered = all(registry({ ...confluent, AccessConfigs: [{ Type: 'BASIC_AUTH', URI: secret }] }), change);
  expect(judge('mapping.schema-registry', entered, { wayOut: 'nat' }).status).toBe('warn');
  const finding = judge('mapping.schema-registry', all(entered, shows('PROBLEM: Something of the registry.')), {
    wayOut: 'nat',
  });
  expect(finding.status).toBe('fail');
  expect(textOf(finding)).toMatch(says);
});

test.each<[string, Change]>([
  ['Glue', registry()],
  [
    'Glue, key and value as they came',
    registry({ EventRecordFormat: 'SOURCE', SchemaValidationConfigs: [{ Attribute: 'KEY' }, { Attribute: 'VALUE' }] }),
  ],
  ['Glue, the key alone', registry({ SchemaValidationConfigs: [{ Attribute: 'KEY' }] })],
  ['Confluent without credentials', registry(confluent)],
])('%s is right', (_, change) => expectHarmless('mapping.schema-registry', 'pass', change, { wayOut: 'nat' }));

test.each<{ name: string; settings: Partial<Settings>; says: string }>([
  { name: 'attribute', settings: { SchemaValidationConfigs: [{ Attribute: 'HEADER' }] }, says: 'attribute HEADER' },
  {
    name: 'attribute beside one that is known',
    settings: { SchemaValidationConfigs: [{ Attribute: 'VALUE' }, { Attribute: 'HEADER' }] },
    says: 'attribute HEADER',
  },
  { name: 'format', settings: { EventRecordFormat: 'AVRO' }, says: 'EventRecordFormat AVRO' },
  {
    name: 'access type',
    settings: { ...confluent, AccessConfigs: [{ Type: 'SASL', URI: secret }] },
    says: 'access type SASL',
  },
])('a $name that AWS adds one day is no fault', ({ settings, says }) => {
  expectHarmless('mapping.schema-registry', 'unknown', registry(settings), { wayOut: 'nat' });
  expect(judge('mapping.schema-registry', registry(settings), { wayOut: 'nat' }).title).toContain(says);
});

test('without a registry it does not apply', () => expectHarmless('mapping.schema-registry', 'skip', () => {}));

test('a registry that could not be read is not known', () =>
  expect(
    judge(
      'mapping.schema-registry',
      all(registry(), (snapshot) => void (snapshot.registries[glue] = denied('glue', 'GetRegistry', glue))),
    ),
  ).toMatchObject({ status: 'unknown', missingActions: ['glue:GetRegistry'] }));

describe('errors that the mapping counts', () => {
  const wired = { wayOut: 'nat' } as const;
  test.each<{ name: string; change: Change; status: 'warn' | 'fail'; says: RegExp }>([
    {
      name: 'some records cannot be decoded',
      change: counted({ SchemaRegistryErrorCount: every(2) }),
      status: 'warn',
      says: /cannot decode records .*\n.*SchemaRegistryErrorCount is 24, last at 09:55 UTC\n.*Lambda discards records/,
    },
    {
      name: 'a burst an hour ago: the records may be lost',
      change: counted({ SchemaRegistryErrorCount: [9, ...every(null, 11)] }),
      status: 'warn',
      says: /is 9, last at 09:00/,
    },
    {
      name: 'with a destination',
      change: all(
        counted({ SchemaRegistryErrorCount: [1] }),
        mapping({ DestinationConfig: { OnFailure: { Destination: `arn:aws:s3:::orders-failed` } } }),
      ),
      status: 'warn',
      says: /to the on-failure destination/,
    },
    {
      name: 'not one record comes to the function',
      change: counted({ SchemaRegistryErrorCount: every(100), InvokedEventCount: [] }),
      status: 'fail',
      says: /Lambda read 1,200 records and sent none to the function/,
    },
    {
      name: 'whether any comes to the function is not counted',
      change: all(metricsOn('ErrorCount'), counts('SchemaRegistryErrorCount', every(5))),
      status: 'warn',
      says: /is 60/,
    },
    {
      name: 'the others are filtered out',
      change: counted({ SchemaRegistryErrorCount: every(5), InvokedEventCount: [], FilteredOutEventCount: every(95) }),
      status: 'warn',
      says: /is 60/,
    },
  ])('$name', ({ change, status, says }) => {
    const finding = judge('mapping.schema-registry', all(registry(), change), wired);
    expect(finding.status).toBe(status);
    expect(textOf(finding)).toMatch(says);
  });
  test.each<[string, Change]>([
    ['none', counted({})],
    ['zeros', counted({ SchemaRegistryErrorCount: every(0) })],
    ['no records', counted({ PolledEventCount: every(0), InvokedEventCount: [] })],
    ['metrics that are off', mapping({ MetricsConfig: undefined })],
  ])('%s: no alarm', (_, change) => expectHarmless('mapping.schema-registry', 'pass', all(registry(), change), wired));
  test('unread, where ErrorCount is off: only the settings are judged', () => {
    const change = all(registry(), countsDenied, mapping({ MetricsConfig: { Metrics: ['EventCount'] } }));
    expect(judge('mapping.schema-registry', change, wired).status).toBe('pass');
  });
  test('unread', () =>
    expect(judge('mapping.schema-registry', all(registry(), countsDenied), wired)).toMatchObject({
      status: 'unknown',
      missingActions: ['cloudwatch:GetMetricData'],
    }));
});

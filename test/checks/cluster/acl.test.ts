import { describe, expect, test } from 'vitest';
import { diagnoseMapping } from '../../../src/diagnosis/diagnose.js';
import { ok } from '../../../src/snapshot/read.js';
import { accountWith, clusterArn, deny, secretArn, uuid, value } from '../../accounts/account.js';
import { all, expectHarmless, judge, mapping, textOf, shows, type Change } from '../judging.js';

const refused = shows('PROBLEM: Cluster failed to authorize Lambda.');
const configuration =
  (properties: Record<string, string>): Change =>
  (snapshot) => {
    const arn = 'arn:aws:kafka:eu-west-1:111122223333:configuration/orders/1';
    Object.assign(value(snapshot.clusters, clusterArn).Provisioned!.CurrentBrokerSoftwareInfo!, {
      ConfigurationArn: arn,
      ConfigurationRevision: 2,
    });
    snapshot.serverProperties[`${arn}@2`] = ok(properties);
  };
const principal =
  (name: string): Change =>
  (snapshot) =>
    void (snapshot.secretProfiles[secretArn] = ok({ ...value(snapshot.secretProfiles, secretArn), principal: name }));

describe('without IAM the refusal is Kafka’s own', () => {
  test.each([
    ['scram', principal('User:orders-reader'), 'User:orders-reader'],
    ['mtls', principal('User:CN=orders,OU=Shop,O=Example'), "'User:CN=orders,OU=Shop,O=Example'"],
    ['tls', () => {}, 'User:ANONYMOUS'],
    ['plaintext', () => {}, 'User:ANONYMOUS'],
  ] as const)('%s', (auth, change, name) => {
    const finding = judge('cluster.acl', all(refused, change), { auth });
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toContain(name.replaceAll("'", ''));
    const commands = finding.fixes[0]!.commands!;
    expect(commands).toHaveLength(3);
    expect(commands[0]).toMatch(/--bootstrap-server b-1\S+ .*--operation Describe --operation Read --topic orders$/);
    expect(commands[1]).toMatch(new RegExp(`--operation Describe --operation Read --group ${uuid}$`));
    expect(commands[2]).toMatch(/--operation DescribeConfigs --cluster$/);
    expect(commands[0]).toContain(
      `--allow-principal ${/^'?User:CN/.test(name) ? 'User:CN=orders,OU=Shop,O=Example' : name} `,
    );
  });

  test('first of all causes', () => {
    const diagnosis = diagnoseMapping(accountWith(refused, { auth: 'scram' }), uuid);
    expect(diagnosis.causes.map(({ check }) => check)).toEqual(['cluster.acl']);
  });

  test('a group of its own, quoted for the shell', () =>
    expect(
      judge(
        'cluster.acl',
        all(refused, mapping({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'orders*' } })),
        { auth: 'tls' },
      ).fixes[0]!.commands![1],
    ).toContain("--group 'orders*'"));

  test('by the pollers’ own log, whatever the text', () => {
    const logged: Change = all(
      mapping({ LoggingConfig: { SystemLogLevel: 'WARN' }, ProvisionedPollerConfig: {} }),
      (snapshot) => {
        snapshot.pollerLogs[uuid] = ok([
          {
            timestamp: '2026-11-24T09:58:00.000Z',
            level: 'WARN',
            errorCode: 'org.apache.kafka.common.errors.TopicAuthorizationException',
            errorMessage: 'Not authorized to access topics: [orders]',
            brokers: [],
            securityGroups: [],
          },
        ]);
      },
    );
    expect(judge('cluster.acl', all(logged, shows('PROBLEM: Something new.')), { auth: 'scram' }).status).toBe('fail');
  });
});

describe('what the configuration says', () => {
  test.each<{ name: string; change: Change; says: RegExp }>([
    {
      name: 'false',
      change: configuration({ 'allow.everyone.if.no.acl.found': 'false' }),
      says: /=false: principals without an ACL are denied/,
    },
    {
      name: 'true',
      change: configuration({ 'allow.everyone.if.no.acl.found': 'true' }),
      says: /=true: a topic or group with any ACL denies all principals that have none/,
    },
    {
      name: 'nothing',
      change: configuration({ 'auto.create.topics.enable': 'true' }),
      says: /is not set .*MSK default: true/,
    },
    { name: 'MSK’s own', change: () => {}, says: /MSK default: true/ },
  ])('$name', ({ change, says }) =>
    expect(textOf(judge('cluster.acl', all(refused, change), { auth: 'scram' }))).toMatch(says),
  );
});

test('with IAM rights decide, not ACLs', () =>
  expect(judge('cluster.acl', refused)).toMatchObject({ status: 'skip', title: expect.stringContaining('IAM') }));
test('without a refusal nothing is said of ACLs that AWS does not show', () =>
  expectHarmless('cluster.acl', 'skip', configuration({ 'allow.everyone.if.no.acl.found': 'false' }), {
    auth: 'scram',
  }));

test('what is only shown, and could not be read, takes nothing from the judgement', () => {
  const finding = judge(
    'cluster.acl',
    all(
      refused,
      (snapshot) => deny(snapshot, 'secretProfiles', 'secretsmanager', 'GetSecretValue'),
      (snapshot) => deny(snapshot, 'bootstrapBrokers', 'kafka', 'GetBootstrapBrokers'),
    ),
    { auth: 'scram' },
  );
  expect(finding.status).toBe('fail');
  expect(textOf(finding)).toContain('the user in the secret (could not be read)');
  expect(finding.fixes[0]!.commands![0]).toContain('BROKER:PORT');
});

test('the login itself unread', () =>
  expect(
    judge(
      'cluster.acl',
      all(
        refused,
        (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2'),
        (snapshot) => deny(snapshot, 'bootstrapBrokers', 'kafka', 'GetBootstrapBrokers'),
      ),
    ),
  ).toMatchObject({
    status: 'unknown',
    missingActions: expect.arrayContaining(['kafka:DescribeClusterV2']),
  }));

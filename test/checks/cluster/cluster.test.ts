/** State, authentication, brokers and topic of the cluster. */
import { describe, expect, test } from 'vitest';
import { diagnoseMapping } from '../../../src/diagnosis/diagnose.js';
import { ok } from '../../../src/snapshot/read.js';
import type { Cluster } from '../../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../../src/snapshot/snapshot.js';
import {
  accountWith,
  clusterArn,
  clusterUuid,
  deny,
  denied,
  notFound,
  region,
  uuid,
  value,
} from '../../accounts/account.js';
import { all, expectHarmless, expectMended, judge, mapping, textOf, shows, type Change } from '../judging.js';

const connectionError = shows('PROBLEM: Connection error. Please check your event source connection configuration.');
const cluster = (snapshot: Snapshot): Cluster => value(snapshot.clusters, clusterArn);
const state =
  (State: string, message?: string): Change =>
  (snapshot) =>
    void Object.assign(cluster(snapshot), {
      State,
      ...(message === undefined ? {} : { StateInfo: { Message: message } }),
    });
const authentication =
  (sasl: { iam?: boolean; scram?: boolean }, { tls = false, unauthenticated = false } = {}): Change =>
  (snapshot) =>
    void (cluster(snapshot).Provisioned!.ClientAuthentication = {
      Sasl: { Iam: { Enabled: sasl.iam === true }, Scram: { Enabled: sasl.scram === true } },
      Tls: { Enabled: tls, CertificateAuthorityArnList: [] },
      Unauthenticated: { Enabled: unauthenticated },
    });
const unread: Change = (snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2');
const topics =
  (...names: string[]): Change =>
  (snapshot) =>
    void (snapshot.topics[clusterArn] = ok(names.map((TopicName) => ({ TopicName, PartitionCount: 3 }))));

describe('cluster.state', () => {
  test.each(['CREATING', 'DELETING', 'FAILED'])('%s does not serve', (name) =>
    expect(judge('cluster.state', state(name, 'a disk is lost'))).toMatchObject({
      status: 'fail',
      evidence: [{ fact: 'StateInfo: a disk is lost' }],
    }),
  );
  test.each(['HEALING', 'MAINTENANCE', 'REBOOTING_BROKER', 'UPDATING'])(
    '%s is a risk on a mapping that works',
    (name) => expectHarmless('cluster.state', 'warn', state(name)),
  );
  test('gone', () =>
    expect(
      judge(
        'cluster.state',
        (snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2', clusterArn)),
      ),
    ).toMatchObject({ status: 'fail', title: 'Cluster orders-cluster was deleted' }));
  test('a state that AWS does not name is none to worry about', () =>
    expectHarmless('cluster.state', 'pass', (snapshot) => void delete cluster(snapshot).State));
  test('unread', () =>
    expect(judge('cluster.state', unread)).toMatchObject({
      status: 'unknown',
      missingActions: ['kafka:DescribeClusterV2'],
    }));
});

describe('cluster.auth', () => {
  test('a SCRAM secret on a cluster with IAM only', () => {
    const finding = judge('cluster.auth', authentication({ iam: true }), { auth: 'scram' });
    expect(finding).toMatchObject({
      status: 'fail',
      title: 'Lambda uses SASL/SCRAM, which is not enabled in orders-cluster',
    });
    expect(textOf(finding)).toContain('it tries no other method');
    expect(textOf(finding)).toMatch(/enabled in the cluster: IAM$/m);
  });
  test('a client certificate on a cluster without mutual TLS', () =>
    expect(judge('cluster.auth', authentication({}, { unauthenticated: true }), { auth: 'mtls' }).status).toBe('fail'));
  test('no secret on a cluster with SCRAM only: the missing secret is the only cause', () => {
    const change = all(connectionError, mapping({ SourceAccessConfigurations: [] }));
    expect(diagnoseMapping(accountWith(change, { auth: 'scram' }), uuid).causes.map(({ check }) => check)).toEqual([
      'mapping.source-access',
    ]);
  });
  test.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('%s as it should be', (auth) =>
    expectHarmless('cluster.auth', 'pass', () => {}, { auth }),
  );
  test('everything on, and no secret: IAM', () =>
    expectHarmless(
      'cluster.auth',
      'pass',
      authentication({ iam: true, scram: true }, { tls: true, unauthenticated: true }),
    ));
  test('no authentication named at all is TLS without any', () =>
    expect(
      judge('cluster.auth', (snapshot) => void delete cluster(snapshot).Provisioned!.ClientAuthentication, {
        auth: 'tls',
      }).status,
    ).toBe('pass'));
  test('a cluster that could not be read shows its ways in by its brokers', () => {
    expect(judge('cluster.auth', unread).status).toBe('pass');
    expect(judge('cluster.auth', unread, { auth: 'scram' }).status).toBe('pass');
    expect(
      judge(
        'cluster.auth',
        all(
          unread,
          (snapshot) => void (snapshot.bootstrapBrokers[clusterArn] = ok({ BootstrapBrokerStringSaslIam: 'b-1:9098' })),
        ),
        { auth: 'scram' },
      ).status,
    ).toBe('fail');
  });
  test('unread, and so are the brokers', () =>
    expect(
      judge(
        'cluster.auth',
        all(unread, (snapshot) => deny(snapshot, 'bootstrapBrokers', 'kafka', 'GetBootstrapBrokers')),
      ).status,
    ).toBe('unknown'));
});

describe('cluster.broker', () => {
  test('no string for the login that Lambda picks', () =>
    expect(
      judge(
        'cluster.broker',
        (snapshot) => void (snapshot.bootstrapBrokers[clusterArn] = ok({ BootstrapBrokerStringTls: 'b-1:9094' })),
      ),
    ).toMatchObject({
      status: 'fail',
      evidence: [{ fact: 'GetBootstrapBrokers returns no BootstrapBrokerStringSaslIam' }],
    }));
  test('no string at all says nothing of a mapping that works, and all of one that does not', () => {
    const empty: Change = (snapshot) => void (snapshot.bootstrapBrokers[clusterArn] = ok({}));
    expectHarmless('cluster.broker', 'unknown', empty);
    expect(judge('cluster.broker', all(empty, connectionError)).status).toBe('fail');
  });
  test('not judged where the login itself is off, or the cluster is gone', () => {
    expect(judge('cluster.broker', authentication({ iam: true }), { auth: 'scram' }).status).toBe('skip');
    expect(
      judge(
        'cluster.broker',
        (snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2')),
      ).status,
    ).toBe('skip');
  });
  test('many strings, the right one among them', () =>
    expectHarmless(
      'cluster.broker',
      'pass',
      (snapshot) =>
        void Object.assign(value(snapshot.bootstrapBrokers, clusterArn), {
          BootstrapBrokerStringTls: 'b-1:9094',
          BootstrapBrokerStringPublicSaslIam: 'b-1-public:9198',
        }),
    ));
  test('unread', () =>
    expect(
      judge('cluster.broker', (snapshot) => deny(snapshot, 'bootstrapBrokers', 'kafka', 'GetBootstrapBrokers')),
    ).toMatchObject({ status: 'unknown', missingActions: ['kafka:GetBootstrapBrokers'] }));
});

describe('cluster.topic', () => {
  test('near names, without Kafka’s own topics', () => {
    const finding = judge('cluster.topic', all(connectionError, topics('Orders', 'order', '__orders', 'payments')));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toContain('similar topics: Orders, order');
    expect(finding.fixes[0]!.commands![0]).toContain(' --topic Orders');
  });
  test('only Kafka’s own topics', () =>
    expect(
      judge('cluster.topic', all(connectionError, topics('__consumer_offsets', '__amazon_msk_canary'))).status,
    ).toBe('fail'));
  test('no partitions', () =>
    expect(
      judge('cluster.topic', (snapshot) => void (value(snapshot.topics, clusterArn)[0]!.PartitionCount = 0)),
    ).toMatchObject({ status: 'fail', title: 'Topic orders has no partitions' }));
  test('not listed to your credentials, while the mapping reads it', () =>
    expectHarmless('cluster.topic', 'unknown', topics('payments')));
  test('no topic listed at all may be your own rights', () =>
    expect(judge('cluster.topic', all(connectionError, topics())).status).toBe('unknown'));
  test('partitions that MSK does not tell', () =>
    expectHarmless(
      'cluster.topic',
      'pass',
      (snapshot) => void delete value(snapshot.topics, clusterArn)[0]!.PartitionCount,
    ));
  test('Kafka before 3.6 has no such list', () =>
    expectHarmless(
      'cluster.topic',
      'skip',
      all(
        (snapshot) => void (cluster(snapshot).Provisioned!.CurrentBrokerSoftwareInfo!.KafkaVersion = '2.8.1'),
        (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics'),
      ),
    ));
  test('Serverless has none either', () => {
    const arn = clusterArn.replace(clusterUuid, '8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9-s1');
    const change: Change = (snapshot) => {
      mapping({ EventSourceArn: arn })(snapshot);
      snapshot.clusters[arn] = ok({
        ClusterArn: arn,
        ClusterType: 'SERVERLESS',
        State: 'ACTIVE',
        Serverless: { VpcConfigs: [], ClientAuthentication: { Sasl: { Iam: { Enabled: true } } } },
      });
      snapshot.bootstrapBrokers[arn] = ok({
        BootstrapBrokerStringSaslIam: `boot.c2.kafka-serverless.${region}.amazonaws.com:9098`,
      });
    };
    expect(judge('cluster.topic', change).status).toBe('skip');
    expect(judge('cluster.health', change).status).toBe('skip');
  });
  test('unread', () =>
    expect(judge('cluster.topic', (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics'))).toMatchObject({
      status: 'unknown',
      missingActions: ['kafka:ListTopics'],
    }));
  test('found first, created with as many copies as there are brokers, healthy', () => {
    expectMended('cluster.topic', all(connectionError, topics('payments')));
    const finding = judge(
      'cluster.topic',
      all(
        connectionError,
        topics('payments'),
        (snapshot) => void (cluster(snapshot).Provisioned!.NumberOfBrokerNodes = 2),
      ),
    );
    expect(finding.fixes[0]!.changes[0]!.input).toMatchObject({ TopicName: 'orders', ReplicationFactor: 2 });
  });
  test.each(['invoices', 'order'])('no permission is recommended on %s, which does not exist', (topic) => {
    const change = all(shows('PROBLEM: Cluster failed to authorize Lambda.'), mapping({ Topics: [topic] }));
    const { causes, findings } = diagnoseMapping(accountWith(change), uuid);
    expect(causes.map(({ check }) => check)).toEqual(['cluster.topic']);
    const permission = findings.find(({ check }) => check === 'access.kafka-topic')!;
    expect(permission).toMatchObject({ status: 'skip', fixes: [], consequence: { of: 'cluster.topic' } });
    // It is named, to be checked again.
    expect(permission.consequence!.title).toContain('ReadData');
  });
});

test('a mapping that could not be read leaves every check of the cluster undecided', () => {
  for (const id of [
    'cluster.state',
    'cluster.auth',
    'cluster.broker',
    'cluster.topic',
    'cluster.acl',
    'cluster.health',
  ] as const)
    expect(
      judge(id, (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping'))).status,
    ).toBe('unknown');
});

import { describe, expect, test } from 'vitest';
import { ok } from '../../src/snapshot/read.js';
import { subjectOf } from '../../src/subject/subject.js';
import {
  accountWith,
  clusterArn,
  denied,
  deny,
  functionArn,
  healthyAccount,
  notFound,
  roleArn,
  secretArn,
  subnetIds,
  uuid,
  value,
} from '../accounts/account.js';

const mappingOf = (snapshot: ReturnType<typeof healthyAccount>) => value(snapshot.mappings, uuid);

describe('facts of a healthy mapping', () => {
  const subject = subjectOf(healthyAccount(), uuid);

  test('authentication, broker and port are what Lambda picks', () => {
    expect(subject.auth).toMatchObject({ is: 'known', value: { method: 'iam', enabled: true, secretUri: null } });
    expect(subject.broker).toMatchObject({
      is: 'known',
      value: { field: 'BootstrapBrokerStringSaslIam', ports: { from: 9098, to: 9098 } },
    });
  });

  test('the pollers stand in the cluster’s subnets with its groups', () => {
    expect(subject.pollers).toMatchObject({ value: { mode: 'on-demand', placements: [{ subnetIds }] } });
  });

  test('the consumer group is the mapping’s UUID', () => {
    expect(subject.consumerGroup).toEqual({ is: 'known', value: { id: uuid, custom: false } });
  });

  test('on-demand pollers need Lambda and STS, and Secrets Manager only with a secret', () => {
    const services = (account: ReturnType<typeof healthyAccount>) => {
      const { network } = subjectOf(account, uuid);
      return network.is === 'known' ? network.value.question.services.map((need) => need.service) : network;
    };
    expect(services(healthyAccount())).toEqual(['lambda', 'sts']);
    expect(services(healthyAccount({ auth: 'scram' }))).toEqual(['lambda', 'sts', 'secretsmanager']);
    expect(services(healthyAccount({ provisioned: true }))).toEqual([]);
  });

  test('what the mapping does not have is not applicable, and says why', () => {
    for (const name of [
      'secretReference',
      'secret',
      'secretProfile',
      'destination',
      'registry',
      'vpcConnection',
      'pollerLogs',
      'scramSecrets',
    ] as const)
      expect(subject[name], name).toMatchObject({ is: 'not-applicable', because: expect.stringMatching(/\w/) });
  });

  test('role policies come with their names, inline and managed', () => {
    expect(subject.rolePolicies).toMatchObject({
      value: {
        roleArn,
        identity: [
          { name: 'kafka-access', kind: 'inline' },
          { name: 'AWSLambdaMSKExecutionRole', kind: 'managed' },
        ],
        unreadable: [],
      },
    });
  });
});

describe('what could not be read', () => {
  test('a mapping that could not be read makes every fact about it unread', () => {
    const account = accountWith((snapshot) => deny(snapshot, 'mappings', 'lambda', 'GetEventSourceMapping'));
    const always = ['capturedAt', 'organizationPolicies', 'resourcePolicies'];
    const subject = Object.entries(subjectOf(account, uuid)).filter(([name]) => !always.includes(name));
    expect(new Set(subject.map(([, fact]) => fact.is))).toEqual(new Set(['unread']));
  });

  test('a UUID that was never read is unread, not a crash', () => {
    expect(subjectOf(healthyAccount(), 'other').mapping.is).toBe('unread');
  });

  test('a gone cluster is known to be gone, and what rests on it is not applicable', () => {
    const subject = subjectOf(
      accountWith((snapshot) => void (snapshot.clusters[clusterArn] = notFound('kafka', 'DescribeClusterV2'))),
      uuid,
    );
    expect(subject.cluster).toEqual({ is: 'known', value: null });
    for (const name of ['auth', 'broker', 'topics', 'pollers', 'network', 'serverProperties'] as const)
      expect(subject[name].is, name).toBe('not-applicable');
  });

  test('with the cluster denied the bootstrap strings still tell the authentication', () => {
    const subject = subjectOf(
      accountWith((snapshot) => deny(snapshot, 'clusters', 'kafka', 'DescribeClusterV2')),
      uuid,
    );
    expect(subject.auth).toMatchObject({ is: 'known', value: { method: 'iam', enabled: true } });
    expect(subject.pollers.is).toBe('unread');
  });

  test('a policy that could not be read is named, never left out', () => {
    const account = accountWith((snapshot) => {
      snapshot.inlinePolicies[`${roleArn}#kafka-access`] = denied('iam', 'GetRolePolicy');
    });
    expect(subjectOf(account, uuid).rolePolicies).toMatchObject({
      value: {
        identity: [{ name: 'AWSLambdaMSKExecutionRole' }],
        unreadable: [{ what: 'identity', failure: { action: 'iam:GetRolePolicy' } }],
      },
    });
  });

  test('all poller subnets denied: the network is unread; one of them gone: it is judged', () => {
    const allDenied = accountWith((snapshot) => deny(snapshot, 'subnets', 'ec2', 'DescribeSubnets'));
    expect(subjectOf(allDenied, uuid).network.is).toBe('unread');
    const oneGone = accountWith(
      (snapshot) => void (snapshot.subnets[subnetIds[0]!] = notFound('ec2', 'DescribeSubnets')),
    );
    expect(subjectOf(oneGone, uuid).network.is).toBe('known');
  });
});

describe('authentication by Lambda’s fixed order', () => {
  const picked = (
    change: (snapshot: ReturnType<typeof healthyAccount>) => void,
    auth: 'iam' | 'scram' | 'mtls' | 'tls' | 'plaintext',
  ) => {
    const fact = subjectOf(accountWith(change, { auth }), uuid).auth;
    return fact.is === 'known' ? [fact.value.method, fact.value.enabled] : fact.is;
  };
  const cluster = (snapshot: ReturnType<typeof healthyAccount>) => value(snapshot.clusters, clusterArn).Provisioned!;

  test.each(['iam', 'scram', 'mtls', 'tls', 'plaintext'] as const)('%s alone', (auth) =>
    expect(picked(() => {}, auth)).toEqual([auth, true]),
  );

  test('IAM switched on beside TLS moves a mapping without a secret to IAM', () =>
    expect(
      picked((snapshot) => void (cluster(snapshot).ClientAuthentication!.Sasl = { Iam: { Enabled: true } }), 'tls'),
    ).toEqual(['iam', true]));

  test('a secret decides even where IAM is on', () =>
    expect(
      picked((snapshot) => void (cluster(snapshot).ClientAuthentication!.Sasl!.Iam = { Enabled: true }), 'scram'),
    ).toEqual(['scram', true]));

  test('no secret on a SCRAM-only cluster: TLS without authentication, which is off', () =>
    expect(picked((snapshot) => void (mappingOf(snapshot).SourceAccessConfigurations = []), 'scram')).toEqual([
      'tls',
      false,
    ]));

  test('a SCRAM secret on a cluster without SCRAM is picked all the same', () =>
    expect(
      picked(
        (snapshot) =>
          void (mappingOf(snapshot).SourceAccessConfigurations = [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }]),
        'iam',
      ),
    ).toEqual(['scram', false]));

  test('no ClientAuthentication at all means unauthenticated access', () =>
    expect(picked((snapshot) => void delete cluster(snapshot).ClientAuthentication, 'tls')).toEqual(['tls', true]));

  test('TLS before plaintext where both are on', () =>
    expect(
      picked(
        (snapshot) =>
          void (cluster(snapshot).EncryptionInfo = { EncryptionInTransit: { ClientBroker: 'TLS_PLAINTEXT' } }),
        'plaintext',
      ),
    ).toEqual(['tls', true]));

  test('Serverless knows IAM only', () =>
    expect(
      picked((snapshot) => {
        const raw = value(snapshot.clusters, clusterArn);
        delete raw.Provisioned;
        raw.Serverless = { VpcConfigs: [{ SubnetIds: [...subnetIds], SecurityGroupIds: [] }] };
      }, 'iam'),
    ).toEqual(['iam', true]));
});

test('a mapping by VPC connection stands in the connection’s subnets, on its ports', () => {
  const connectionArn = 'arn:aws:kafka:eu-west-1:111122223333:vpc-connection/444455556666/orders-cluster/0e6b11';
  const account = accountWith((snapshot) => {
    mappingOf(snapshot).EventSourceArn = connectionArn;
    snapshot.vpcConnections[connectionArn] = ok({
      VpcConnectionArn: connectionArn,
      TargetClusterArn: 'arn:aws:kafka:eu-west-1:444455556666:cluster/orders-cluster/1',
      State: 'AVAILABLE',
      Authentication: 'SASL_IAM',
      VpcId: 'vpc-2',
      Subnets: [...subnetIds],
      SecurityGroups: ['sg-2'],
    });
  });
  const subject = subjectOf(account, uuid);
  expect(subject.eventSource).toMatchObject({ value: { kind: 'vpc-connection', clusterAccount: '444455556666' } });
  expect(subject.auth).toMatchObject({ value: { method: 'iam', enabled: true } });
  expect(subject.cluster.is).toBe('not-applicable');
  expect(subject.network).toMatchObject({
    value: {
      question: {
        brokers: null,
        connectionPorts: { from: 14001, to: 14100 },
        placements: [{ securityGroupIds: ['sg-2'] }],
      },
    },
  });
});

test('the function’s ARN with an alias is looked up as the mapping names it, its concurrency without', () => {
  const account = accountWith((snapshot) => {
    mappingOf(snapshot).FunctionArn = `${functionArn}:live`;
    snapshot.functions[`${functionArn}:live`] = snapshot.functions[functionArn]!;
    snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: 7 });
  });
  const subject = subjectOf(account, uuid);
  expect(subject.function.is).toBe('known');
  expect(subject.reservedConcurrency).toEqual({ is: 'known', value: 7 });
});

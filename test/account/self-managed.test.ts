import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brokerDomainOf, hostOf, isMskHost, mayBeOfCluster } from '../../src/aws/self-managed.js';
import type { ReadRequest } from '../../src/account/scopes/account.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { addSelfManaged, brokersOf, elsewhereUuid, selfManagedUuid } from '../../src/sandbox/accounts/self-managed.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import {
  accountWith,
  clusterArn,
  clusterName,
  denied,
  deny,
  functionArn,
  functionName,
  notFound,
  roleArn,
  secretArn,
  uuid,
  value,
} from '../accounts/account.js';
import { runs } from '../random/seed.js';
import { readThrough, recording } from './support/read.js';

const connectionError = 'PROBLEM: Connection error. Please check your event source connection configuration.';
const ofCluster = (change: Parameters<typeof addSelfManaged>[3] = {}, more: (snapshot: Snapshot) => void = () => {}) =>
  accountWith((snapshot) => {
    addSelfManaged(snapshot, selfManagedUuid, brokersOf(snapshot), change);
    more(snapshot);
  });
const read = async (account: Snapshot, request: Partial<ReadRequest> = {}) => {
  const { answerer, calls } = recording(createSandbox(account).answer as Parameters<typeof recording>[0]);
  const { snapshot } = await readThrough(answerer, { nameLeftOut: true, ...request });
  return { snapshot, calls: calls.map(({ service, operation }) => `${service} ${operation}`) };
};
const leftOutOf = async (account: Snapshot, request: Partial<ReadRequest> = {}) => {
  const { leftOut, mappings } = diagnose((await read(account, request)).snapshot);
  return { leftOut, mappings };
};

describe('the MSK cluster of a self-managed source', () => {
  const onOther = (host: string) =>
    accountWith((snapshot) => addSelfManaged(snapshot, selfManagedUuid, [`${host}:9098`]));
  test.each([
    {
      what: 'the brokers of a cluster of the account',
      account: ofCluster(),
      arn: clusterArn,
      because: `self-managed source on the MSK cluster ${clusterName}`,
      verdict: 'healthy',
    },
    {
      what: 'a broker that GetBootstrapBrokers does not name',
      account: onOther('b-6.orderscluster.abc123.c2.kafka.eu-west-1.amazonaws.com'),
      arn: clusterArn,
      because: `self-managed source on the MSK cluster ${clusterName}`,
      verdict: 'healthy',
    },
    {
      what: 'a cluster of the same name in another account',
      account: onOther('b-1.orderscluster.zzz999.c2.kafka.eu-west-1.amazonaws.com'),
      arn: null,
      because: 'self-managed source on Amazon MSK, on a cluster that is not in this account and region',
      verdict: 'healthy',
    },
    {
      what: 'clusters that may not be listed',
      account: ofCluster({}, (snapshot) => deny(snapshot, 'clusters', 'kafka', 'ListClustersV2')),
      arn: null,
      because: 'self-managed source on Amazon MSK; could not check which cluster',
      verdict: 'healthy',
    },
    {
      what: 'brokers that may not be read',
      account: ofCluster({}, (snapshot) => deny(snapshot, 'bootstrapBrokers', 'kafka', 'GetBootstrapBrokers')),
      arn: null,
      because: `self-managed source on Amazon MSK; the host names fit the cluster ${clusterName}, and its brokers could not be read`,
      verdict: 'healthy',
    },
    {
      what: 'Kafka elsewhere',
      account: onOther('kafka-1.example.com'),
      arn: null,
      because: 'self-managed source; its bootstrap servers have no host names of Amazon MSK',
      verdict: null,
    },
    {
      what: 'a host that only looks like one of MSK',
      account: onOther('b-1.kafka.eu-west-1.amazonaws.com.example.com'),
      arn: null,
      because: 'self-managed source; its bootstrap servers have no host names of Amazon MSK',
      verdict: null,
    },
  ])('$what', async ({ account, arn, because, verdict }) => {
    const { leftOut, mappings } = await leftOutOf(account);
    expect(leftOut).toMatchObject([{ uuid: selfManagedUuid, clusterArn: arn, because, verdict }]);
    expect(mappings.map((mapping) => mapping.uuid)).toEqual([uuid]);
  });

  test('what could not be read is among the missing actions', async () => {
    const account = ofCluster({}, (snapshot) => deny(snapshot, 'bootstrapBrokers', 'kafka', 'GetBootstrapBrokers'));
    expect(diagnose((await read(account)).snapshot).coverage.missingActions).toContain('kafka:GetBootstrapBrokers');
  });

  test('is not looked for where no mapping names brokers of MSK', async () => {
    const elsewhere = accountWith((snapshot) => addSelfManaged(snapshot, elsewhereUuid, ['kafka-1.example.com:9094']));
    const [without, withOther] = [await read(accountWith(() => {})), await read(elsewhere)];
    expect(withOther.calls.toSorted()).toEqual(without.calls.toSorted());
  });

  test('mappings of queues stay ignored', async () => {
    const account = accountWith((snapshot) => {
      const queue = { ...value(snapshot.mappings, uuid), EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:queue' };
      snapshot.mappings[elsewhereUuid] = { outcome: 'ok', value: { ...queue, UUID: elsewhereUuid } };
    });
    expect((await leftOutOf(account)).leftOut).toEqual([]);
  });
});

describe('the checks that are valid for both kinds of source', () => {
  const trusting = (snapshot: Snapshot) => {
    const role = value(snapshot.roles, roleArn);
    role.AssumeRolePolicyDocument = role.AssumeRolePolicyDocument!.replace('lambda.amazonaws.com', 'ec2.amazonaws.com');
  };
  test.each([
    { what: 'an error that they do not explain', change: { LastProcessingResult: connectionError }, first: undefined },
    {
      what: 'a role that does not trust Lambda',
      change: { LastProcessingResult: connectionError },
      more: trusting,
      first: 'access.trust',
    },
    {
      what: 'a function that is gone',
      change: { LastProcessingResult: connectionError },
      more: (snapshot: Snapshot) => {
        snapshot.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration', functionArn);
      },
      first: 'function.state',
    },
    {
      what: 'reserved concurrency 0',
      change: { LastProcessingResult: connectionError },
      more: (snapshot: Snapshot) => {
        snapshot.concurrency[functionArn] = { outcome: 'ok' as const, value: { ReservedConcurrentExecutions: 0 } };
      },
      first: 'function.concurrency',
    },
    {
      what: 'a secret that is gone',
      change: {
        LastProcessingResult: connectionError,
        SourceAccessConfigurations: [{ Type: 'SASL_SCRAM_512_AUTH', URI: secretArn }],
      },
      first: 'secret.exists',
    },
    {
      what: 'a batch size that is out of range',
      change: { LastProcessingResult: connectionError, BatchSize: 20_000 },
      first: 'mapping.batch',
    },
  ])('$what', async ({ change, more, first }) => {
    const [mapping] = (await leftOutOf(ofCluster(change, more))).leftOut;
    expect([mapping!.verdict, mapping!.causes[0]?.check]).toEqual(['broken', first]);
    const ran = mapping!.findings.map(({ check }) => check);
    expect(
      ran.filter((check) => /^(network|cluster|lag)\.|msk-api|kafka-|association|name-prefix/.test(check)),
    ).toEqual([]);
  });

  test.each([
    { what: 'its own network, without MSK’s rights', types: ['VPC_SUBNET', 'VPC_SECURITY_GROUP', 'IAM_AUTH'] },
    { what: 'SASL/PLAIN', types: ['BASIC_AUTH'] },
    { what: 'no login', types: [] },
  ])('nothing is wrong with $what', async ({ types }) => {
    const SourceAccessConfigurations = types.map((Type) => ({ Type, URI: 'subnet:subnet-0a1b2c3d4e5f6000a' }));
    const [mapping] = (await leftOutOf(ofCluster({ SourceAccessConfigurations }))).leftOut;
    expect(mapping!.findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(mapping!.verdict).toBe('healthy');
  });

  test('what may not be read leaves a working mapping healthy', async () => {
    const account = ofCluster({}, (snapshot) => {
      snapshot.roles[roleArn] = denied('iam', 'GetRole', roleArn);
    });
    const [mapping] = (await leftOutOf(account)).leftOut;
    expect(mapping!.verdict).toBe('healthy');
    expect(mapping!.findings.find(({ check }) => check === 'access.trust')!.status).toBe('unknown');
  });
});

describe('named', () => {
  const elsewhere = () =>
    accountWith((snapshot) => {
      addSelfManaged(snapshot, elsewhereUuid, ['kafka-1.example.com:9094'], { LastProcessingResult: connectionError });
      addSelfManaged(snapshot, selfManagedUuid, brokersOf(snapshot));
    });
  test.each([
    { target: elsewhereUuid, leftOut: [[elsewhereUuid, 'broken']], mappings: [] },
    { target: selfManagedUuid, leftOut: [[selfManagedUuid, 'healthy']], mappings: [] },
    { target: uuid, leftOut: [], mappings: [uuid] },
    {
      target: functionName,
      leftOut: [
        [selfManagedUuid, 'healthy'],
        [elsewhereUuid, 'broken'],
      ],
      mappings: [uuid],
    },
    { target: clusterName, leftOut: [[selfManagedUuid, 'healthy']], mappings: [uuid] },
    { target: clusterArn, leftOut: [[selfManagedUuid, 'healthy']], mappings: [uuid] },
  ])('$target', async ({ target, leftOut, mappings }) => {
    const answer = await leftOutOf(elsewhere(), { targets: [target] });
    expect(answer.leftOut.map((mapping) => [mapping.uuid, mapping.verdict])).toEqual(leftOut);
    expect(answer.mappings.map((mapping) => mapping.uuid)).toEqual(mappings);
  });

  test('refused where a command needs an MSK cluster as source', async () => {
    await expect(read(elsewhere(), { targets: [elsewhereUuid], nameLeftOut: false })).rejects.toThrow(
      `The event source mapping ${elsewhereUuid} (kafka-1.example.com:9094) has a self-managed Kafka source, not an MSK cluster.`,
    );
    expect((await read(elsewhere(), { targets: [functionName], nameLeftOut: false })).snapshot.targets).toEqual([uuid]);
  });
});

describe('host names of MSK', () => {
  test.each([
    ['b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9098', true],
    ['b-1-public.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9198', true],
    ['B-1.Orders.ABC123.c2.kafka.eu-west-1.amazonaws.com.:9098', true],
    ['b-1.orders.abc123.c4.kafka.cn-north-1.amazonaws.com.cn:9098', true],
    ['boot-abc123.c2.kafka-serverless.eu-west-1.amazonaws.com:9098', true],
    ['kafka.eu-west-1.amazonaws.com', false],
    ['pkc-4r087.eu-west-1.aws.confluent.cloud:9092', false],
    ['10.0.0.1:9092', false],
    ['', false],
  ])('%s', (server, expected) => {
    expect(isMskHost(hostOf(server))).toBe(expected);
  });

  test('every broker of a cluster has the same domain, and the name fits the cluster', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
    fc.assert(
      fc.property(label, label, fc.nat(200), fc.boolean(), (name, hash, number, isPublic) => {
        const host = `b-${number}${isPublic ? '-public' : ''}.${name}.${hash}.c2.kafka.eu-west-1.amazonaws.com`;
        expect(brokerDomainOf(host)).toBe(`${name}.${hash}.c2.kafka.eu-west-1.amazonaws.com`);
        expect(mayBeOfCluster(host, `${name.toUpperCase()}-production`)).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });
});

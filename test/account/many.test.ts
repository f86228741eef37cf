import { beforeAll, describe, expect, test } from 'vitest';
import type { Answerer } from '../../src/account/clients.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { manyMappings } from '../accounts/many.js';
import { awsError } from './support/answer-from.js';
import { readThrough, recording } from './support/read.js';

const size = { mappings: 240, clusters: 12, functions: 48 };
type Call = Parameters<Answerer>[0];
const answerOf = (account: Snapshot) => createSandbox(account).answer as Answerer;

async function readMany(change: (call: Call, answer: Answerer) => Promise<object> = (call, answer) => answer(call)) {
  const account = manyMappings(size, { auth: 'scram' });
  const answer = answerOf(account);
  const { answerer, calls } = recording(async (call) => change(call, answer));
  const { snapshot } = await readThrough(answerer);
  const count = (pattern: RegExp) =>
    calls.filter(({ service, operation }) => pattern.test(`${service} ${operation}`)).length;
  return { account, snapshot, count, calls };
}

describe('many mappings over many clusters', () => {
  let read: Awaited<ReturnType<typeof readMany>>;
  beforeAll(async () => {
    read = await readMany();
  });

  test('cost at most two calls a function and sixteen a cluster, and pages', () => {
    const { count, calls } = read;
    expect(count(/^lambda Get/)).toBeLessThanOrEqual(2 * size.functions);
    expect(count(/^(kafka|ec2|secretsmanager|kms) /)).toBeLessThanOrEqual(16 * size.clusters);
    expect(count(/^lambda List/)).toBe(Math.ceil(size.mappings / 100));
    expect(count(/^iam GetRole$/)).toBe(0);
    expect(count(/^iam GetAccountAuthorizationDetails$/)).toBe(1);
    expect(count(/^ec2 DescribeSubnets$/)).toBe(2);
    for (const kind of [
      'SecurityGroups',
      'RouteTables',
      'NetworkAcls',
      'VpcEndpoints',
      'NatGateways',
      'NetworkInterfaces',
      'Vpcs',
    ])
      expect([kind, count(new RegExp(`^ec2 Describe${kind}$`))]).toEqual([kind, 1]);
    expect(count(/^kafka DescribeClusterV2$/)).toBe(0);
    const queries = calls
      .filter(({ operation }) => operation === 'GetMetricData')
      .map(({ input }) => (input as { MetricDataQueries: unknown[] }).MetricDataQueries.length);
    expect(Math.max(...queries)).toBe(500);
    expect(queries.filter((length) => length < 500).length).toBeLessThanOrEqual(1);
  });

  test('are the account as it is, and all healthy', () => {
    const { account, snapshot } = read;
    for (const name of [
      'mappings',
      'clusters',
      'functions',
      'concurrency',
      'subnets',
      'vpcs',
      'vpcSubnets',
      'securityGroups',
      'routeTables',
      'networkAcls',
      'vpcEndpoints',
      'roles',
      'secrets',
    ] as const)
      expect(snapshot[name], name).toEqual(account[name]);
    expect(diagnose(snapshot).summary).toEqual({
      healthy: size.mappings,
      atRisk: 0,
      broken: 0,
      disabled: 0,
      unknown: 0,
    });
  });
});

describe('where an account-wide read is refused', () => {
  test('or silent about some, the resources are read one by one, and nothing is blamed', async () => {
    const refused = new Set(['GetFunction', 'ListClustersV2', 'GetAccountAuthorizationDetails']);
    const { snapshot, count } = await readMany(async (call, answer) => {
      if (refused.has(call.operation)) throw awsError('AccessDeniedException', 403);
      return answer(call);
    });
    expect(diagnose(snapshot).summary.healthy).toBe(size.mappings);
    // One try each tells that it is refused.
    expect([
      count(/GetFunction$/),
      count(/GetFunctionConfiguration$/),
      count(/DescribeClusterV2$/),
      count(/GetRole$/),
    ]).toEqual([1, size.functions, size.clusters, size.functions]);
  });

  test('a peer that gives only the first VPC of a filter is asked for each', async () => {
    const { account, snapshot } = await readMany(async (call, answer) => {
      const input = structuredClone(call.input) as {
        Filters?: { Name: string; Values: string[] }[];
        Filter?: { Name: string; Values: string[] }[];
      };
      for (const filter of [...(input.Filters ?? []), ...(input.Filter ?? [])])
        if (filter.Name === 'vpc-id') filter.Values.splice(1);
      return answer({ ...call, input });
    });
    for (const name of ['securityGroups', 'routeTables', 'networkAcls', 'vpcEndpoints', 'vpcSubnets'] as const)
      expect(snapshot[name], name).toEqual(account[name]);
    expect(diagnose(snapshot).summary.broken).toBe(0);
  });

  test('a list of VPCs that fails leaves each of them unread, and none empty', async () => {
    const { snapshot } = await readMany(async (call, answer) => {
      if (call.operation === 'DescribeRouteTables') throw awsError('UnauthorizedOperation', 403);
      return answer(call);
    });
    const reads = Object.entries(snapshot.routeTables);
    expect(reads).toHaveLength(size.clusters);
    for (const [id, read] of reads) expect(read).toMatchObject({ outcome: 'denied', resource: id });
  });

  test('a function that is gone is told from one that may not be read whole', async () => {
    const gone = 'order-handler-7';
    const { snapshot } = await readMany(async (call, answer) => {
      if (call.service === 'lambda' && JSON.stringify(call.input).includes(`${gone}"`))
        throw awsError('ResourceNotFoundException', 404);
      return answer(call);
    });
    const outcomes = Object.entries(snapshot.functions).filter(([, read]) => read.outcome !== 'ok');
    expect(outcomes).toMatchObject([
      [expect.stringContaining(gone) as string, { outcome: 'not-found', operation: 'GetFunctionConfiguration' }],
    ]);
  });
});

import pLimit from 'p-limit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClients, type ClientOptions } from '../../src/account/clients.js';
import { readAccount } from '../../src/account/scopes/account.js';
import { snapshotSchema, type CollectionName } from '../../src/snapshot/snapshot.js';
import { capturedAt, healthyAccount, region, roleArn, uuid, vpcId } from '../accounts/account.js';
import { answerFrom } from '../account/support/answer-from.js';
import { startDouble, type Double, type ReadFault } from './double.js';
import { withEnoughTime } from './enough-time.js';

/** Milliseconds that no answer needs, on a busy machine either. */
const longest = 120_000;
/** Milliseconds after which a silent read may be given up, from short to long. */
const limits = [700, 7000, 70_000];

const account = healthyAccount();
const readFrom = (endpointUrl: string, options: ClientOptions = {}) =>
  readAccount({
    clients: createClients({ region, endpointUrl, connectTimeout: longest, requestTimeout: longest, ...options }),
    targets: [uuid],
    tool: { name: 'msk-lambda', version: 'test' },
    now: new Date(capturedAt),
    secretValues: true,
  });

/** Every operation that a healthy account needs. */
const operations = [
  'sts GetCallerIdentity',
  'lambda GetEventSourceMapping',
  'lambda GetFunctionConfiguration',
  'lambda GetFunctionConcurrency',
  'kafka DescribeClusterV2',
  'kafka GetBootstrapBrokers',
  'kafka ListTopics',
  'ec2 DescribeSubnets',
  'ec2 DescribeVpcs',
  'ec2 DescribeVpcAttribute',
  'ec2 DescribeSecurityGroups',
  'ec2 DescribeRouteTables',
  'ec2 DescribeNetworkAcls',
  'ec2 DescribeVpcEndpoints',
  'ec2 DescribeNatGateways',
  'ec2 DescribeNetworkInterfaces',
  'ec2 DescribeDhcpOptions',
  'iam GetRole',
  'iam ListRolePolicies',
  'iam GetRolePolicy',
  'iam ListAttachedRolePolicies',
  'iam GetPolicy',
  'iam GetPolicyVersion',
  'cloudwatch GetMetricData',
];

let doubles: Double[] = [];
const start: typeof startDouble = async (...given) => {
  const double = await startDouble(...given);
  doubles.push(double);
  return double;
};

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'made-up');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(doubles.map((double) => double.close()));
  doubles = [];
});

describe('over the wire', () => {
  it('the account that was served is the account that was read', async () => {
    const { url, requests } = await start(answerFrom(account));
    const { snapshot } = await readFrom(url);
    const compared: CollectionName[] = [
      'functions',
      'concurrency',
      'bootstrapBrokers',
      'topics',
      'subnets',
      'vpcs',
      'vpcSubnets',
      'securityGroups',
      'routeTables',
      'networkAcls',
      'vpcEndpoints',
      'natGateways',
      'vpcDnsSupport',
      'vpcDnsHostnames',
      'inlinePolicyNames',
      'inlinePolicies',
      'attachedPolicies',
      'managedPolicies',
      'dhcpOptions',
      'mappings',
      'clusters',
    ];
    for (const name of compared) expect(snapshot[name], name).toEqual(account[name]);
    expect(snapshot.reads.filter((read) => read.outcome !== 'ok')).toEqual([]);
    expect(new Set(requests)).toEqual(new Set(operations));
  });

  const expected: Record<ReadFault, string> = {
    denied: 'denied',
    throttled: 'throttled',
    cut: 'failed',
    hung: 'timed-out',
    half: 'timed-out',
    nonsense: 'failed',
    reset: 'failed',
    nameless: 'failed',
    page: 'failed',
  };
  it.each(Object.keys(expected) as ReadFault[])(
    'each read %s in turn: its outcome is told, all else is read, nothing throws',
    async (fault) => {
      // A few at a time: all together would be late without a fault.
      const fewAtATime = pLimit(fault === 'throttled' ? operations.length : 8);
      const readWith = async (name: string, requestTimeout: number) => {
        const { url, requests } = await start(answerFrom(account), (called) => (called === name ? fault : undefined));
        const { snapshot, trouble } = await readFrom(url, { requestTimeout });
        const [service, operation] = name.split(' ');
        const outcomes = new Set(
          snapshot.reads
            .filter((read) => read.service === service && read.operation === operation)
            .map((read) => read.outcome),
        );
        const others = snapshot.reads
          .filter((read) => read.outcome !== 'ok' && read.operation !== operation)
          .map((read) => `${read.operation} ${read.outcome} ${read.error}`);
        const stray = snapshot.reads.filter((read) => /\n|<html|at \//.test(read.error ?? ''));
        return {
          name,
          outcomes: [...outcomes],
          others,
          stray,
          trouble,
          targets: snapshot.targets,
          valid: snapshotSchema.safeParse(snapshot).success,
          asked: requests.includes(name),
        };
      };
      const waits = expected[fault] === 'timed-out';
      const table = await fewAtATime.map(operations, (name) =>
        withEnoughTime(
          waits ? limits : [longest],
          (limit) => readWith(name, limit),
          ({ others }) => others.length === 0,
        ),
      );
      for (const row of table)
        expect(row).toEqual({
          name: row.name,
          outcomes: [expected[fault]],
          others: [],
          stray: [],
          trouble: null,
          targets: [uuid],
          valid: true,
          asked: true,
        });
    },
  );

  it('a list that an answer leaves out is empty', async () => {
    const answer = answerFrom(account);
    const { url } = await start(async (call) =>
      /^(DescribeVpcEndpoints|ListRolePolicies)$/.test(call.operation) ? {} : answer(call),
    );
    const { snapshot } = await readFrom(url);
    expect([snapshot.vpcEndpoints[vpcId], snapshot.inlinePolicyNames[roleArn]]).toEqual([
      { outcome: 'ok', value: [] },
      { outcome: 'ok', value: [] },
    ]);
  });

  it('a silent service is asked twice, not five times', async () => {
    const asked = await withEnoughTime(
      limits,
      async (requestTimeout) => {
        const { url, requests } = await start(answerFrom(account), (name) =>
          name === 'kafka ListTopics' ? 'hung' : undefined,
        );
        await readFrom(url, { requestTimeout });
        return requests.filter((name) => name === 'kafka ListTopics').length;
      },
      (times) => times > 0,
    );
    expect(asked).toBe(2);
  });

  it('throttling is ridden out', async () => {
    let refusals = 0;
    const { url } = await start(answerFrom(account), (name) =>
      name === 'ec2 DescribeVpcs' && refusals++ < 2 ? 'throttled' : undefined,
    );
    const { snapshot } = await readFrom(url);
    expect(snapshot.reads.filter((read) => read.outcome !== 'ok')).toEqual([]);
  });

  it('nobody listening: the mapping is unread, in words', async () => {
    const double = await startDouble(answerFrom(account));
    await double.close();
    const { snapshot } = await readFrom(double.url);
    expect(snapshot.mappings[uuid]).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('could not be reached') as string,
    });
  });

  it('time that is up ends every read at once, and the snapshot is given', async () => {
    const { url } = await start(answerFrom(account), (name) => (name.startsWith('ec2') ? 'hung' : undefined));
    const unread = await withEnoughTime(
      limits,
      async (limit) => {
        const { snapshot } = await readFrom(url, { signal: AbortSignal.timeout(limit) });
        return snapshot.reads
          .filter((read) => read.outcome !== 'ok')
          .map((read) => `${read.operation} ${read.outcome}`);
      },
      ({ length }) => length === 1,
    );
    expect(unread).toEqual(['DescribeSubnets timed-out']);
  });

  it('no region is said in words', async () => {
    vi.stubEnv('AWS_REGION', '');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    await expect(readFrom('http://127.0.0.1:1', { region: undefined })).rejects.toMatchObject({
      name: 'RegionUnusable',
      message: 'No AWS region is configured.',
    });
  });

  it('no credentials are told as trouble', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, '');
    vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const { url } = await start(answerFrom(account));
    const { snapshot, trouble } = await readFrom(url);
    expect(trouble?.sentence).toBe('No AWS credentials were found.');
    expect(snapshot.mappings[uuid]?.outcome).toBe('denied');
  });
});

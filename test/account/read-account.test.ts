import { describe, expect, it } from 'vitest';
import { metricKey, functionMetrics } from '../../src/snapshot/metrics.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { snapshotSchema, type CollectionName, type Snapshot } from '../../src/snapshot/snapshot.js';
import {
  accountWith,
  clusterArn,
  functionArn,
  functionName,
  groupId,
  healthyAccount,
  roleArn,
  subnetIds,
  uuid,
  value,
  vpcId,
} from '../accounts/account.js';
import { answerFrom, awsError } from './support/answer-from.js';
import { inWaves, readThrough, recording } from './support/read.js';

/** What a healthy account holds and a reader must find again, resource by resource. */
const compared: CollectionName[] = [
  'mappings',
  'functions',
  'concurrency',
  'clusters',
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
  'networkInterfaces',
  'vpcDnsSupport',
  'vpcDnsHostnames',
  'inlinePolicyNames',
  'inlinePolicies',
  'attachedPolicies',
  'managedPolicies',
  'dhcpOptions',
];

describe('the secrets of a cluster’s users', () => {
  const withoutSecret = (more: { iam?: boolean; anyone?: boolean } = {}) =>
    accountWith(
      (snapshot) => {
        value(snapshot.mappings, uuid).SourceAccessConfigurations = [];
        const cluster = value(snapshot.clusters, clusterArn);
        cluster.Provisioned!.ClientAuthentication = {
          Sasl: { Scram: { Enabled: true }, Iam: { Enabled: more.iam === true } },
          Unauthenticated: { Enabled: more.anyone === true },
        };
      },
      { auth: 'scram' },
    );
  it.each([
    ['the cluster takes users only, and the mapping names no secret', withoutSecret(), true],
    ['the mapping names one', accountWith(() => {}, { auth: 'scram' }), true],
    ['the cluster takes IAM too', withoutSecret({ iam: true }), false],
    ['the cluster takes anybody too', withoutSecret({ anyone: true }), false],
    ['the mapping names a certificate', accountWith(() => {}, { auth: 'mtls' }), false],
    ['the cluster takes IAM', healthyAccount(), false],
  ])('%s', async (_, account, expected) => {
    const { snapshot } = await readThrough(answerFrom(account), { targets: [uuid] });
    expect(Object.keys(snapshot.scramSecrets)).toEqual(expected ? [clusterArn] : []);
  });
});

describe('a mapping with IAM authentication', () => {
  it('is read whole: the snapshot is the account', async () => {
    const account = healthyAccount();
    const { snapshot, trouble } = await readThrough(answerFrom(account), { targets: [uuid] });
    for (const name of compared) expect(snapshot[name], name).toEqual(account[name]);
    expect(value(snapshot.roles, roleArn).AssumeRolePolicyDocument).toBe(
      value(account.roles, roleArn).AssumeRolePolicyDocument,
    );
    expect(snapshot.targets).toEqual([uuid]);
    expect(snapshot.account).toBe(account.account);
    expect(trouble).toBeNull();
    expect(snapshotSchema.parse(snapshot)).toBeTruthy();
  });

  it.each(['endpoints', 'nat'] as const)('takes at most 26 calls in five rounds (%s)', async (wayOut) => {
    const answer = answerFrom(healthyAccount({ wayOut }));
    await readThrough(answer, { targets: [uuid] });
    const { answerer, waves } = inWaves(answer);
    const { snapshot } = await readThrough(answerer, { targets: [uuid] });
    expect(waves.flat().length).toBeLessThanOrEqual(26);
    expect(waves.length).toBeLessThanOrEqual(5);
    expect(snapshot.reads.reduce((sum, read) => sum + read.calls, 0)).toBe(waves.flat().length);
  });

  it('makes no call twice, and keeps nothing that is not asked for', async () => {
    const { answerer, calls } = recording(answerFrom(healthyAccount()));
    const { snapshot } = await readThrough(answerer, { targets: [uuid] });
    const keys = calls.map((call) => JSON.stringify([call.service, call.operation, call.input]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(JSON.stringify(snapshot)).not.toContain('canary');
  });

  it('has its metrics under the keys that the subject looks for', async () => {
    const { snapshot } = await readThrough(answerFrom(healthyAccount()), { targets: [uuid] });
    const [invocations] = functionMetrics(functionName, null);
    expect(value(snapshot.metrics, metricKey(invocations!))).toMatchObject({
      values: [1],
      timestamps: ['2026-11-24T09:55:00.000Z'],
    });
  });
});

describe('metrics, each with a status of its own', () => {
  const [wanted] = functionMetrics(functionName, null);
  const readAs = async (part: { StatusCode?: string; Values?: number[] } | null) => {
    const answer = answerFrom(healthyAccount());
    const { snapshot } = await readThrough(
      async (call) => {
        if (call.operation !== 'GetMetricData') return answer(call);
        const { MetricDataQueries: queries } = call.input as { MetricDataQueries: { Id: string }[] };
        const timestamps = part?.Values?.map(() => '2026-11-24T09:55:00.000Z');
        return {
          MetricDataResults: queries.flatMap(({ Id }, index) =>
            index === 0 && part === null ? [] : [index === 0 ? { Id, Timestamps: timestamps, ...part } : { Id }],
          ),
        };
      },
      { targets: [uuid] },
    );
    return snapshot.metrics[metricKey(wanted!)]!.outcome;
  };
  it.each<{ name: string; part: Parameters<typeof readAs>[0]; outcome: string }>([
    { name: 'complete', part: { StatusCode: 'Complete', Values: [1] }, outcome: 'ok' },
    { name: 'complete, without a datapoint', part: { StatusCode: 'Complete', Values: [] }, outcome: 'ok' },
    { name: 'without a status', part: { Values: [1] }, outcome: 'ok' },
    { name: 'a part of it', part: { StatusCode: 'PartialData', Values: [1] }, outcome: 'ok' },
    { name: 'no part of it', part: { StatusCode: 'PartialData', Values: [] }, outcome: 'failed' },
    { name: 'CloudWatch failed', part: { StatusCode: 'InternalError', Values: [] }, outcome: 'failed' },
    { name: 'denied', part: { StatusCode: 'Forbidden', Values: [] }, outcome: 'denied' },
    { name: 'not in the answer', part: null, outcome: 'failed' },
  ])('$name', async ({ part, outcome }) => expect(await readAs(part)).toBe(outcome));
});

describe('what an account leaves out or adds', () => {
  it('a subnet that AWS does not list is gone; the others are there', async () => {
    const account = accountWith((snapshot) => {
      snapshot.vpcSubnets[vpcId] = {
        outcome: 'ok',
        value: value(snapshot.vpcSubnets, vpcId).filter((subnet) => subnet.SubnetId !== subnetIds[0]),
      };
    });
    const { snapshot } = await readThrough(answerFrom(account), { targets: [uuid] });
    expect(snapshot.subnets[subnetIds[0]!]).toMatchObject({ outcome: 'not-found', action: 'ec2:DescribeSubnets' });
    expect(snapshot.subnets[subnetIds[1]!]?.outcome).toBe('ok');
  });

  it('resources of other VPCs are dropped where a peer ignores the filter', async () => {
    const account = accountWith((snapshot) => {
      value(snapshot.securityGroups, vpcId).push({
        GroupId: 'sg-other',
        VpcId: 'vpc-other',
        IpPermissions: [],
        IpPermissionsEgress: [],
      });
    });
    const { snapshot } = await readThrough(answerFrom(account), { targets: [uuid] });
    const groups = value(snapshot.securityGroups, vpcId).map((group) => group.GroupId);
    expect(groups).toContain(groupId);
    expect(groups).not.toContain('sg-other');
  });

  describe('a list whose end was not seen is a failed read', () => {
    const topicsOf = async (page: (index: number) => object) => {
      const answer = answerFrom(healthyAccount());
      let pages = 0;
      const { snapshot } = await readThrough(
        async (call) =>
          call.operation === 'ListTopics'
            ? { Topics: [{ TopicName: `page-${pages}` }], ...page(pages++) }
            : answer(call),
        { targets: [uuid] },
      );
      return { snapshot, pages };
    };
    it.each([
      {
        name: 'a token that repeats at once',
        page: () => ({ NextToken: 'again' }),
        because: 'AWS repeated a page token',
        pages: 2,
      },
      {
        name: 'a token that repeats later',
        page: (index: number) => ({ NextToken: ['first', 'second', 'first'][index] }),
        because: 'AWS repeated a page token',
        pages: 3,
      },
      {
        name: 'ever new tokens',
        page: (index: number) => ({ NextToken: `token-${index}` }),
        because: 'there are more than 1000 pages',
        pages: 1000,
      },
      {
        name: 'tokens that are no text',
        page: () => ({ NextToken: {} }),
        because: 'AWS repeated a page token',
        pages: 2,
      },
      {
        name: 'cut off without a token',
        page: () => ({ IsTruncated: true }),
        because: 'AWS reports more pages, but returned no page token',
        pages: 1,
      },
      {
        name: 'cut off on the second page',
        page: (index: number) => (index === 0 ? { NextToken: 'next' } : { Truncated: true }),
        because: 'AWS reports more pages, but returned no page token',
        pages: 2,
      },
    ])('$name', async ({ page, because, pages }) => {
      const seen = await topicsOf(page);
      expect(seen.pages).toBe(pages);
      expect(seen.snapshot.topics[clusterArn]).toMatchObject({
        outcome: 'failed',
        action: 'kafka:ListTopics',
        error: `the list is not complete: ${because}`,
      });
      expect(seen.snapshot.reads.filter(({ operation }) => operation === 'ListTopics')).toEqual([
        expect.objectContaining({ outcome: 'failed', calls: 0, error: `the list is not complete: ${because}` }),
        expect.objectContaining({ outcome: 'ok', calls: pages, error: null }),
      ]);
      // The topic could be on a page that was not seen.
      const [judged] = diagnose(seen.snapshot).mappings;
      expect(judged!.findings.find(({ check }) => check === 'cluster.topic')).toMatchObject({ status: 'unknown' });
    });
    it.each([
      { name: 'a list of one page', page: () => ({}), pages: 1 },
      { name: 'the last token is empty', page: () => ({ NextToken: '' }), pages: 1 },
      {
        name: 'a list of exactly 1,000 pages',
        page: (index: number) => (index < 999 ? { NextToken: `${index}` } : {}),
        pages: 1000,
      },
    ])('but not $name', async ({ page, pages }) => {
      const seen = await topicsOf(page);
      expect(value(seen.snapshot.topics, clusterArn)).toHaveLength(pages);
    });
  });

  it('a list of many pages is joined', async () => {
    const answer = answerFrom(healthyAccount());
    const { snapshot } = await readThrough(
      async (call) => {
        if (call.operation !== 'ListRolePolicies') return answer(call);
        const marker = Number((call.input as { Marker?: string }).Marker ?? 0);
        return marker < 2
          ? { PolicyNames: [`p${marker}`], IsTruncated: true, Marker: String(marker + 1) }
          : { PolicyNames: ['p2'] };
      },
      { targets: [uuid] },
    );
    expect(value(snapshot.inlinePolicyNames, roleArn)).toEqual(['p0', 'p1', 'p2']);
  });

  it('a member of the wrong type is a failed read that says where', async () => {
    const answer = answerFrom(healthyAccount());
    const { snapshot } = await readThrough(
      async (call) =>
        call.operation === 'DescribeRouteTables' ? { RouteTables: [{ RouteTableId: 7 }] } : answer(call),
      { targets: [uuid] },
    );
    expect(snapshot.routeTables[vpcId]).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('0.RouteTableId') as string,
    });
  });

  it('something else in place of a list is no empty list', async () => {
    const answer = answerFrom(healthyAccount());
    const odd: Record<string, object> = {
      DescribeSecurityGroups: { SecurityGroups: 'none' },
      DescribeVpcEndpoints: { VpcEndpoints: {} },
      ListRolePolicies: { PolicyNames: 'none' },
    };
    const { snapshot } = await readThrough(async (call) => odd[call.operation] ?? answer(call), { targets: [uuid] });
    for (const read of [
      snapshot.securityGroups[vpcId],
      snapshot.vpcEndpoints[vpcId],
      snapshot.inlinePolicyNames[roleArn],
    ])
      expect(read?.outcome).toBe('failed');
    expect(diagnose(snapshot).mappings[0]!.causes).toEqual([]);
  });

  it.each([null, 'text', [null], { a: 1 }])('junk in place of every list (%j) breaks nothing', async (junk) => {
    const answer = answerFrom(healthyAccount());
    const { snapshot } = await readThrough(
      async (call) => {
        const output = await answer(call);
        if (call.operation === 'GetEventSourceMapping') return { ...output, LoggingConfig: { SystemLogLevel: 'INFO' } };
        return Object.fromEntries(Object.keys(output).map((name) => [name, junk]));
      },
      { targets: [uuid] },
    );
    expect(snapshot.targets).toEqual([uuid]);
    expect(snapshotSchema.parse(snapshot)).toBeTruthy();
  });
});

describe('reads that fail', () => {
  const operations = [
    'sts GetCallerIdentity',
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
    'iam GetRole',
    'iam ListRolePolicies',
    'iam GetRolePolicy',
    'iam ListAttachedRolePolicies',
    'iam GetPolicy',
    'iam GetPolicyVersion',
    'cloudwatch GetMetricData',
    'lambda GetEventSourceMapping',
  ];
  it.each(operations)('%s denied: recorded, and all else is read', async (refused) => {
    const answer = answerFrom(healthyAccount());
    const { snapshot, trouble } = await readThrough(
      async (call) => {
        if (`${call.service} ${call.operation}` === refused) throw awsError('AccessDeniedException', 403);
        return answer(call);
      },
      { targets: [uuid] },
    );
    const [service, operation] = refused.split(' ');
    expect(
      snapshot.reads
        .filter((read) => read.outcome !== 'ok')
        .map((read) => [read.service, read.operation, read.outcome]),
    ).toEqual([[service, operation, 'denied']]);
    expect(snapshot.targets).toEqual([uuid]);
    expect(trouble).toBeNull();
    expect(snapshotSchema.parse(snapshot)).toBeTruthy();
  });

  it('a role that is gone is not-found, a subnet list that is refused leaves every subnet denied', async () => {
    const answer = answerFrom(healthyAccount());
    const { snapshot } = await readThrough(
      async (call) => {
        if (call.operation === 'GetRole') throw awsError('NoSuchEntityException', 404);
        if (call.operation === 'DescribeSubnets') throw awsError('UnauthorizedOperation', 403);
        return answer(call);
      },
      { targets: [uuid] },
    );
    expect(snapshot.roles[roleArn]?.outcome).toBe('not-found');
    expect(subnetIds.map((id) => snapshot.subnets[id]?.outcome)).toEqual(['denied', 'denied', 'denied']);
  });

  it('time that is up ends what is under way, and the snapshot is given', async () => {
    const stop = new AbortController();
    const answer = answerFrom(healthyAccount());
    const awaited = new Set(['DescribeSecurityGroups', 'GetFunctionConfiguration']);
    const { snapshot } = await readThrough(
      async (call) => {
        awaited.delete(call.operation);
        // Once what is answered at once has arrived.
        if (awaited.size === 0) setImmediate(() => stop.abort(new DOMException('time is up', 'TimeoutError')));
        return call.operation === 'DescribeSecurityGroups' ? new Promise(() => {}) : answer(call);
      },
      { targets: [uuid] },
      { signal: stop.signal },
    );
    expect(snapshot.securityGroups[vpcId]?.outcome).toBe('timed-out');
    expect(snapshot.functions[functionArn]?.outcome).toBe('ok');
  });
});

describe('credentials', () => {
  const refuse = (name: string) => async () => Promise.reject(awsError(name, 403));

  it.each([
    ['ExpiredTokenException', /expired/],
    ['CredentialsProviderError', /No AWS credentials/],
    ['UnrecognizedClientException', /AWS rejects your credentials/],
  ])('%s is told as trouble, and the target keeps its place', async (name, sentence) => {
    const { snapshot, trouble } = await readThrough(refuse(name), { targets: [uuid] });
    expect(trouble?.sentence).toMatch(sentence);
    expect(snapshot.targets).toEqual([uuid]);
    expect(snapshot.mappings[uuid]?.outcome).toBe('denied');
  });

  it('are not blamed where one service alone refuses them', async () => {
    const answer = answerFrom(healthyAccount());
    const { trouble } = await readThrough(
      async (call) => {
        if (call.service === 'ec2') throw awsError('AuthFailure', 401);
        return answer(call);
      },
      { targets: [uuid] },
    );
    expect(trouble).toBeNull();
  });
});

describe('many mappings', () => {
  /** One more mapping, function and role for each number, on the same cluster. */
  const crowd = (size: number): Snapshot =>
    accountWith((snapshot) => {
      for (let index = 0; index < size; index++) {
        const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
        const [arn, role] = [`${functionArn}-${index}`, `${roleArn}-${index}`];
        snapshot.mappings[id] = {
          outcome: 'ok',
          value: { ...value(snapshot.mappings, uuid), UUID: id, FunctionArn: arn },
        };
        snapshot.functions[arn] = {
          outcome: 'ok',
          value: { ...value(snapshot.functions, functionArn), FunctionArn: arn, Role: role },
        };
        snapshot.concurrency[arn] = { outcome: 'ok', value: {} };
        snapshot.roles[role] = {
          outcome: 'ok',
          value: { ...value(snapshot.roles, roleArn), Arn: role, RoleName: role.split('/')[1]! },
        };
        snapshot.inlinePolicyNames[role] = { outcome: 'ok', value: [] };
        snapshot.attachedPolicies[role] = snapshot.attachedPolicies[roleArn]!;
      }
    });

  it('cost two calls a function, one list of roles, and the cluster once', async () => {
    const account = crowd(40);
    const { answerer, calls } = recording(answerFrom(account));
    const { snapshot } = await readThrough(answerer);
    const count = (operation: string) => calls.filter((call) => call.operation === operation).length;
    expect(snapshot.targets).toHaveLength(41);
    expect(count('GetEventSourceMapping')).toBe(0);
    expect(count('GetFunctionConfiguration') + count('GetFunctionConcurrency')).toBe(82);
    expect(count('GetRole')).toBe(0);
    expect(count('GetAccountAuthorizationDetails')).toBe(1);
    expect(calls.filter((call) => call.service === 'kafka' || call.service === 'ec2').length).toBeLessThanOrEqual(16);
    for (const name of ['roles', 'inlinePolicies', 'attachedPolicies', 'managedPolicies'] as const)
      expect(snapshot[name], name).toEqual(account[name]);
  });

  it('fall back to role by role where the list is refused', async () => {
    const account = crowd(3);
    const answer = answerFrom(account);
    const { snapshot } = await readThrough(async (call) => {
      if (call.operation === 'GetAccountAuthorizationDetails') throw awsError('AccessDenied', 403);
      return answer(call);
    });
    expect(Object.keys(snapshot.roles).toSorted()).toEqual(Object.keys(account.roles).toSorted());
    expect(Object.values(snapshot.roles).every((read) => read.outcome === 'ok')).toBe(true);
  });
});

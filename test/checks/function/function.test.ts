import { describe, expect, test } from 'vitest';
import { functionMetrics, metricKey } from '../../../src/snapshot/metrics.js';
import { ok, type Read } from '../../../src/snapshot/read.js';
import type { FunctionConfiguration } from '../../../src/snapshot/resources/index.js';
import { deny, denied, functionArn, functionName, notFound, value } from '../../accounts/account.js';
import { publishedVersionArn } from '../../../src/aws/function-arn.js';
import type { Status } from '../../../src/checks/run.js';
import {
  all,
  expectHarmless,
  expectMended,
  judge,
  judgeAfter,
  mapping,
  measured,
  textOf,
  shows,
  type Change,
} from '../judging.js';
import { counted as records, counts, countsDenied, every, metricsOn } from '../counting.js';

const callFailed = shows('PROBLEM: Function call failed');
const configured =
  (members: Partial<FunctionConfiguration>): Change =>
  (snapshot) =>
    void Object.assign(value(snapshot.functions, functionArn), members);
const unread: Change = (snapshot) => deny(snapshot, 'functions', 'lambda', 'GetFunctionConfiguration');
const gone: Change = (snapshot) =>
  void (snapshot.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration', functionArn));
const reserved =
  (count: number): Change =>
  (snapshot) =>
    void (snapshot.concurrency[functionArn] = ok({ ReservedConcurrentExecutions: count }));
const alias = `${functionArn}:live`;
/** A function on Lambda Managed Instances: `$LATEST` is not invoked itself. */
const unpublished =
  (version: Read<FunctionConfiguration>): Change =>
  (snapshot) => {
    configured({ State: 'ActiveNonInvocable', CapacityProviderConfig: {} })(snapshot);
    snapshot.functions[publishedVersionArn(functionArn)] = version;
  };
const published = (members: Partial<FunctionConfiguration>): Read<FunctionConfiguration> =>
  ok({
    FunctionName: functionName,
    FunctionArn: publishedVersionArn(functionArn),
    Version: '$LATEST.PUBLISHED',
    ...members,
  });
/** The mapping calls an alias. */
const byAlias: Change = (snapshot) => {
  mapping({ FunctionArn: alias })(snapshot);
  snapshot.functions[alias] = ok({ ...value(snapshot.functions, functionArn), FunctionArn: alias, Version: '7' });
  delete snapshot.functions[functionArn];
};

describe('function.state', () => {
  test.each<{ name: string; change: Change; says: RegExp }>([
    { name: 'gone', change: gone, says: /Function order-handler does not exist/ },
    {
      name: 'failed',
      change: configured({ State: 'Failed', StateReasonCode: 'SubnetOutOfIPAddresses' }),
      says: /Failed: SubnetOutOfIPAddresses \(a subnet of the function has no free IP addresses\)/,
    },
    {
      name: 'failed for a reason that is not known',
      change: configured({ State: 'Failed', StateReasonCode: 'SomethingNew' }),
      says: /Failed: SomethingNew$/,
    },
    {
      name: 'inactive because of its key',
      change: configured({ State: 'Inactive', StateReasonCode: 'DisabledKMSKey', StateReason: 'The key is disabled.' }),
      says: /Inactive: DisabledKMSKey .*: The key is disabled/,
    },
    {
      name: 'its key lost by an update',
      change: configured({ LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'KMSKeyAccessDenied' }),
      says: /Function order-handler cannot run: Lambda cannot use its KMS key/,
    },
    {
      name: 'inactive, and restoring it failed',
      change: configured({ State: 'Inactive', StateReasonCode: 'EniLimitExceeded' }),
      says: /could not restore function order-handler.*\n.*limit of network interfaces/,
    },
    {
      name: 'deactivated',
      change: configured({ State: 'Deactivated', StateReasonCode: 'InsufficientCapacity' }),
      says: /order-handler is deactivated.*\n.*no capacity for the instances/,
    },
    {
      name: 'being deleted',
      change: configured({ State: 'Deleting', StateReasonCode: 'DrainingDurableExecutions' }),
      says: /order-handler is being deleted.*\n.*durable executions that still run/,
    },
    {
      name: 'on Managed Instances, without a published version',
      change: unpublished(notFound('lambda', 'GetFunctionConfiguration')),
      says: /order-handler on Lambda Managed Instances has no published version\n.*ActiveNonInvocable/,
    },
    {
      name: 'on Managed Instances, its published version deactivated',
      change: unpublished(published({ State: 'Deactivated' })),
      says: /order-handler is deactivated/,
    },
    {
      name: 'on Managed Instances, an alias of what cannot be invoked',
      change: all(byAlias, (snapshot) => void (value(snapshot.functions, alias).State = 'ActiveNonInvocable')),
      says: /order-handler:live on Lambda Managed Instances has no published version/,
    },
  ])('$name', ({ change, says }) => {
    const finding = judge('function.state', all(callFailed, change));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });
  test('an alias that is gone is named whole', () =>
    expect(
      judge(
        'function.state',
        all(byAlias, (snapshot) => void (snapshot.functions[alias] = notFound('lambda', 'GetFunctionConfiguration'))),
      ).title,
    ).toBe('Function order-handler:live does not exist'));
  test.each<{ name: string; status: Status; change: Change }>([
    {
      name: 'an update that failed leaves the code before it running',
      status: 'warn',
      change: configured({ LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'The image is gone.' }),
    },
    {
      name: 'inactive, and the last attempt to restore it failed, but the mapping works',
      status: 'warn',
      change: configured({ State: 'Inactive', StateReasonCode: 'SubnetOutOfIPAddresses' }),
    },
    {
      name: 'deactivated, though the mapping works',
      status: 'warn',
      change: configured({ State: 'Deactivated' }),
    },
    {
      name: 'being created',
      status: 'unknown',
      change: configured({ State: 'Pending', StateReasonCode: 'Creating' }),
    },
    {
      name: 'being restored',
      status: 'unknown',
      change: configured({ State: 'Pending', StateReasonCode: 'Restoring' }),
    },
    { name: 'being deactivated', status: 'unknown', change: configured({ State: 'Deactivating' }) },
    { name: 'a state that Lambda adds one day', status: 'unknown', change: configured({ State: 'Hibernating' }) },
    {
      name: 'idle, which the next call ends',
      status: 'pass',
      change: configured({ State: 'Inactive', StateReasonCode: 'Idle', StateReason: 'The function is idle.' }),
    },
    { name: 'an update in progress', status: 'pass', change: configured({ LastUpdateStatus: 'InProgress' }) },
    { name: 'an update status added one day', status: 'pass', change: configured({ LastUpdateStatus: 'Canary' }) },
    {
      name: 'a state that AWS does not name',
      status: 'pass',
      change: configured({ State: undefined, LastUpdateStatus: undefined }),
    },
    { name: 'an alias', status: 'pass', change: byAlias },
    {
      name: 'on Managed Instances, with a published version',
      status: 'pass',
      change: unpublished(published({ State: 'Active' })),
    },
    {
      name: 'on Managed Instances, a new version being published',
      status: 'unknown',
      change: unpublished(published({ State: 'Pending' })),
    },
    {
      name: 'on Managed Instances, the published version unread',
      status: 'unknown',
      change: unpublished(denied('lambda', 'GetFunctionConfiguration')),
    },
  ])('$name: $status', ({ status, change }) => expectHarmless('function.state', status, change));
  test('published by its fix, healthy', () =>
    expectMended(
      'function.state',
      all(callFailed, unpublished(notFound('lambda', 'GetFunctionConfiguration', functionArn))),
    ));
  test('unread', () =>
    expect(judge('function.state', unread)).toMatchObject({
      status: 'unknown',
      missingActions: ['lambda:GetFunctionConfiguration'],
    }));
});

describe('function.timeout', () => {
  const managed = { CapacityProviderConfig: {} };
  test.each<{ name: string; members: Partial<FunctionConfiguration>; title: string }>([
    {
      name: 'Timeout',
      members: { Timeout: 900 },
      title: 'Function order-handler: timeout 900 s, but the mapping waits only 840 s',
    },
    {
      name: 'Timeout by one second',
      members: { Timeout: 841 },
      title: 'Function order-handler: timeout 841 s, but the mapping waits only 840 s',
    },
    {
      name: 'Managed Instances',
      members: { ...managed, Timeout: 5401 },
      title: 'Function order-handler: timeout 5401 s, but the mapping waits only 5400 s',
    },
    {
      name: 'durable execution',
      members: { Timeout: 60, DurableConfig: { ExecutionTimeout: 3600 } },
      title: 'Function order-handler: durable execution timeout 3600 s, but the mapping waits only 840 s',
    },
    {
      name: 'durable execution on Managed Instances',
      members: { ...managed, DurableConfig: { ExecutionTimeout: 86_400 } },
      title: 'Function order-handler: durable execution timeout 86400 s, but the mapping waits only 5400 s',
    },
    {
      name: 'both of a durable function',
      members: { Timeout: 900, DurableConfig: { ExecutionTimeout: 3600 } },
      title:
        'Function order-handler: timeout 900 s, durable execution timeout 3600 s, but the mapping waits only 840 s',
    },
  ])('longer than the mapping waits: $name', ({ members, title }) => {
    const finding = judge('function.timeout', configured(members));
    expect(finding).toMatchObject({ status: 'warn', title });
    expect(judgeAfter('function.timeout', configured(members), finding.fixes[0]!.changes).status).toBe('pass');
  });
  test.each<{ name: string; members: Partial<FunctionConfiguration> }>([
    { name: '840 s', members: { Timeout: 840 } },
    { name: '3 s', members: { Timeout: 3 } },
    { name: 'the default', members: { Timeout: undefined } },
    { name: '3,600 s on Managed Instances', members: { ...managed, Timeout: 3600 } },
    { name: '5,400 s on Managed Instances', members: { ...managed, Timeout: 5400 } },
    { name: 'a short durable execution', members: { DurableConfig: { ExecutionTimeout: 840 } } },
    { name: 'a durable function without a limit of its own', members: { DurableConfig: {} } },
    {
      name: 'a durable execution of an hour on Managed Instances',
      members: { ...managed, DurableConfig: { ExecutionTimeout: 3600 } },
    },
  ])('$name is right', ({ members }) => expectHarmless('function.timeout', 'pass', configured(members)));
  test('a version that is published cannot be changed', () =>
    expect(
      judge(
        'function.timeout',
        all(byAlias, (snapshot) => void (value(snapshot.functions, alias).Timeout = 900)),
      ).fixes,
    ).toMatchObject([{ safety: 'by-hand', changes: [] }]));
  test('unread, or gone', () => {
    expect(judge('function.timeout', unread).status).toBe('unknown');
    expect(judge('function.timeout', gone).status).toBe('skip');
  });
  test('its fix and its undo', () => {
    const fix = judge('function.timeout', configured({ Timeout: 900 })).fixes[0]!;
    expect(fix.changes[0]).toMatchObject({
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: functionName, Timeout: 840 },
      undo: { input: { Timeout: 900 } },
    });
  });
  test('the fix of a durable function keeps its other settings', () => {
    const durable = { ExecutionTimeout: 7200, RetentionPeriodInDays: 30 };
    const fix = judge('function.timeout', configured({ DurableConfig: durable })).fixes[0]!;
    expect(fix.changes[0]).toMatchObject({
      input: { DurableConfig: { ExecutionTimeout: 840, RetentionPeriodInDays: 30 } },
      undo: { input: { DurableConfig: durable } },
    });
  });
});

describe('function.concurrency', () => {
  test('nothing reserved, or enough', () => {
    expectHarmless('function.concurrency', 'pass', () => {});
    expectHarmless('function.concurrency', 'pass', reserved(1));
    expectHarmless(
      'function.concurrency',
      'pass',
      all(reserved(5), mapping({ ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 200 } })),
    );
  });
  test('fewer than the pollers that always run', () =>
    expect(
      judge(
        'function.concurrency',
        all(reserved(4), mapping({ ProvisionedPollerConfig: { MinimumPollers: 5, MaximumPollers: 6 } })),
      ),
    ).toMatchObject({
      status: 'warn',
      title: expect.stringContaining('reserved concurrency 4, less than the 5 minimum event pollers'),
    }));
  test('unread, or without a function', () => {
    expect(
      judge('function.concurrency', (snapshot) => deny(snapshot, 'concurrency', 'lambda', 'GetFunctionConcurrency')),
    ).toMatchObject({ status: 'unknown', missingActions: ['lambda:GetFunctionConcurrency'] });
    expect(judge('function.concurrency', gone).status).toBe('skip');
  });
  test('zero found first, taken away, healthy; by alias as well', () => {
    expectMended('function.concurrency', all(callFailed, reserved(0)));
    expectMended('function.concurrency', all(callFailed, byAlias, reserved(0)));
  });
});

describe('function.errors', () => {
  const counted = (invocations: number, errors: number, throttles = 0): Change =>
    all(
      ...functionMetrics(functionName, null)
        .slice(0, 3)
        .map((metric, index) => measured(metric, [[invocations, errors, throttles][index]!])),
    );

  test.each<{ name: string; change: Change; says: RegExp }>([
    { name: 'every call', change: counted(100, 100), says: /100 % of the invocations of order-handler failed/ },
    {
      name: 'throttles, which are no invocations',
      change: counted(0, 0, 40),
      says: /40 invocations: 0 errors, 40 throttles/,
    },
    {
      name: 'a few calls, where Lambda shows that one failed',
      change: all(callFailed, counted(2, 2)),
      says: /2 invocations: 2 errors, 0 throttles/,
    },
  ])('fails: $name', ({ change, says }) => {
    const finding = judge('function.errors', change);
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });
  test('some calls are a risk', () => expectHarmless('function.errors', 'warn', counted(100, 30)));
  test('few errors of many calls are none', () => expectHarmless('function.errors', 'pass', counted(1000, 9)));
  test('too few calls tell nothing', () => expectHarmless('function.errors', 'skip', counted(3, 3)));
  test('of the alias that the mapping calls, not of the whole function', () => {
    const ofAlias = functionMetrics(functionName, 'live')
      .slice(0, 3)
      .map((metric, index) => measured(metric, [[50, 0, 0][index]!]));
    expectHarmless('function.errors', 'pass', all(byAlias, counted(1000, 1000), ...ofAlias));
  });
  test('where they help, with the log to read', () => {
    expect(judge('function.errors', counted(100, 100)).fixes[0]!.commands).toEqual([
      'aws logs tail /aws/lambda/order-handler --since 1h',
    ]);
    expect(judge('function.errors', counted(0, 0, 40)).fixes[0]!.title).toContain('concurrency');
  });
  describe('by record, as the mapping counts them', () => {
    test.each<{ name: string; change: Change; status: 'warn' | 'fail'; says: RegExp }>([
      {
        name: 'a part of each batch, which the function’s own metrics call a success',
        change: all(counted(100, 0), records({ FailedInvokeEventCount: every(20) })),
        status: 'warn',
        says: /^20 % of the records .*\n.*100 invocations: 0 errors, 0 throttles.*\n.*FailedInvokeEventCount: 240 of 1,200 records/,
      },
      {
        name: 'one in a hundred, all the hour',
        change: records({ FailedInvokeEventCount: every(1) }),
        status: 'warn',
        says: /^1 % of the records/,
      },
      {
        name: 'a batch just now',
        change: records({ FailedInvokeEventCount: [100] }),
        status: 'warn',
        says: /FailedInvokeEventCount: 100 of 1,200 records/,
      },
      {
        name: 'nearly all',
        change: records({ FailedInvokeEventCount: every(99) }),
        status: 'fail',
        says: /^99 % of the records/,
      },
      {
        name: 'calls that Lambda could not make',
        change: all(counted(0, 0), records({ FailedInvokeEventCount: every(100), InvokedEventCount: [] })),
        status: 'fail',
        says: /^100 % of the records/,
      },
      {
        name: 'one bad batch is not nearly all',
        change: records({ FailedInvokeEventCount: [100], InvokedEventCount: [100] }),
        status: 'warn',
        says: /^100 % of the records/,
      },
      {
        name: 'only errors by batch are counted',
        change: all(counted(100, 1), metricsOn('ErrorCount'), counts('InvokeErrorCount', every(2))),
        status: 'warn',
        says: /^Invocations of order-handler failed in the last hour\n.*\n.*InvokeErrorCount: 24/,
      },
      {
        name: 'the function’s own metrics come first where they show it',
        change: all(counted(100, 50), records({ FailedInvokeEventCount: every(50) })),
        status: 'warn',
        says: /^50 % of the invocations of order-handler failed/,
      },
    ])('$name', ({ change, status, says }) => {
      const finding = judge('function.errors', all(counted(100, 0), change));
      expect(finding.status).toBe(status);
      expect(textOf(finding)).toMatch(says);
    });
    test.each<{ name: string; change: Change }>([
      { name: 'none failed', change: records({}) },
      { name: 'zeros', change: records({ FailedInvokeEventCount: every(0) }) },
      { name: 'a batch long ago', change: records({ FailedInvokeEventCount: [100, ...every(null, 9)] }) },
      {
        name: 'one of many',
        change: records({ PolledEventCount: every(9000), InvokedEventCount: every(9000), FailedInvokeEventCount: [1] }),
      },
      {
        name: 'errors by batch long ago',
        change: all(metricsOn('ErrorCount'), counts('InvokeErrorCount', [3, ...every(null, 9)])),
      },
      { name: 'metrics that are off', change: mapping({ MetricsConfig: undefined }) },
    ])('$name: no alarm', ({ change }) => expectHarmless('function.errors', 'pass', all(counted(100, 0), change)));
    test('few calls and nothing counted tell nothing', () =>
      expectHarmless('function.errors', 'skip', all(counted(2, 0), records({}))));
    test('unread', () =>
      expect(judge('function.errors', all(counted(100, 0), countsDenied))).toMatchObject({
        status: 'unknown',
        missingActions: ['cloudwatch:GetMetricData'],
      }));
  });
  test('unread', () => {
    const finding = judge('function.errors', (snapshot) => {
      for (const metric of functionMetrics(functionName, null))
        snapshot.metrics[metricKey(metric)] = denied('cloudwatch', 'GetMetricData');
    });
    expect(finding).toMatchObject({ status: 'unknown', missingActions: ['cloudwatch:GetMetricData'] });
  });
});

import { describe, expect, test } from 'vitest';
import { functionMetrics, metricKey } from '../../../src/snapshot/metrics.js';
import { ok } from '../../../src/snapshot/read.js';
import type { FunctionConfiguration } from '../../../src/snapshot/resources/index.js';
import { deny, denied, functionArn, functionName, notFound, value } from '../../accounts/account.js';
import { all, expectHarmless, expectMended, judge, mapping, measured, textOf, shows, type Change } from '../judging.js';
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
/** The mapping calls an alias. */
const byAlias: Change = (snapshot) => {
  mapping({ FunctionArn: alias })(snapshot);
  snapshot.functions[alias] = ok({ ...value(snapshot.functions, functionArn), FunctionArn: alias, Version: '7' });
  delete snapshot.functions[functionArn];
};

describe('function.state', () => {
  test.each<[string, Change, RegExp]>([
    ['gone', gone, /Function order-handler is gone/],
    [
      'failed',
      configured({ State: 'Failed', StateReasonCode: 'SubnetOutOfIPAddresses' }),
      /Failed: SubnetOutOfIPAddresses/,
    ],
    [
      'asleep for want of its key',
      configured({ State: 'Inactive', StateReasonCode: 'DisabledKMSKey', StateReason: 'The key is disabled.' }),
      /Inactive: DisabledKMSKey: The key is disabled/,
    ],
    [
      'its key lost by an update',
      configured({ LastUpdateStatus: 'Failed', LastUpdateStatusReasonCode: 'KMSKeyAccessDenied' }),
      /The key of function order-handler cannot be used/,
    ],
  ])('%s', (_, change, says) => {
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
    ).toBe('Function order-handler:live is gone'));
  test('an update that failed leaves the code before it running', () =>
    expectHarmless(
      'function.state',
      'warn',
      configured({ LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'The image is gone.' }),
    ));
  test('still being made', () =>
    expectHarmless('function.state', 'unknown', configured({ State: 'Pending', StateReasonCode: 'Creating' })));
  test.each<[string, Change]>([
    [
      'asleep, which the next call ends',
      configured({ State: 'Inactive', StateReasonCode: 'Idle', StateReason: 'The function is idle.' }),
    ],
    ['an update on its way', configured({ LastUpdateStatus: 'InProgress' })],
    ['a state that AWS does not name', configured({ State: undefined, LastUpdateStatus: undefined })],
    ['an alias', byAlias],
  ])('%s: no alarm', (_, change) => expectHarmless('function.state', 'pass', change));
  test('unread', () =>
    expect(judge('function.state', unread)).toMatchObject({
      status: 'unknown',
      missingActions: ['lambda:GetFunctionConfiguration'],
    }));
});

describe('function.timeout', () => {
  test('longer than the mapping waits', () =>
    expect(judge('function.timeout', configured({ Timeout: 900 }))).toMatchObject({
      status: 'warn',
      title: 'The function’s timeout is 900 s',
    }));
  test.each([840, 3, undefined])('%s is right', (Timeout) =>
    expectHarmless('function.timeout', 'pass', configured({ Timeout })),
  );
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
  test('its fix takes the warning away', () => {
    const fix = judge('function.timeout', configured({ Timeout: 900 })).fixes[0]!;
    expect(fix.changes[0]).toMatchObject({
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: functionName, Timeout: 840 },
      undo: { input: { Timeout: 900 } },
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
    ).toMatchObject({ status: 'warn', title: expect.stringContaining('is 4, less than its 5 pollers') }));
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

  test.each<[string, Change, RegExp]>([
    ['every call', counted(100, 100), /100 % of the function’s calls/],
    ['throttles, which are no invocations', counted(0, 0, 40), /40 were throttled/],
    [
      'a few calls, where Lambda shows that one failed',
      all(callFailed, counted(2, 2)),
      /of 2 calls 2 ended in an error/,
    ],
  ])('fails: %s', (_, change, says) => {
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
        says: /^20 % of the records .*\n.*of 100 calls 0 ended in an error.*\n.*FailedInvokeEventCount is 240 of 1,200 records/,
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
        says: /FailedInvokeEventCount is 100 of 1,200 records/,
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
        says: /^Calls of the function failed in the last hour\n.*\n.*InvokeErrorCount is 24/,
      },
      {
        name: 'the function’s own metrics come first where they show it',
        change: all(counted(100, 50), records({ FailedInvokeEventCount: every(50) })),
        status: 'warn',
        says: /^50 % of the function’s calls/,
      },
    ])('$name', ({ change, status, says }) => {
      const finding = judge('function.errors', all(counted(100, 0), change));
      expect(finding.status).toBe(status);
      expect(textOf(finding)).toMatch(says);
    });
    test.each<[string, Change]>([
      ['none failed', records({})],
      ['zeros', records({ FailedInvokeEventCount: every(0) })],
      ['a batch long ago', records({ FailedInvokeEventCount: [100, ...every(null, 9)] })],
      [
        'one of many',
        records({ PolledEventCount: every(9000), InvokedEventCount: every(9000), FailedInvokeEventCount: [1] }),
      ],
      ['errors by batch long ago', all(metricsOn('ErrorCount'), counts('InvokeErrorCount', [3, ...every(null, 9)]))],
      ['metrics that are off', mapping({ MetricsConfig: undefined })],
    ])('%s: no alarm', (_, change) => expectHarmless('function.errors', 'pass', all(counted(100, 0), change)));
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

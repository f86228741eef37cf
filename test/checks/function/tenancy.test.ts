import { describe, expect, test } from 'vitest';
import type { FunctionConfiguration } from '../../../src/snapshot/resources/index.js';
import { deny, functionArn, notFound, value } from '../../accounts/account.js';
import { all, expectHarmless, judge, judgeAfter, textOf, shows, type Change } from '../judging.js';

const id = 'function.tenancy';
const mode =
  (TenantIsolationMode: string | undefined): Change =>
  (snapshot) =>
    void Object.assign<FunctionConfiguration, Partial<FunctionConfiguration>>(value(snapshot.functions, functionArn), {
      TenancyConfig: { TenantIsolationMode },
    });

describe('with tenant isolation', () => {
  test.each<{ name: string; change: Change }>([
    { name: 'Lambda shows that the call failed', change: shows('PROBLEM: Function call failed') },
    { name: 'Lambda shows nothing yet', change: shows('No records processed') },
    { name: 'the last text is old', change: shows('OK') },
  ])('fails, where $name', ({ change }) => {
    const finding = judge(id, all(change, mode('PER_TENANT')));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(/order-handler uses tenant isolation.*\n.*TenantIsolationMode is PER_TENANT/);
    expect(finding.fixes[0]).toMatchObject({ safety: 'by-hand', changes: [] });
    expect(finding.fixes[0]!.commands![0]).toMatch(/^msk-lambda update \S+ --function NEW_FUNCTION$/);
  });
  test('another function makes it healthy', () => {
    const other = `${functionArn}-shared`;
    const account: Change = (snapshot) => {
      snapshot.functions[other] = structuredClone(snapshot.functions[functionArn]!);
      mode('PER_TENANT')(snapshot);
    };
    const uuid = judge(id, account).fixes[0]!.commands![0]!.split(' ')[2]!;
    const call = {
      service: 'lambda',
      operation: 'UpdateEventSourceMapping',
      input: { UUID: uuid, FunctionName: other },
    };
    expect(judgeAfter(id, account, [call]).status).toBe('pass');
  });
});

test('a healthy account', () => expectHarmless(id, 'pass', () => {}));
test('an empty block', () => expectHarmless(id, 'pass', mode(undefined)));
test('a mode that Lambda adds one day is no fault', () => expectHarmless(id, 'unknown', mode('PER_REGION')));
test('unread, or gone', () => {
  expect(judge(id, (snapshot) => deny(snapshot, 'functions', 'lambda', 'GetFunctionConfiguration'))).toMatchObject({
    status: 'unknown',
    missingActions: ['lambda:GetFunctionConfiguration'],
  });
  const gone: Change = (snapshot) =>
    void (snapshot.functions[functionArn] = notFound('lambda', 'GetFunctionConfiguration', functionArn));
  expect(judge(id, gone).status).toBe('skip');
});

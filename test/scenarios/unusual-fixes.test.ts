/** What is offered in accounts of unusual-broken.ts: it cures, and it belongs to the fact. */
import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { replayAll } from '../../src/simulate/simulate.js';
import { ok } from '../../src/snapshot/read.js';
import type { NetworkInterface } from '../../src/snapshot/resources/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import {
  accountWith,
  functionArn,
  groupId,
  notFound,
  subnetIds,
  uuid,
  value,
  vpcId,
  type HealthyOptions,
} from '../accounts/account.js';
import { cluster, endpoints, mapping, says, type Story } from './parts.js';
import { callFailed, cannotAssume, cannotReach, connection } from './texts.js';
import { brokenAccounts } from './unusual-broken.js';
import { byConnection, connectionArn } from './unusual-healthy.js';

const findingOf = (snapshot: Snapshot, id: CheckId) =>
  diagnose(snapshot).mappings[0]!.findings.find(({ check }) => check === id)!;
const fixesOf = (id: CheckId, change: Story, options: HealthyOptions = {}) =>
  findingOf(accountWith(change, options), id).fixes.map(({ title, safety, changes, commands = [] }) => ({
    title,
    safety,
    calls: changes.map(({ operation }) => operation),
    commands,
  }));
const gone =
  (arn: string): Story =>
  (s) => {
    mapping(s).FunctionArn = arn;
    s.functions[arn] = notFound('lambda', 'GetFunctionConfiguration', arn);
  };

describe('a cluster that accepts connections needs no restart of the mapping', () => {
  test.each(['HEALING', 'MAINTENANCE', 'REBOOTING_BROKER', 'UPDATING'])('%s', (state) => {
    const change: Story = (s) => void (cluster(s).State = state);
    expect(fixesOf('cluster.state', change)).toEqual([
      {
        title: 'Wait until the cluster is ACTIVE',
        safety: 'by-hand',
        calls: [],
        commands: [`msk-lambda doctor ${uuid}`],
      },
    ]);
  });
  test('CREATING', () => {
    const change: Story = (s) => (says(connection)(s), void (cluster(s).State = 'CREATING'));
    expect(fixesOf('cluster.state', change)[0]!.commands).toEqual([
      `msk-lambda disable ${uuid}`,
      `msk-lambda enable ${uuid}`,
    ]);
  });
});

describe('what is gone of a function is what is created again', () => {
  const update = `msk-lambda update ${uuid} --function FUNCTION`;
  test.each([
    { name: 'the function', arn: functionArn, title: /^Redeploy the function/, commands: [update] },
    { name: 'a version', arn: `${functionArn}:7`, title: /^Redeploy the function/, commands: [update] },
    {
      name: 'an alias',
      arn: `${functionArn}:live`,
      title: /^Recreate alias live of function order-handler$/,
      commands: [
        'aws lambda create-alias --function-name order-handler --name live --function-version VERSION',
        update,
      ],
    },
  ])('$name', ({ arn, title, commands }) => {
    const fixes = fixesOf('function.state', gone(arn));
    expect(fixes[0]!.title).toMatch(title);
    expect(fixes.flatMap((fix) => fix.commands)).toEqual(commands);
  });
});

describe('throttled calls', () => {
  const throttled = (reserved?: number) => (): Snapshot => {
    const { change, options = {} } = brokenAccounts.find(({ name }) => name === 'every call is throttled')!;
    return accountWith((s) => {
      says(callFailed)(s);
      change(s);
      s.concurrency[functionArn] = ok(reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved });
    }, options);
  };
  test.each([1, 5, 20])('%i reserved: the reservation is deleted, and can be put back', (reserved) => {
    const [fix, byHand] = findingOf(throttled(reserved)(), 'function.errors').fixes;
    expect(fix!.changes).toMatchObject([
      { operation: 'DeleteFunctionConcurrency', undo: { input: { ReservedConcurrentExecutions: reserved } } },
    ]);
    const after = replayAll(throttled(reserved)(), fix!.changes);
    expect(value(after.concurrency, functionArn)).toEqual({});
    expect(byHand!.commands![0]).toContain('put-function-concurrency --function-name order-handler');
  });
  test('nothing reserved, or not known: the account’s quota', () => {
    const unread = throttled(1)();
    unread.concurrency[functionArn] = { ...notFound('lambda', 'GetFunctionConcurrency'), outcome: 'denied' };
    for (const snapshot of [throttled()(), unread])
      expect(findingOf(snapshot, 'function.errors').fixes).toMatchObject([
        { title: expect.stringContaining('quota') as string, changes: [] },
      ]);
  });
});

describe('an unused network interface of a full subnet is deleted only if it is the account’s own', () => {
  const full =
    (more: Partial<NetworkInterface>): Story =>
    (s) => {
      says(connection)(s);
      value(s.subnets, subnetIds[0]!).AvailableIpAddressCount = 0;
      s.networkInterfaces[vpcId] = ok([
        {
          NetworkInterfaceId: 'eni-0a1b2c3d4e5f60009',
          InterfaceType: 'interface',
          Status: 'available',
          SubnetId: subnetIds[0]!,
          VpcId: vpcId,
          Groups: [{ GroupId: groupId }],
          ...more,
        },
      ]);
    };
  test.each<[string, Partial<NetworkInterface>, boolean]>([
    ['left behind by hand', { RequesterManaged: false }, true],
    ['made by a role', { RequesterId: 'AROAEXAMPLEEXAMPLEEX1:build' }, true],
    ['of a load balancer', { RequesterId: 'amazon-elb', Description: 'ELB app/orders/1234' }, false],
    ['of a database', { RequesterId: 'amazon-rds' }, false],
    ['of an account of AWS', { RequesterId: '123456789012', RequesterManaged: true }, false],
    ['of a type of its own', { InterfaceType: 'vpc_endpoint' }, false],
  ])('%s', (_, more, deletes) => {
    const calls = fixesOf('network.subnet-capacity', full(more)).flatMap((fix) => fix.calls);
    expect(calls).toEqual(deletes ? ['DeleteNetworkInterface'] : []);
  });
});

test('an endpoint that is being created is waited for before something is billed', () => {
  const change: Story = (s) => {
    says(cannotReach)(s);
    for (const endpoint of endpoints(s)) if (endpoint.ServiceName!.endsWith('.sts')) endpoint.State = 'pending';
  };
  const [first] = fixesOf('network.aws-path', change);
  expect(first).toMatchObject({ title: 'Wait until vpce-0a1b2c3d4e5f60002 is available', safety: 'by-hand' });
});

test('a VPC connection that is being deleted: the command that moves the mapping', () => {
  const change: Story = (s) => {
    byConnection('SASL_IAM')(s);
    says(connection)(s);
    value(s.vpcConnections, connectionArn).State = 'DELETING';
  };
  expect(fixesOf('cluster.policy', change)[0]!.commands).toEqual([
    `msk-lambda recreate ${uuid} --cluster VPC_CONNECTION_ARN`,
  ]);
});

describe('the first fix that is a change removes the first cause', () => {
  test.each(brokenAccounts.filter(({ first }) => first !== null))('$name', (account) => {
    const broken = accountWith((s) => {
      says(account.text ?? mapping(s).LastProcessingResult!)(s);
      account.change(s);
    }, account.options ?? {});
    const before = diagnose(broken).mappings[0]!;
    const { check } = before.causes[0]!;
    const { fixes } = before.findings.find((finding) => finding.check === check)!;
    expect(fixes.length).toBeGreaterThan(0);
    const fix = fixes.find(({ changes }) => changes.length > 0);
    // What a change would tell of calls that failed is known an hour later.
    if (fix === undefined || check === 'function.errors') return;
    const mended = replayAll(broken, fix.changes);
    // The text is that of the last attempt; with it a trust policy with conditions stays suspect.
    if (check === 'access.trust') mapping(mended).LastProcessingResult = 'OK';
    const after = findingOf(mended, check);
    expect(after.status === 'fail' || (check !== 'mapping.state' && after.status === 'warn')).toBe(false);
    for (const { undo, operation } of fix.changes) if (undo === null) expect(operation).toMatch(/^(Create|Delete)/);
  });
});

test('a trust policy that allows the function as the source is not called one that refuses Lambda', () => {
  const { change } = brokenAccounts.find(({ name }) => name.startsWith('the role may be assumed for another'))!;
  const broken = accountWith((s) => {
    says(cannotAssume)(s);
    change(s);
  });
  expect(findingOf(broken, 'access.trust').title).toMatch(/does not allow lambda\.amazonaws\.com$/);
  const after = findingOf(replayAll(broken, findingOf(broken, 'access.trust').fixes[0]!.changes), 'access.trust');
  expect(after.status).toBe('warn');
  expect(after.title).toMatch(/allows lambda\.amazonaws\.com only with conditions on the source$/);
  expect(after.evidence.map(({ fact }) => fact).join('\n')).not.toMatch(/no statement/);
});

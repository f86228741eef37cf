import { describe, expect, test } from 'vitest';
import { readActions } from '../../src/access/policies/this-tool.js';
import { checks } from '../../src/checks/index.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { nextActions, withNextActions } from '../../src/diagnosis/likely-causes.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import type { ReadRecord } from '../../src/snapshot/read.js';
import { accountWith, deny, roleArn } from '../accounts/account.js';
import { all, mapping, shows, type Change } from '../checks/judging.js';

const refused = shows('PROBLEM: Cluster failed to authorize Lambda.');
const noRole: Change = (snapshot) => {
  deny(snapshot, 'roles', 'iam', 'GetRole');
  deny(snapshot, 'inlinePolicyNames', 'iam', 'ListRolePolicies');
  deny(snapshot, 'attachedPolicies', 'iam', 'ListAttachedRolePolicies');
};
const judged = (...changes: Change[]) => diagnose(accountWith(all(...changes))).mappings[0]!;

describe('likely causes', () => {
  test('of a refused authorization, where the role cannot be read: its permissions, never among the causes', () => {
    const { verdict, causes, likely } = judged(refused, noRole);
    expect([verdict, causes]).toEqual(['unknown', []]);
    expect(likely.map(({ check }) => check)).toEqual([
      'access.kafka-connect',
      'access.kafka-topic',
      'access.kafka-group',
      'access.trust',
    ]);
    for (const { because } of likely) expect(because).not.toBe('');
  });
  test.each([
    { name: 'a mapping that works', changes: [noRole] },
    { name: 'a mapping whose role is read', changes: [refused] },
    { name: 'a text that is not known', changes: [shows('PROBLEM: Something new.'), noRole] },
    {
      name: 'a mapping that a user disabled',
      changes: [noRole, mapping({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED' })],
    },
  ])('none for $name', ({ changes }) => expect(judged(...changes).likely).toEqual([]));
  test('a check that was decided is not likely', () => {
    const checksOf = (...changes: Change[]) => judged(refused, ...changes).likely.map(({ check }) => check);
    expect(checksOf(noRole, (snapshot) => deny(snapshot, 'topics', 'kafka', 'ListTopics'))).toContain('cluster.topic');
    expect(checksOf(noRole)).not.toContain('cluster.topic');
  });
});

describe('missing actions', () => {
  test.each(['timed-out', 'throttled', 'failed'] as const)(
    'a read that %s lacks no permission: the check names the read, and coverage asks for nothing',
    (outcome) => {
      const change: Change = (snapshot) => {
        noRole(snapshot);
        for (const collection of ['roles', 'inlinePolicyNames', 'attachedPolicies'] as const)
          for (const [key, read] of Object.entries(snapshot[collection]))
            Object.assign(snapshot[collection], { [key]: { ...read, outcome, error: 'no answer in time' } });
      };
      const { coverage, mappings } = diagnose(accountWith(change));
      const undecided = mappings[0]!.findings.filter(({ status }) => status === 'unknown');
      expect(undecided.length).toBeGreaterThan(0);
      expect(undecided.flatMap(({ missingActions }) => missingActions)).toEqual([]);
      expect(JSON.stringify(undecided.map(({ evidence }) => evidence))).toContain('iam:GetRole');
      expect(coverage).toMatchObject({ unknown: undecided.length, missingActions: [] });
    },
  );
  test('of a list of mappings that was denied, and of one that timed out', () => {
    const listed = (outcome: 'denied' | 'timed-out') =>
      diagnose(
        accountWith((snapshot) => {
          snapshot.targets = [];
          const action = { service: 'lambda', operation: 'ListEventSourceMappings' };
          snapshot.mappingLists['*'] = {
            outcome,
            ...action,
            action: 'lambda:ListEventSourceMappings',
            error: 'no answer',
          };
        }),
      ).coverage.missingActions;
    expect(listed('denied')).toEqual(['lambda:ListEventSourceMappings']);
    expect(listed('timed-out')).toEqual([]);
  });
  test('are complete: what is read after a refused read is among them', () => {
    const account = sandboxAccounts.find(({ name }) => name === 'half-readable')!.build();
    const { missingActions } = diagnose(account).coverage;
    // The account as it ships has no metrics.
    expect(missingActions.filter((action) => action !== 'cloudwatch:GetMetricData')).toEqual([
      'ec2:DescribeNetworkAcls',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:GetRole',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:ListRolePolicies',
    ]);
  });

  const read = (service: string, operation: string, outcome: ReadRecord['outcome']): ReadRecord => ({
    service,
    operation,
    outcome,
    calls: 1,
    error: null,
  });
  test.each([
    { name: 'nothing', missing: [], reads: [], expected: [] },
    { name: 'a last read', missing: ['kafka:ListTopics'], reads: [], expected: ['kafka:ListTopics'] },
    { name: 'a key', missing: ['kms:DescribeKey'], reads: [], expected: ['kms:DescribeKey', 'kms:GetKeyPolicy'] },
    {
      name: 'a list of policies, while the policies of another role were read',
      missing: ['iam:ListAttachedRolePolicies'],
      reads: [read('iam', 'GetPolicy', 'ok'), read('iam', 'GetPolicyVersion', 'ok')],
      expected: ['iam:ListAttachedRolePolicies'],
    },
    {
      name: 'a read that is refused itself',
      missing: ['iam:ListRolePolicies'],
      reads: [read('iam', 'GetRolePolicy', 'denied')],
      expected: ['iam:GetRolePolicy', 'iam:ListRolePolicies'],
    },
    {
      name: 'a read that answered that there is nothing',
      missing: ['iam:ListRolePolicies'],
      reads: [read('iam', 'GetRolePolicy', 'not-found')],
      expected: ['iam:ListRolePolicies'],
    },
  ])('after $name', ({ missing, reads, expected }) => expect(withNextActions(missing, reads)).toEqual(expected));

  test('follow through a whole chain', () => {
    const actions = withNextActions(['lambda:GetEventSourceMapping'], []);
    expect(actions).toEqual(
      expect.arrayContaining(['iam:GetPolicyVersion', 'ec2:DescribeVpcs', 'ec2:DescribeRouteTables']),
    );
  });

  test('are actions that the policy for doctor grants', () => {
    const granted = Object.entries(readActions).flatMap(([service, names]) =>
      names.map((name) => `${service}:${name}`),
    );
    const named = Object.entries(nextActions).flatMap(([action, next]) => [action, ...next]);
    expect(named.filter((action) => !granted.includes(action))).toEqual([]);
  });
});

describe('the scope of a diagnosis', () => {
  const some = (...ids: string[]) => checks.filter(({ id }) => ids.includes(id));
  const without = (id: string) => checks.filter((check) => check.id !== id);
  const disabled = mapping({ State: 'Disabled', StateTransitionReason: 'USER_INITIATED' });
  const noPermissions: Change = (snapshot) => {
    snapshot.attachedPolicies[roleArn] = { outcome: 'ok', value: [] };
    snapshot.inlinePolicyNames[roleArn] = { outcome: 'ok', value: [] };
  };

  test('is null where every check ran', () => expect(diagnose(accountWith(() => {})).scope).toBeNull());
  test('names what ran and what was left out', () => {
    const { scope } = diagnose(
      accountWith(() => {}),
      without('access.trust'),
    );
    expect(scope).toEqual({ run: without('access.trust').map(({ id }) => id), leftOut: ['access.trust'] });
  });
  test('names a selection of every check, and judges as without one', () => {
    const snapshot = accountWith(() => {});
    const { scope, ...diagnosis } = diagnose(snapshot, [...checks]);
    expect(scope).toEqual({ run: checks.map(({ id }) => id), leftOut: [] });
    expect({ ...diagnosis, names: null }).toEqual({ ...diagnose(snapshot), scope: undefined, names: null });
  });
  test.each([
    { name: 'an error', change: refused, run: some('network.nacl'), verdict: 'broken' },
    { name: 'a mapping that a user disabled', change: disabled, run: without('mapping.state'), verdict: 'disabled' },
    {
      name: 'a mapping that Lambda stopped',
      change: mapping({ State: 'Disabled', StateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR' }),
      run: some('network.nacl'),
      verdict: 'broken',
    },
    { name: 'a mapping that works', change: () => {}, run: some('network.nacl'), verdict: 'healthy' },
    {
      name: 'a disabled mapping whose role lacks permissions',
      change: all(disabled, noPermissions),
      run: some('access.msk-api'),
      verdict: 'broken',
    },
    {
      name: 'a disabled mapping whose permissions are left out',
      change: all(disabled, noPermissions),
      run: some('network.nacl'),
      verdict: 'disabled',
    },
  ])('$name is $verdict, whatever was left out', ({ change, run, verdict }) => {
    const found = diagnose(accountWith(change), run).mappings[0]!;
    expect(found.verdict).toBe(verdict);
    expect(found.hints.join()).not.toContain('All checks ran');
  });
  test('the hint says that checks were left out', () =>
    expect(diagnose(accountWith(refused), some('network.nacl')).mappings[0]!.hints[0]).toMatch(
      /^None of the selected checks explains the error/,
    ));
});

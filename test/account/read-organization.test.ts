import { expect, test } from 'vitest';
import { createClients, type Answerer } from '../../src/account/clients.js';
import { readOrganization } from '../../src/account/scopes/organization.js';
import { account, healthyAccount, region } from '../accounts/account.js';
import { awsError } from './support/answer-from.js';
import { recording } from './support/read.js';

const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const guard = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kafka-cluster:*","Resource":"*"}]}';
const parents: Record<string, string> = { [account]: 'ou-team', 'ou-team': 'ou-all', 'ou-all': 'r-1' };

const organization =
  ({ owner = '999900001111', resourceControl = true }: { owner?: string; resourceControl?: boolean } = {}): Answerer =>
  async ({ operation, input }) => {
    const { ChildId: child, TargetId: target, Filter: filter, PolicyId: id } = input as Record<string, string>;
    const policy = (policyId: string) => ({
      Id: policyId,
      Name: policyId,
      Arn:
        policyId === 'p-full'
          ? 'arn:aws:organizations::aws:policy/service_control_policy/p-full'
          : `arn:aws:organizations::${owner}:policy/o-1/service_control_policy/${policyId}`,
    });
    if (operation === 'ListParents')
      return { Parents: [{ Id: parents[child!], Type: parents[child!] === 'r-1' ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
    if (operation === 'DescribePolicy') return { Policy: { Content: id === 'p-guard' ? guard : everything } };
    if (filter === 'RESOURCE_CONTROL_POLICY') return { Policies: resourceControl ? [policy('p-rcp')] : [] };
    return { Policies: target === 'ou-all' ? [policy('p-full'), policy('p-guard')] : [policy('p-full')] };
  };

async function read(answerer: Answerer) {
  const { answerer: recorded, calls } = recording(answerer);
  const snapshot = healthyAccount();
  await readOrganization(createClients({ region, answerer: recorded }), snapshot, account);
  return { snapshot, calls: calls.map(({ operation }) => operation) };
}

test('the whole tree, from the root to the account, each policy once', async () => {
  const { snapshot, calls } = await read(organization());
  const policies = snapshot.serviceControlPolicies[account];
  expect(policies).toMatchObject({
    outcome: 'ok',
    value: {
      levels: [
        { target: 'r-1' },
        {
          target: 'ou-all',
          policies: [
            { id: 'p-full', document: everything },
            { id: 'p-guard', document: guard },
          ],
        },
        { target: 'ou-team' },
        { target: account },
      ],
    },
  });
  expect(calls.filter((name) => name === 'DescribePolicy')).toHaveLength(3);
  expect(snapshot.resourceControlPolicies[account]).toMatchObject({
    outcome: 'ok',
    value: { levels: [{}, {}, {}, {}] },
  });
});

test('a caller who may not read it costs one call, and nothing is taken for known', async () => {
  const { snapshot, calls } = await read(async () => {
    throw awsError('AccessDeniedException', 400);
  });
  expect(calls).toEqual(['ListParents']);
  expect(snapshot.serviceControlPolicies[account]).toMatchObject({
    outcome: 'denied',
    action: 'organizations:ListParents',
  });
});

test('the management account is bound by none of them', async () => {
  expect((await read(organization({ owner: account }))).snapshot.serviceControlPolicies[account]).toEqual({
    outcome: 'ok',
    value: { levels: [] },
  });
});

test('a kind of policy that is not enabled binds nothing', async () => {
  expect((await read(organization({ resourceControl: false }))).snapshot.resourceControlPolicies[account]).toEqual({
    outcome: 'ok',
    value: { levels: [] },
  });
});

test('one policy that could not be read leaves all of its kind unread', async () => {
  const answer = organization();
  const { snapshot } = await read(async (call) => {
    if (call.operation === 'DescribePolicy' && (call.input as { PolicyId: string }).PolicyId === 'p-guard')
      throw awsError('AccessDeniedException', 400);
    return answer(call);
  });
  expect(snapshot.serviceControlPolicies[account]).toMatchObject({
    outcome: 'denied',
    action: 'organizations:DescribePolicy',
  });
  expect(snapshot.resourceControlPolicies[account]?.outcome).toBe('ok');
});

test('parents without end are not followed without end', async () => {
  let made = 0;
  const { calls } = await read(async ({ operation }) =>
    operation === 'ListParents' ? { Parents: [{ Id: `ou-${made++}` }] } : { Policies: [] },
  );
  expect(calls.filter((name) => name === 'ListParents').length).toBeLessThanOrEqual(11);
});

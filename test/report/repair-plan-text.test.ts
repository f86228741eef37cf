import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { renderRepairPlan, type RepairPlanStyle } from '../../src/report/repair-plan-text.js';
import type { RepairPlan } from '../../src/repair/repair-plan.js';
import { shell } from '../../src/text/shell.js';
import { stepOf } from '../plan/support/repairs.js';

const style: RepairPlanStyle = {
  colour: new Chalk({ level: 0 }),
  columns: 80,
  region: 'eu-west-1',
  mappingName: (uuid) => (uuid === 'm1' ? 'order-handler ← orders' : 'audit-writer ← audit'),
};
const role = stepOf(
  {
    service: 'iam',
    operation: 'PutRolePolicy',
    input: { RoleName: 'order-role', PolicyName: 'kafka', PolicyDocument: '{}' },
    undo: { service: 'iam', operation: 'DeleteRolePolicy', input: { RoleName: 'order-role', PolicyName: 'kafka' } },
  },
  {
    resource: 'arn:aws:iam::111122223333:role/order-role',
    reason: 'The role lacks kafka-cluster:Connect.',
    owner: { tool: 'cloudformation', name: 'orders-app', logicalId: 'OrderRole' },
    resolves: [
      { mapping: 'm1', check: 'access.kafka-connect' },
      { mapping: 'm2', check: 'access.kafka-connect' },
    ],
  },
);
const boundary = stepOf(
  { service: 'iam', operation: 'CreatePolicyVersion', input: { PolicyArn: 'p' }, undo: null },
  { id: 'step-2', resource: 'p', safety: 'risky', dangers: ['Grants more to other roles.'], cost: 'free' },
);
const plan: RepairPlan = {
  accepted: [],
  steps: [role, boundary],
  choices: [
    {
      question: 'The subnets cannot reach STS',
      chosen: 0,
      options: [
        { title: 'Create an endpoint', cost: 'hour', steps: ['step-1'] },
        { title: 'Recreate the NAT gateway', cost: 'free', steps: [] },
      ],
    },
  ],
  byHand: [
    {
      title: 'Recreate the mapping',
      command: shell`msk-lambda recreate ${'m1'} --topic ${'orders'}`,
      resolves: [{ mapping: 'm1', check: 'cluster.topic' }],
    },
  ],
  simulated: { verdict: 'broken', failing: ['cluster.topic'] },
};

test('steps, choices, manual steps, simulation', () => {
  const withheld = [
    { step: role, why: 'owned' },
    { step: boundary, why: 'risky' },
  ] as const;
  expect(renderRepairPlan(plan, { ...style, withheld })).toBe(`Repair plan for 2 mappings: 2 steps, 1 manual step

  1  Add inline policy kafka to role order-role
     The role lacks kafka-cluster:Connect.
     safe, can be undone
     Belongs to stack orders-app (OrderRole): change its template.
       MskLambda:
         Type: AWS::IAM::RolePolicy
         Properties:
           RoleName: order-role
           PolicyName: kafka
           PolicyDocument: {}
     Resolves access.kafka-connect of order-handler ← orders, audit-writer ←
       audit
     Needs --change-owned: the next deployment of the owner may revert a direct
       change.

  2  Make a new default version of policy p
     A sentence that says why.
     affects other resources, cannot be undone
     Danger: Grants more to other roles.
     Needs --allow-risky: --yes does not cover this step.

Choice
  The subnets cannot reach STS
    --choose 1  Create an endpoint (billed per hour, chosen)
    --choose 2  Recreate the NAT gateway

Manual step
  - Recreate the mapping
       msk-lambda recreate m1 --topic orders

Simulated: after this plan this check still fails: cluster.topic.`);
});

test('with withheld steps, the last sentence is about the steps that are made', () => {
  const last = (withheld: RepairPlanStyle['withheld'], failing: RepairPlan['simulated']['failing']) =>
    renderRepairPlan(plan, { ...style, withheld, simulated: { verdict: 'broken', failing } })
      .split('\n\n')
      .at(-1)!
      .replaceAll('\n', ' ');
  const risky = [{ step: boundary, why: 'risky' }] as const;
  expect(last(risky, ['access.kafka-connect', 'cluster.topic'])).toBe(
    'Simulated: after the steps that are made these checks still fail: access.kafka-connect, cluster.topic.',
  );
  expect(last(risky, [])).toBe('Simulated: after the steps that are made every check passes.');
  expect(last([{ step: role, why: 'owned' }, ...risky], ['cluster.topic'])).toBe('No step is made: each needs a flag.');
});

test('services as AWS spells them, and resources with their names', () => {
  const endpoint = stepOf(
    {
      service: 'ec2',
      operation: 'CreateVpcEndpoint',
      input: {
        VpcEndpointType: 'Interface',
        VpcId: 'vpc-0a1b2c3d4e5f60001',
        ServiceName: 'com.amazonaws.eu-west-1.secretsmanager',
      },
      undo: null,
    },
    { resource: 'vpc-0a1b2c3d4e5f60001', dangers: ['Every client in vpc-0a1b2c3d4e5f60001 then uses it.'] },
  );
  const names: RepairPlanStyle['names'] = {
    account: null,
    region: 'eu-west-1',
    caller: null,
    ownerOf: () => null,
    byId: new Map([['vpc-0a1b2c3d4e5f60001', { name: 'orders-vpc', isUnique: true, zone: null }]]),
  };
  const text = renderRepairPlan(
    { ...plan, steps: [endpoint], choices: [], byHand: [] },
    { ...style, columns: 120, names },
  );
  expect(text).toContain('1  Create an interface endpoint for Secrets Manager in orders-vpc (vpc-0a1b2c3d4e5f60001)\n');
  expect(text).toContain('Every client in orders-vpc then uses it.');
});

test('names from AWS cannot control the terminal', () => {
  const hostile = stepOf(
    { ...boundary, service: 'kms', operation: 'EnableKey', undo: null },
    { resource: 'k\u001B[2J', reason: 'r\u001B[2J' },
  );
  const text = renderRepairPlan({ ...plan, steps: [hostile] }, { ...style, showCalls: true });
  expect(text).not.toContain('\u001B');
});

test('nothing to repair, and what the simulation cannot tell', () => {
  const simulated = { verdict: 'healthy' as const, failing: [] };
  const none: RepairPlan = { steps: [], choices: [], byHand: [], simulated, accepted: [] };
  expect(renderRepairPlan(none, style)).toBe('Repair plan: nothing to repair.');
  expect(renderRepairPlan({ ...none, simulated: { verdict: 'unknown', failing: [] } }, style)).toMatch(
    /no step\. No cause/,
  );
  const unsure = { ...none, steps: [boundary], simulated: { verdict: 'unknown', failing: [] } } as RepairPlan;
  expect(renderRepairPlan(unsure, style)).toMatch(/Not simulated completely: /);
});

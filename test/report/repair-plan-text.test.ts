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

test('names from AWS cannot control the terminal', () => {
  const hostile = stepOf(
    { ...boundary, service: 'kms', operation: 'EnableKey', undo: null },
    { resource: 'k\u001B[2J', reason: 'r\u001B[2J' },
  );
  const text = renderRepairPlan({ ...plan, steps: [hostile] }, { ...style, showCalls: true });
  expect(text).not.toContain('\u001B');
});

test('nothing to repair, and what the simulation cannot tell', () => {
  const none: RepairPlan = { steps: [], choices: [], byHand: [], simulated: { verdict: 'healthy', failing: [] } };
  expect(renderRepairPlan(none, style)).toBe('Repair plan: nothing to repair.');
  expect(renderRepairPlan({ ...none, simulated: { verdict: 'unknown', failing: [] } }, style)).toMatch(
    /no step\. No cause/,
  );
  const unsure = { ...none, steps: [boundary], simulated: { verdict: 'unknown', failing: [] } } as RepairPlan;
  expect(renderRepairPlan(unsure, style)).toMatch(/Not simulated completely: /);
});

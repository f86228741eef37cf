/** A finding that the project accepts is not repaired, and does not count in the simulated result. */
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { withoutSuppressed } from '../../src/diagnosis/suppress.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import { renderRepairPlan } from '../../src/report/repair-plan-text.js';
import { healthyAccount } from '../../src/sandbox/healthy.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';
import { Chalk } from 'chalk';

/** The healthy account with faults of sandbox accounts. `text`: what Lambda shows. */
function accountOf(text: string, ...faults: string[]): Snapshot {
  const snapshot = healthyAccount({});
  for (const name of faults) sandboxAccounts.find((account) => account.name === name)!.fault!.break(snapshot);
  for (const read of Object.values(snapshot.mappings))
    if (read.outcome === 'ok') Object.assign(read.value, { LastProcessingResult: text });
  return snapshot;
}

function planOf(snapshot: Snapshot, check: string, resource = '*') {
  const entry = { check, resource, reason: 'planned', until: '2099-01-01', command: null, line: 1 };
  const request = { suppressions: [entry], file: '.msk-lambda.yaml', now: new Date(), isWhole: true };
  return buildRepairPlan(snapshot, withoutSuppressed(diagnose(snapshot), request));
}
const resolvedBy = ({ steps }: ReturnType<typeof planOf>) => [
  ...new Set(steps.filter(({ isChosen }) => isChosen).flatMap(({ resolves }) => resolves.map(({ check }) => check))),
];

const denied = 'PROBLEM: Cluster failed to authorize Lambda.';

describe('a mapping that works', () => {
  const snapshot = accountOf('OK', 'group-forgotten', 'no-self-reference');
  test('without a suppression both faults are repaired', () => {
    expect(resolvedBy(planOf(snapshot, 'access.trust')).toSorted()).toEqual([
      'access.kafka-group',
      'network.broker-ingress',
    ]);
  });
  test.each([
    ['access.kafka-group', 'network.broker-ingress', 'ec2'],
    ['network.broker-ingress', 'access.kafka-group', 'iam'],
  ])('%s is accepted: only %s is repaired, and then nothing fails', (accepted, repaired, service) => {
    const plan = planOf(snapshot, accepted);
    expect(resolvedBy(plan)).toEqual([repaired]);
    expect(new Set(plan.steps.map((step) => step.service))).toEqual(new Set([service]));
    expect(plan.byHand).toEqual([]);
    expect(plan.simulated).toEqual({ verdict: 'healthy', failing: [] });
  });
  test('all are accepted: nothing to repair', () => {
    const plan = planOf(snapshot, '*');
    expect(plan).toMatchObject({ steps: [], byHand: [], simulated: { verdict: 'healthy', failing: [] } });
  });
});

describe('a mapping for which Lambda shows an error', () => {
  test('its first cause is accepted: no step, and it stays broken', () => {
    const plan = planOf(accountOf(denied, 'group-forgotten'), 'access.*');
    expect(plan).toMatchObject({
      steps: [],
      byHand: [],
      simulated: { verdict: 'broken', failing: ['access.kafka-group'] },
    });
    expect(renderRepairPlan(plan, { colour: new Chalk({ level: 0 }), columns: 200, region: 'eu-west-1' })).toBe(
      'Repair plan: no step. The configuration file accepts access.kafka-group, and accepted findings are not repaired.',
    );
  });
  test('another finding is accepted: the cause is repaired, and the mapping works then', () => {
    const plan = planOf(accountOf(denied, 'group-forgotten', 'no-self-reference'), 'network.*');
    expect(resolvedBy(plan)).toEqual(['access.kafka-group']);
    expect(plan.simulated).toEqual({ verdict: 'healthy', failing: [] });
  });
});

test('of several resources with the fault, one that nobody accepts is repaired', () => {
  const snapshot = accountOf('OK', 'group-forgotten', 'no-self-reference');
  expect(resolvedBy(planOf(snapshot, 'network.*', 'sg-0000000000000ffff'))).toContain('network.broker-ingress');
});

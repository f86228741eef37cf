import { expect, test } from 'vitest';
import { selectSteps } from '../../src/plan/repair.js';
import type { RepairStep } from '../../src/repair/repair-plan.js';
import { stepOf } from './support/repairs.js';

const change = { service: 'kms', operation: 'EnableKey', input: { KeyId: 'k' }, undo: null };
const step = (id: string, more: Partial<RepairStep> = {}): RepairStep => stepOf(change, { id, ...more });
const finding = (check: string) => [{ mapping: 'm', check }] as RepairStep['resolves'];
const select = (steps: RepairStep[], allowed: { risky?: boolean; owned?: boolean } = {}) => {
  const { made, withheld } = selectSteps(steps, {
    risky: () => allowed.risky === true,
    owned: () => allowed.owned === true,
  });
  return { made: made.map(({ id }) => id), withheld: withheld.map(({ step: { id }, why }) => `${id} ${why}`) };
};

const owner = { tool: 'cloudformation', name: 'orders-app', logicalId: 'Role' } as const;

test('safe and care are made, in order; options that are not chosen are left out', () => {
  expect(select([step('1'), step('2', { safety: 'care' }), step('3', { isChosen: false })])).toEqual({
    made: ['1', '2'],
    withheld: [],
  });
});

test('a risky step needs permission, and so do later steps for the same finding', () => {
  const steps = [
    step('1', { resolves: finding('secret.kms') }),
    step('2', { safety: 'risky', resolves: finding('secret.kms') }),
    step('3', { resolves: finding('secret.kms') }),
    step('4', { resolves: finding('access.trust') }),
  ];
  expect(select(steps)).toEqual({ made: ['1', '4'], withheld: ['2 risky', '3 depends'] });
  expect(select(steps, { risky: true })).toEqual({ made: ['1', '2', '3', '4'], withheld: [] });
});

test('a resource that a stack owns is changed on request only', () => {
  const steps = [step('1', { owner }), step('2', { owner, safety: 'risky' })];
  expect(select(steps)).toEqual({ made: [], withheld: ['1 owned', '2 risky'] });
  expect(select(steps, { owned: true })).toEqual({ made: ['1'], withheld: ['2 risky'] });
  expect(select(steps, { owned: true, risky: true })).toEqual({ made: ['1', '2'], withheld: [] });
});

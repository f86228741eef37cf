/** A plan of every kind, for what holds of all of them. */
import type { Finding } from '../../../src/checks/run.js';
import { diagnose } from '../../../src/diagnosis/diagnose.js';
import { differences } from '../../../src/mapping/differences.js';
import type { MappingChanges } from '../../../src/mapping/settings.js';
import { planNew } from '../../../src/plan/create.js';
import { planDelete } from '../../../src/plan/delete.js';
import { planFix } from '../../../src/plan/fix.js';
import type { Plan } from '../../../src/plan/plan.js';
import { newRecreation, planRecreate } from '../../../src/plan/recreate.js';
import { planSecret } from '../../../src/plan/secret.js';
import { planTopic } from '../../../src/plan/topic.js';
import { planUpdate } from '../../../src/plan/update.js';
import { capturedAt, clusterArn, keyArn } from '../../../src/sandbox/healthy.js';
import { openAccount } from '../../../src/sandbox/index.js';
import { least } from '../../mapping/support/settings.js';
import { orders, sound } from './execution.js';

export const account = 'rights-by-wildcard';
export const wait = { wanted: true, asked: true };
export const noWait = { wanted: false, asked: false };
export const payments = { ...least, topic: 'payments' };

export const update = (wanted: MappingChanges, choice = wait) => {
  const mapping = orders(account);
  return planUpdate({ mapping, wanted, differences: differences(mapping, wanted, {}) }, sound, choice);
};

/** The first fix of a broken account that calls can make. */
export function firstFix(): Plan {
  const finding = diagnose(openAccount('no-self-reference')!.snapshot()).mappings[0]!.findings.find(
    ({ status, fixes }) => status === 'fail' && (fixes[0]?.changes.length ?? 0) > 0,
  ) as Finding;
  return planFix(finding.fixes[0]!, finding);
}

interface Case {
  account: string;
  plan: Plan;
  /** What the plan may not hold. */
  secrets?: Record<string, string>;
}

/** By name: the plan, and the account in which it is carried out. */
export const plans: Record<string, () => Case> = {
  create: () => ({ account, plan: planNew({ settings: payments, wait }, { preflight: sound, groupUsers: null }) }),
  'create --disabled-test --rollback': () => ({
    account,
    plan: planNew(
      { settings: payments, wait, disabledTest: true, rollback: true },
      { preflight: sound, groupUsers: null },
    ),
  }),
  update: () => ({ account, plan: update({ batchSize: 7, tags: { team: 'orders' } }) }),
  disable: () => ({ account, plan: update({ enabled: false }) }),
  delete: () => ({ account, plan: planDelete(orders(account), wait) }),
  recreate: () => {
    const mapping = orders(account);
    const recreation = newRecreation({
      mapping,
      changes: { topic: 'payments', startingPosition: 'TRIM_HORIZON' },
      tags: { outcome: 'ok', value: { team: 'orders' } },
      now: new Date(capturedAt),
    });
    return { account, plan: planRecreate(mapping, recreation, sound, wait) };
  },
  'topic create': () => ({
    account: 'endpoints',
    plan: planTopic(
      clusterArn,
      { name: 'returns', partitions: 6, replicationFactor: 3, config: { 'retention.ms': '1000' } },
      { waits: true },
    ),
  }),
  'secret create': () => ({
    account: 'scram',
    plan: planSecret({ name: 'AmazonMSK_new', description: 'a user', keyArn, clusterArn }),
    secrets: { '(not shown)': '{"username":"reader","password":"marked-word"}' },
  }),
  'doctor --fix': () => ({ account: 'no-self-reference', plan: firstFix() }),
};

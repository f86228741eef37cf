/** A fix has the same safety in a finding and in the repair plan. */
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { withAssessedFixes } from '../../src/repair/assess-findings.js';
import { buildRepairPlan } from '../../src/repair/build-repair-plan.js';
import { sandboxAccounts } from '../../src/sandbox/index.js';
import { ok } from '../../src/snapshot/read.js';
import type { Snapshot } from '../../src/snapshot/snapshot.js';

const gravity = ['safe', 'care', 'risky'];

describe.each(sandboxAccounts.map((account) => [account.name, account] as const))('%s', (_, account) => {
  test('no fix of a cause is labelled safer than the same call in the plan', () => {
    const snapshot = account.build();
    const diagnosis = diagnose(snapshot);
    const fixes = diagnosis.mappings
      .map((mapping) => withAssessedFixes(snapshot, mapping))
      .flatMap(({ findings }) => findings.flatMap((finding) => finding.fixes));
    for (const step of buildRepairPlan(snapshot, diagnosis).steps) {
      const same = fixes.find(({ changes }) =>
        changes.some((change) => JSON.stringify(change.input) === JSON.stringify(step.input)),
      );
      if (same !== undefined)
        expect(gravity.indexOf(same.safety), same.title).toBeGreaterThanOrEqual(gravity.indexOf(step.safety));
    }
  });
});

test('a role that another function has makes a new permission risky', () => {
  const alone = sandboxAccounts.find(({ name }) => name === 'group-forgotten')!.build();
  const [arn, read] = Object.entries(alone.functions)[0]!;
  if (read.outcome !== 'ok') throw new Error('the function of the sandbox is read');
  const fixIn = (snapshot: Snapshot) =>
    withAssessedFixes(snapshot, diagnose(snapshot).mappings[0]!).findings.find(
      ({ check }) => check === 'access.kafka-group',
    )!.fixes[0]!;
  expect(fixIn(alone).safety).toBe('safe');
  const other = ok({ ...read.value, FunctionName: 'other', FunctionArn: `${arn}-other` });
  const shared = { ...alone, functions: { ...alone.functions, [`${arn}-other`]: other } };
  expect(fixIn(shared).safety).toBe('risky');
});

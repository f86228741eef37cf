/** The plan that applies a fix. */
import type { Finding } from '../checks/run.js';
import type { Fix } from '../fixes/fix.js';
import { plannedCall } from './calls.js';
import type { StepResult } from './execution/result.js';
import { planOf, type FixStep, type Plan } from './plan.js';

/** `finding`: the finding that the fix is for. */
export const planFix = ({ title, safety, changes }: Fix, finding: Finding): Plan<FixStep> =>
  planOf(
    {
      kind: 'fix',
      title,
      safety,
      wait: null,
      onlyAfterSuccess: false,
      calls: changes.map(({ undo, ...call }) => {
        const what = `${title} (${call.service} ${call.operation})`;
        return plannedCall(
          call,
          `part of the fix “${title}”`,
          { rule: 'sdk' },
          {
            undo,
            interrupted: {
              during: `The call was sent, its result is unknown: ${what}.`,
              after: [`Done: ${what}.`],
              replaces: false,
            },
          },
        );
      }),
    },
    { findings: [finding] },
  );

/** The applied part of a fix, with the calls that undo it; null where nothing was applied. */
export function madeFix(fix: Fix, { calls }: StepResult): Fix | null {
  const changes = fix.changes.slice(0, calls.filter(({ outcome }) => outcome === 'made').length);
  return changes.length === 0 ? null : { ...fix, changes };
}

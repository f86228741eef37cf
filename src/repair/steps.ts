/** The collected calls as steps: merged by resource and in a working order, those of options that are not chosen last. */
import { costOf } from '../fixes/cost.js';
import type { Change } from '../fixes/fix.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { assess } from './assess-safety.js';
import { mergeChanges, mergeKey } from './merge-changes.js';
import { inWorkingOrder } from './order-of-calls.js';
import { ownerOf } from '../snapshot/owner.js';
import { grantedBy, isStatementSet } from './role-grants.js';
import type { RepairChoice, RepairStep } from './repair-plan.js';
import { resourceOf } from './resource-of.js';
import type { Rounds } from './rounds.js';
import type { TakenChange } from './taken-fix.js';

/** A step with the collected calls that it consists of. */
export interface DraftStep extends RepairStep {
  contributions: readonly TakenChange[];
}

interface Merged extends Change {
  contributions: TakenChange[];
}

/** `isAnswered`: the user has chosen, so that the steps of other options are left out. */
export function stepsOf(
  { taken, choices }: Pick<Rounds, 'taken' | 'choices'>,
  snapshot: Snapshot,
  isAnswered: boolean,
): { steps: DraftStep[]; choices: RepairChoice[] } {
  const chosen = inWorkingOrder(merged(taken)).map((step) => ({ step, isChosen: true }));
  const others = isAnswered
    ? []
    : choices.all.flatMap(({ changes, chosen: option }) =>
        changes.flatMap((ofOption, index) =>
          index === option ? [] : inWorkingOrder(merged(ofOption)).map((step) => ({ step, isChosen: false })),
        ),
      );
  const steps = [...chosen, ...others].map(({ step, isChosen }, index): DraftStep => {
    const { contributions, ...change } = step;
    return {
      ...change,
      id: `step-${index + 1}`,
      resource: resourceOf(snapshot, change),
      reason: reasonOf(change, contributions),
      ...assess(
        snapshot,
        change,
        contributions.map((taken) => taken.for.mapping),
      ),
      cost: costOf({ changes: [change] }),
      owner: ownerOf(snapshot, change),
      resolves: [],
      isChosen,
      contributions,
    };
  });
  return {
    steps,
    choices: choices.all.map(({ question, titles, costs, chosen: option }, choice) => ({
      question,
      options: titles.map((title, index) => ({
        title,
        cost: costs[index]!,
        steps: steps
          .filter(({ contributions, isChosen }) => {
            const isOfOption = contributions.some(({ option: of }) => of?.choice === choice && of.option === index);
            return isOfOption && isChosen === (index === option);
          })
          .map(({ id }) => id),
      })),
      chosen: option,
    })),
  };
}

function merged(taken: readonly TakenChange[]): Merged[] {
  const byKey = new Map<string, Merged>();
  for (const item of taken) {
    const key = mergeKey(item.change);
    const earlier = byKey.get(key);
    // Removed and set again, so that a resource is written after everything that its content was computed from.
    byKey.delete(key);
    byKey.set(key, {
      ...(earlier === undefined ? item.change : mergeChanges(earlier, item.change)),
      contributions: [...(earlier?.contributions ?? []), item],
    });
  }
  return [...byKey.values()];
}

const mostReasons = 3;

/** The titles of the findings as one sentence; for a statement set all actions that the role lacks. */
function reasonOf(change: Change, contributions: readonly TakenChange[]): string {
  if (isStatementSet(change)) {
    const before = new Set(
      change.undo === null ? [] : grantedBy(change.undo).map((statement) => JSON.stringify(statement)),
    );
    const added = grantedBy(change).filter((statement) => !before.has(JSON.stringify(statement)));
    const actions = [...new Set(added.flatMap(({ Action }) => Action))];
    return `The execution role ${String(change.input['RoleName'])} lacks ${actions.join(', ')}.`;
  }
  const reasons = [...new Set(contributions.map(({ reason }) => reason))];
  const rest = reasons.length - mostReasons;
  return `${reasons.slice(0, mostReasons).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

/** Combines the results of several steps into one answer. Pure. */
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { Mapping } from '../snapshot/resources/index.js';
import type { ChangeOutcome, ChangeResult } from './change-result.js';
import type { MappingStep, Plan } from './plan.js';

export interface ChangeSummary {
  outcome: ChangeOutcome;
  message: string;
  changed: number;
  /** The mapping of the only step; null where there is none, or several steps. */
  mapping: Mapping | null;
  mappings: Mapping[];
  blockers: readonly string[];
  unanswered: boolean;
}

/** The most severe outcome counts. `labels`: what each step is about. */
export function summarizeChanges(results: readonly ChangeResult[], labels: readonly string[]): ChangeSummary {
  const [gravest] = results.toSorted((a, b) => gravity.indexOf(a.outcome) - gravity.indexOf(b.outcome));
  return {
    outcome: gravest?.outcome ?? 'nothing-to-do',
    message: messageOf(results, labels),
    changed: results.reduce((sum, { changed }) => sum + changed, 0),
    blockers: results.flatMap(({ blockers }) => blockers ?? []),
    unanswered: gravest?.unanswered ?? false,
    ...ofMappings(results.map(({ mapping }) => mapping)),
  };
}

/** Most severe first. */
const gravity: readonly ChangeOutcome[] = [
  'failed',
  'refused',
  'blocked',
  'undecided',
  'planned',
  'done',
  'nothing-to-do',
];

export const ofMappings = (mappings: readonly (Mapping | null)[]): Pick<ChangeSummary, 'mapping' | 'mappings'> => {
  const existing = mappings.filter((mapping) => mapping !== null);
  return { mapping: mappings.length === 1 ? (existing[0] ?? null) : null, mappings: existing };
};

/** A label for the sentences of each step; empty where there is only one step. */
export const stepLabels = (steps: readonly MappingStep[]): string[] =>
  steps.map(({ connects: { FunctionArn: functionArn, Topics: topics } }) =>
    steps.length === 1 ? '' : `${qualifiedNameOf(functionArn) ?? ''} ← ${topics[0] ?? ''}: `,
  );

/** All obstacles of a plan in sentences; empty where nothing blocks it. */
export function obstacleSentences({ steps, obstacles }: Plan<MappingStep>): string {
  const labels = stepLabels(steps);
  return obstacles.map(({ step, sentence }) => labels[step]! + sentence).join(' ');
}

/** In a long answer, unchanged mappings are only counted. */
function messageOf(results: readonly ChangeResult[], labels: readonly string[]): string {
  if (results.length === 0) return 'Nothing to do.';
  if (results.length === 1) return results[0]!.message;
  const changed = results.flatMap(({ outcome, message }, index) =>
    outcome === 'nothing-to-do' ? [] : [labels[index]! + message],
  );
  const same = results.length - changed.length;
  const rest =
    same === 0
      ? []
      : [
          changed.length === 0
            ? `All ${same} mappings already have these settings. Nothing was changed.`
            : `${same} of ${results.length} mappings already ${same === 1 ? 'has' : 'have'} these settings.`,
        ];
  return [...changed, ...rest].join(' ');
}

/** The step of one mapping, and the failing checks that block it. */
import type { Preflight } from '../mapping/preflight.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { planOf, type MappingStep, type Obstacle, type Plan, type WaitCondition } from './plan.js';

/** A step; absent members get the value for “none”. */
export const mappingStep = (
  { kind, action }: Pick<MappingStep, 'kind' | 'action'>,
  connects: MappingStep['connects'] | Mapping,
  more: Partial<MappingStep> = {},
): MappingStep => ({
  kind,
  action,
  mapping: null,
  connects: {
    ...(connects.FunctionArn === undefined ? {} : { FunctionArn: connects.FunctionArn }),
    ...(connects.EventSourceArn === undefined ? {} : { EventSourceArn: connects.EventSourceArn }),
    Topics: connects.Topics,
  },
  differences: [],
  calls: [],
  wait: null,
  settings: null,
  noChangeReason: null,
  announcement: null,
  standing: null,
  readBack: false,
  onlyAfterSuccess: false,
  rollback: null,
  ...more,
});

/** A mapping that needs no change, or cannot be changed as requested: `obstacle` says why. */
export const planNoChange = (
  mapping: Mapping,
  noChangeReason: string,
  {
    differences = [],
    wait = null,
    obstacle,
  }: Partial<Pick<MappingStep, 'differences' | 'wait'>> & { obstacle?: Omit<Obstacle, 'step'> } = {},
): Plan<MappingStep> =>
  planOf(mappingStep({ kind: 'none', action: 'none' }, mapping, { mapping, differences, wait, noChangeReason }), {
    obstacles: obstacle === undefined ? [] : [obstacle],
  });

/** A step with the findings of the checks; `other` is a further obstacle. */
export function checkedPlan(
  step: MappingStep,
  preflight: Preflight,
  { other = null, notes = [] }: { other?: Omit<Obstacle, 'step'> | null; notes?: readonly string[] } = {},
): Plan<MappingStep> {
  const parts = [other, obstacleOf(preflight)].filter((part) => part !== null);
  return planOf(step, {
    findings: preflight.findings,
    undecided: [...undecidedNotes(preflight), ...notes],
    obstacles:
      parts.length === 0
        ? []
        : [
            {
              checks: parts.flatMap(({ checks }) => checks),
              sentence: parts.map(({ sentence }) => sentence).join(' '),
            },
          ],
  });
}

/** Failing checks, or an assertion about the authentication that is wrong; null where nothing blocks the step. */
export function obstacleOf({ blockers, otherAuth }: Preflight): Omit<Obstacle, 'step'> | null {
  const checks = blockers.map(({ check }) => check);
  const sentences = [
    ...(otherAuth === null ? [] : [otherAuth]),
    ...(checks.length === 0
      ? []
      : [
          `${checks.length === 1 ? 'A failing check blocks it' : `${checks.length} failing checks block it`}: ${checks.join(', ')}.`,
        ]),
  ];
  return sentences.length === 0 ? null : { checks, sentence: sentences.join(' ') };
}

const mostNamed = 6;

/** The checks that could not be decided. */
function undecidedNotes({ undecided, authUnknown }: Preflight): string[] {
  const auth = authUnknown ? ['Could not determine which authentication method Lambda will select.'] : [];
  if (undecided.length === 0) return auth;
  const checks = undecided.map(({ check }) => check);
  const more = checks.length > mostNamed ? ` and ${checks.length - mostNamed} more` : '';
  return [
    ...auth,
    `${checks.length === 1 ? 'Could not run one check' : `Could not run ${checks.length} checks`}: ${checks.slice(0, mostNamed).join(', ')}${more}.`,
  ];
}

/** Waits until the mapping works; `uuid` may be a placeholder. */
export const untilWorking = (
  uuid: string,
  { enabled, textBefore = null, restart = 0 }: { enabled: boolean; textBefore?: string | null; restart?: number },
): WaitCondition => ({ until: 'working', uuid, progress: 'Waiting', enabled, textBefore, restart });

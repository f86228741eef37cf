/** The plan that deletes a mapping. The offsets of its consumer group stay in the cluster. */
import type { Mapping } from '../snapshot/resources/index.js';
import { deleteCall, groupOf, plannedCall, undoDelete } from './calls.js';
import { mappingStep, planNoChange } from './mapping-step.js';
import { planOf, type MappingStep, type Plan, type WaitChoice, type WaitCondition } from './plan.js';

/** A mapping that is already being deleted is only waited for. */
export function planDelete(mapping: Mapping, { wanted: waits }: WaitChoice): Plan<MappingStep> {
  const { UUID: uuid } = mapping;
  const wait: WaitCondition | null = waits ? { until: 'gone', uuid, progress: 'Deleting' } : null;
  if (mapping.State === 'Deleting')
    return planNoChange(mapping, `The mapping ${uuid} is already being deleted.`, { wait });
  const resume = howToResume(mapping);
  const call = plannedCall(
    deleteCall(uuid),
    'delete the mapping',
    { rule: 'repeat', ifGone: 'finished' },
    {
      undo: undoDelete(mapping),
      progress: 'Deleting',
      interrupted: {
        during: `The call to delete the mapping ${uuid} was sent, its result is unknown. ${resume}`,
        after: [`The mapping ${uuid} is being deleted. ${resume}`],
        replaces: false,
      },
    },
  );
  return planOf(
    mappingStep({ kind: 'delete', action: 'delete' }, mapping, {
      mapping,
      calls: [call],
      wait,
      // Its replacement must exist first.
      onlyAfterSuccess: true,
    }),
  );
}

/** How to continue from the offsets of a deleted mapping. */
export const howToResume = (mapping: Mapping): string =>
  `A new mapping with --consumer-group ${groupOf(mapping)} resumes from its committed offsets.`;

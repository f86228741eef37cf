/** The part of a change that deletes a mapping. */
import { changePatiently } from '../../mapping/retry.js';
import { waitUntilGone } from '../../mapping/wait.js';
import type { AwsCall } from '../../aws/call.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { notChanged, stepOf } from './answer.js';
import { patiently, underWay, type ChangeSession } from './session.js';
import { nothingToDo, unchecked, type Performed, type Unit } from './unit.js';

export const deleteCall = (uuid: string): AwsCall => ({
  service: 'lambda',
  operation: 'DeleteEventSourceMapping',
  input: { UUID: uuid },
});

/** Deletes it; its consumer group's offsets stay in the cluster. */
export function planDelete(session: ChangeSession, mapping: Mapping): Unit {
  const { UUID: uuid, State: state } = mapping;
  if (state === 'Deleting') {
    const unit = nothingToDo(stepOf('none', mapping), mapping, `The mapping ${uuid} is being deleted already.`);
    return !session.waits || session.options.dryRun === true
      ? unit
      : { ...unit, perform: async () => ({ ...(await remove(session, mapping)), changed: 0 }) };
  }
  return {
    ...unchecked,
    step: stepOf('delete', mapping, { calls: [deleteCall(uuid)] }),
    mapping,
    perform: () => remove(session, mapping),
  };
}

async function remove(session: ChangeSession, mapping: Mapping): Promise<Performed> {
  const { UUID: uuid } = mapping;
  const group = mapping.AmazonManagedKafkaEventSourceConfig?.ConsumerGroupId ?? uuid;
  const resume = `A new mapping with --consumer-group ${group} goes on where it stopped.`;
  if (mapping.State !== 'Deleting') {
    const asking = patiently(session, 'Deleting', (patience) =>
      changePatiently(session.clients, deleteCall(uuid), patience),
    );
    const applied = await underWay(session, `AWS was being asked to delete the mapping ${uuid}. ${resume}`, asking);
    if (applied.outcome === 'not-found')
      return { outcome: 'nothing-to-do', message: `The mapping ${uuid} is gone already.`, changed: 0, mapping: null };
    if (applied.outcome !== 'ok') return { ...notChanged(applied, uuid), changed: 0, mapping };
    session.soFar.push(`The mapping ${uuid} is being deleted. ${resume}`);
  }
  if (!session.waits)
    return {
      outcome: 'done',
      message: `The mapping ${uuid} is being deleted. ${resume}`,
      changed: 1,
      mapping: { ...mapping, State: 'Deleting' },
    };
  const waited = await patiently(session, 'Deleting', (patience) => waitUntilGone(session.clients, uuid, patience));
  if (waited.outcome === 'gone')
    return { outcome: 'done', message: `The mapping ${uuid} was deleted. ${resume}`, changed: 1, mapping: null };
  return {
    outcome: 'undecided',
    message: `The mapping ${uuid} is being deleted, but is not gone yet: ${waited.because}`,
    changed: 1,
    mapping: waited.mapping,
  };
}

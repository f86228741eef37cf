/** After a mapping was made: the test while it is disabled, the waiting, and taking it back where it does not work. */
import { getMapping } from '../../account/apply.js';
import { changePatiently } from '../../mapping/retry.js';
import { judgeStanding } from '../../mapping/preflight.js';
import type { MappingSettings } from '../../mapping/settings.js';
import type { AwsCall } from '../../aws/call.js';
import { waitUntilGone, waitUntilSettled } from '../../mapping/wait.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { refusalMessage } from './answer.js';
import { inTheWay } from './check.js';
import { watchMapping } from './outcome.js';
import { patiently, read, type ChangeSession } from './session.js';
import type { Performed } from './unit.js';

export interface FinishOptions {
  disabledTest?: true;
  rollback?: true;
  force?: true;
}

export const enableCall = (uuid: string): AwsCall => ({
  service: 'lambda',
  operation: 'UpdateEventSourceMapping',
  input: { UUID: uuid, Enabled: true },
});

export interface Before {
  /** 0 for one that was found half-made. */
  changed: number;
}

/** What is said in the end of a mapping that was just made, or found half-made. */
export async function finishNew(
  session: ChangeSession,
  options: FinishOptions,
  settings: MappingSettings,
  mapping: Mapping,
  { changed }: Before,
): Promise<Performed> {
  const { UUID: uuid } = mapping;
  const made = changed > 0 ? `The mapping ${uuid} was made.` : `The mapping ${uuid} is there already.`;
  session.soFar.push(`${made} It stays. Go on with \`msk-lambda doctor ${uuid} --wait\`.`);
  const base = { mapping, changed };
  if (options.disabledTest === true) {
    const tested = await testDisabled(session, options, mapping);
    if (tested !== null)
      return takeBack(session, options, uuid, { ...base, ...tested, message: `${made} ${tested.message}` });
  }
  if (!session.waits && options.rollback !== true && options.disabledTest !== true)
    return {
      ...base,
      outcome: 'done',
      message: `${made} It is ${mapping.State ?? 'Creating'}; whether it works tells \`msk-lambda doctor ${uuid}\` in some minutes.`,
    };
  const watched = await watchMapping(session, mapping, { enabled: settings.enabled ?? true, textBefore: null });
  const outcome: Performed = {
    ...base,
    outcome: watched.outcome,
    mapping: watched.mapping,
    message: `${made} ${watched.message}`,
    ...(watched.outcome === 'failed' ? { findings: watched.findings, blockers: watched.causes } : {}),
  };
  return watched.outcome === 'failed' ? takeBack(session, options, uuid, outcome) : outcome;
}

/** The checks once more, now on the mapping itself; enables it when it is sound. Gives what ended it, or null. */
async function testDisabled(
  session: ChangeSession,
  options: FinishOptions,
  mapping: Mapping,
): Promise<(Pick<Performed, 'outcome' | 'message'> & Partial<Performed>) | null> {
  const { UUID: uuid } = mapping;
  const settled = await patiently(session, 'Waiting', (patience) => waitUntilSettled(session.clients, uuid, patience));
  if (settled.outcome !== 'good')
    return { outcome: settled.outcome === 'gone' ? 'failed' : 'undecided', message: settled.because };
  const { snapshot } = await read(session, { targets: [uuid] });
  const judged = judgeStanding(snapshot, settled.mapping ?? mapping);
  const way = inTheWay(judged);
  if (way !== null && options.force !== true)
    return {
      outcome: 'failed',
      mapping: settled.mapping,
      message: `It stays disabled. ${way.sentence}`,
      findings: judged.findings,
      blockers: way.ids,
    };
  const enabled = await patiently(session, 'Enabling', (patience) =>
    changePatiently(session.clients, enableCall(uuid), patience),
  );
  return enabled.outcome === 'ok'
    ? null
    : {
        outcome: 'refused',
        mapping: settled.mapping,
        message: `It was sound, but could not be enabled. ${refusalMessage(enabled)}`,
      };
}

/** With --rollback: deletes it, and says so. */
async function takeBack(
  session: ChangeSession,
  { rollback }: FinishOptions,
  uuid: string,
  outcome: Performed,
): Promise<Performed> {
  if (rollback !== true || outcome.outcome === 'undecided') return outcome;
  const deleted = await patiently(session, 'Deleting', async (patience) => {
    const answer = await changePatiently(
      session.clients,
      { service: 'lambda', operation: 'DeleteEventSourceMapping', input: { UUID: uuid } },
      patience,
    );
    if (answer.outcome === 'ok') await waitUntilGone(session.clients, uuid, patience);
    return answer;
  });
  if (deleted.outcome !== 'ok' && deleted.outcome !== 'not-found')
    return { ...outcome, message: `${outcome.message} It could not be deleted again: ${refusalMessage(deleted)}` };
  session.soFar.push(`The mapping ${uuid} is being deleted again.`);
  const read = await getMapping(session.clients, uuid);
  return {
    ...outcome,
    changed: 0,
    mapping: isOk(read) ? read.value : null,
    message: `${outcome.message} It was deleted again (--rollback).`,
  };
}

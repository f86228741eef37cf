import { changedSettings } from '../../../mapping/change-of.js';
import { onTopOf } from '../../../mapping/differences.js';
import { resolveChanges, resolveCluster } from '../../../mapping/resolve.js';
import { validateChanges, validateSettings } from '../../../mapping/validate.js';
import { carryOut } from '../../change/unit.js';
import { giveOutcome } from '../../change/answer.js';
import { planRecreate } from '../../change/plan-recreate.js';
import { inSession } from '../../change/session.js';
import { changesOf, refuseProblems } from '../../change/settings.js';
import { oneMapping, targetOf } from '../../change/target.js';
import type { RecreateOptions } from './options.js';
import type { Call } from '../../define.js';

/** Deletes one mapping and makes it anew with its consumer group. */
export async function run({ args, options, io }: Call<RecreateOptions>): Promise<number> {
  const target = targetOf(args, options);
  const asked = changesOf(options, io);
  refuseProblems(validateChanges(asked, null, { now: new Date() }));
  return inSession(options, io, async (session) => {
    const mapping = await oneMapping(session, target);
    const cluster =
      typeof asked.cluster === 'string'
        ? await resolveCluster(session.reading(), asked.cluster, session.note)
        : (mapping.EventSourceArn ?? '');
    const resolved = await resolveChanges(session.reading(), asked, cluster, session.note);
    const wanted = onTopOf(asked.cluster === undefined ? resolved : { ...resolved, cluster }, mapping);
    io.signal.throwIfAborted();
    refuseProblems(validateSettings(changedSettings(mapping, wanted), { now: session.clock.now() }));
    const unit = await planRecreate(session, mapping, wanted, options);
    if (unit === null)
      return giveOutcome(session, {
        outcome: 'undecided',
        message: 'Nothing was changed: AWS could not be read.',
        plan: [],
        mapping,
      });
    return carryOut(session, [unit], 'Shall the mapping be deleted and made anew?');
  });
}

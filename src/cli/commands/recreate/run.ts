import { changedSettings } from '../../../mapping/change-of.js';
import { onTopOf } from '../../../mapping/differences.js';
import { resolveChanges, resolveCluster } from '../../../mapping/resolve.js';
import { validateChanges, validateSettings } from '../../../mapping/validate.js';
import { carryOut, giveUnplanned } from '../../change/carry-out.js';
import { readForRecreate } from '../../change/read-for-plan.js';
import { inSession } from '../../change/run-session.js';
import { changesFromFlags, refuseProblems } from '../../change/settings.js';
import { findMapping, targetOf } from '../../change/target.js';
import type { RecreateOptions } from './options.js';
import type { Call } from '../../define-command.js';

/** Deletes one mapping and creates it again with its consumer group. */
export async function run({ args, options, io }: Call<RecreateOptions>): Promise<number> {
  const target = targetOf(args, options);
  const asked = changesFromFlags(options, io);
  refuseProblems(validateChanges(asked, null, { now: new Date() }));
  return inSession(options, io, async (session) => {
    const mapping = await findMapping(session, target);
    const cluster =
      typeof asked.cluster === 'string'
        ? await resolveCluster(session.reading(), asked.cluster, session.note)
        : (mapping.EventSourceArn ?? '');
    const resolved = await resolveChanges(session.reading(), asked, cluster, session.note);
    const wanted = onTopOf(asked.cluster === undefined ? resolved : { ...resolved, cluster }, mapping);
    io.signal.throwIfAborted();
    refuseProblems(validateSettings(changedSettings(mapping, wanted), { now: session.clock.now() }));
    const plan = await readForRecreate(session, mapping, wanted);
    if (plan === null) return giveUnplanned(session, 'Nothing was changed: AWS could not be read.', mapping);
    return carryOut(session, plan, 'Delete and recreate the mapping?');
  });
}

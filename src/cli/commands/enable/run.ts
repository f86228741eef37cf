import { carryOut, giveUnplanned } from '../../change/carry-out.js';
import type { SwitchOptions } from '../../change/options.js';
import { readForUpdate } from '../../change/read-for-plan.js';
import { inSession } from '../../change/run-session.js';
import { findMapping, targetOf } from '../../change/target.js';
import type { Call } from '../../define-command.js';

/** Enables one mapping if its checks pass. */
export const run = (call: Call<SwitchOptions>): Promise<number> => switchMapping(call, true);

/** Enables or disables one mapping. */
export function switchMapping({ args, options, io }: Call<SwitchOptions>, enabled: boolean): Promise<number> {
  const target = targetOf(args, options);
  return inSession(options, io, async (session) => {
    const mapping = await findMapping(session, target);
    const plan = await readForUpdate(session, mapping, { enabled });
    if (plan === null) return giveUnplanned(session, 'Nothing was changed: AWS could not be read.', mapping);
    return carryOut(session, plan, enabled ? 'Enable the mapping?' : 'Disable the mapping?');
  });
}

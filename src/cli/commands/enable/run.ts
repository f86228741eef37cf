import { carryOut } from '../../change/unit.js';
import { giveOutcome } from '../../change/answer.js';
import type { SwitchOptions } from '../../change/options.js';
import { planUpdate } from '../../change/plan-update.js';
import { inSession } from '../../change/session.js';
import { oneMapping, targetOf } from '../../change/target.js';
import type { Call } from '../../define.js';

/** Switches one mapping on, when it is sound. */
export const run = (call: Call<SwitchOptions>): Promise<number> => switchMapping(call, true);

/** Switches one mapping on or off. */
export function switchMapping({ args, options, io }: Call<SwitchOptions>, enabled: boolean): Promise<number> {
  const target = targetOf(args, options);
  return inSession(options, io, async (session) => {
    const mapping = await oneMapping(session, target);
    const unit = await planUpdate(session, mapping, { enabled });
    if (unit === null)
      return giveOutcome(session, {
        outcome: 'undecided',
        message: 'Nothing was changed: AWS could not be read.',
        plan: [],
        mapping,
      });
    return carryOut(session, [unit], enabled ? 'Shall the mapping be enabled?' : 'Shall the mapping be disabled?');
  });
}

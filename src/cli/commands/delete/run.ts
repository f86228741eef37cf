import type { Call } from '../../define.js';
import { carryOut } from '../../change/unit.js';
import type { SwitchOptions } from '../../change/options.js';
import { planDelete } from '../../change/plan-delete.js';
import { inSession } from '../../change/session.js';
import { oneMapping, targetOf } from '../../change/target.js';

/** Deletes one mapping. */
export async function run({ args, options, io }: Call<SwitchOptions>): Promise<number> {
  const target = targetOf(args, options);
  return inSession(options, io, async (session) =>
    carryOut(session, [planDelete(session, await oneMapping(session, target))], 'Shall the mapping be deleted?'),
  );
}

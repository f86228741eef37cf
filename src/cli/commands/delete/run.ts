import { planDelete } from '../../../plan/delete.js';
import type { Call } from '../../define-command.js';
import { carryOut } from '../../change/carry-out.js';
import type { SwitchOptions } from '../../change/options.js';
import { inSession } from '../../change/run-session.js';
import { findMapping, targetOf } from '../../change/target.js';

/** Deletes one mapping. */
export async function run({ args, options, io }: Call<SwitchOptions>): Promise<number> {
  const target = targetOf(args, options);
  return inSession(options, io, async (session) =>
    carryOut(session, planDelete(await findMapping(session, target), session.wait), 'Delete the mapping?'),
  );
}

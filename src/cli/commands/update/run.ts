import { asUpdate } from '../../../mapping/differences.js';
import { settingsOf } from '../../../mapping/mapping-of.js';
import { resolveChanges } from '../../../mapping/resolve.js';
import { validateChanges } from '../../../mapping/validate.js';
import { deliver } from '../../print-answer.js';
import { carryOut, giveUnplanned } from '../../change/carry-out.js';
import { readForUpdate } from '../../change/read-for-plan.js';
import { inSession } from '../../change/run-session.js';
import { changesFromFlags, refuseProblems } from '../../change/settings.js';
import { findMapping, targetOf } from '../../change/target.js';
import type { UpdateOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { UsageError } from '../../../errors.js';

/** Changes the settings of one mapping. */
export async function run({ args, options, io }: Call<UpdateOptions>): Promise<number> {
  const target = targetOf(args, options);
  const asked = changesFromFlags(options, io);
  if (Object.keys(asked).length === 0 && options.printFile !== true)
    throw new UsageError(
      'no setting to change was given',
      'Pass a setting, such as --batch-size 50; see `msk-lambda update --help`.',
    );
  refuseProblems(validateChanges(asked, null, { now: new Date() }));
  return inSession(options, io, async (session) => {
    const mapping = await findMapping(session, target);
    if (options.printFile === true) {
      const { printMappingFile } = await import('../../../mapping/file.js');
      await deliver(io, options, printMappingFile([settingsOf(mapping)]));
      return exitCodes.ok;
    }
    const wanted = asUpdate(
      await resolveChanges(session.reading(), asked, mapping.EventSourceArn ?? '', session.note),
      mapping,
    );
    io.signal.throwIfAborted();
    refuseProblems(validateChanges(wanted, settingsOf(mapping), { now: session.clock.now() }));
    if (asked.logLevel === null && typeof wanted.logLevel === 'string')
      session.note(
        `Lambda cannot remove a log level: --no-log-level sets ${wanted.logLevel}, the level with the fewest messages`,
      );
    const plan = await readForUpdate(session, mapping, wanted);
    if (plan === null) return giveUnplanned(session, 'Nothing was changed: AWS could not be read.', mapping);
    return carryOut(session, plan, 'Update the mapping?');
  });
}

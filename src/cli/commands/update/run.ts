import { onTopOf } from '../../../mapping/differences.js';
import { settingsOf } from '../../../mapping/mapping-of.js';
import { resolveChanges } from '../../../mapping/resolve.js';
import { validateChanges } from '../../../mapping/validate.js';
import { deliver } from '../../answer.js';
import { carryOut } from '../../change/unit.js';
import { giveOutcome } from '../../change/answer.js';
import { planUpdate } from '../../change/plan-update.js';
import { inSession } from '../../change/session.js';
import { changesOf, refuseProblems } from '../../change/settings.js';
import { oneMapping, targetOf } from '../../change/target.js';
import type { UpdateOptions } from './options.js';
import type { Call } from '../../define.js';
import { exitCodes } from '../../exit-codes.js';
import { UsageError } from '../../../errors.js';

/** Changes what can be changed of one mapping. */
export async function run({ args, options, io }: Call<UpdateOptions>): Promise<number> {
  const target = targetOf(args, options);
  const asked = changesOf(options, io);
  if (Object.keys(asked).length === 0 && options.printFile !== true)
    throw new UsageError(
      'nothing is asked to be changed',
      'Give the settings by their flags, as `--batch-size 50`; see `msk-lambda update --help`.',
    );
  refuseProblems(validateChanges(asked, null, { now: new Date() }));
  return inSession(options, io, async (session) => {
    const mapping = await oneMapping(session, target);
    if (options.printFile === true) {
      const { printMappingFile } = await import('../../../mapping/file.js');
      await deliver(io, options, printMappingFile([settingsOf(mapping)]));
      return exitCodes.ok;
    }
    const wanted = onTopOf(
      await resolveChanges(session.reading(), asked, mapping.EventSourceArn ?? '', session.note),
      mapping,
    );
    io.signal.throwIfAborted();
    refuseProblems(validateChanges(wanted, settingsOf(mapping), { now: session.clock.now() }));
    const unit = await planUpdate(session, mapping, wanted);
    if (unit === null)
      return giveOutcome(session, {
        outcome: 'undecided',
        message: 'Nothing was changed: AWS could not be read.',
        plan: [],
        mapping,
      });
    return carryOut(session, [unit], 'Shall the mapping be changed?');
  });
}

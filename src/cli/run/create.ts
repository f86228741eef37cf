import { resolveSettings } from '../../mapping/resolve.js';
import { deliver } from '../answer.js';
import { carryOut } from '../change/unit.js';
import { giveOutcome } from '../change/answer.js';
import { planCreate } from '../change/plan-create.js';
import { inSession } from '../change/session.js';
import { askedSettings, wholeSettings } from '../change/settings.js';
import type { CreateOptions } from '../commands/create.js';
import type { Call } from '../define.js';
import { exitCodes } from '../exit-codes.js';

/** Makes one mapping, once. */
export async function run({ options, io }: Call<CreateOptions>): Promise<number> {
  const wanted = wholeSettings(await askedSettings(options, io, new Date()), new Date());
  if (options.printFile === true) {
    const { printMappingFile } = await import('../../mapping/file.js');
    await deliver(io, options, printMappingFile([wanted]));
    return exitCodes.ok;
  }
  return inSession(options, io, async (session) => {
    const settings = wholeSettings(await resolveSettings(session.reading(), wanted), session.clock.now());
    io.signal.throwIfAborted();
    const unit = await planCreate(session, settings, options);
    if (unit === null) return giveOutcome(session, { outcome: 'undecided', message: 'Nothing was made: AWS could not be read.', plan: [] });
    return carryOut(session, [unit], 'Shall this mapping be made?');
  });
}

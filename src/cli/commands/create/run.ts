import { resolveSettings } from '../../../mapping/resolve.js';
import type { MappingSettings } from '../../../mapping/settings.js';
import { deliver } from '../../print-answer.js';
import { carryOut, giveUnplanned } from '../../change/carry-out.js';
import { readForCreate } from '../../change/read-for-plan.js';
import { inSession } from '../../change/run-session.js';
import type { ChangeSession } from '../../change/session.js';
import { settingsFromInput, validatedSettings } from '../../change/settings.js';
import type { CreateOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { UsageError } from '../../../errors.js';
import { lacksNeeded } from './wizard/required-settings.js';

/** Creates one mapping, exactly once. */
export async function run({ options, io }: Call<CreateOptions>): Promise<number> {
  const asked = await settingsFromInput(options, io, new Date());
  if (io.interactive && lacksNeeded(asked))
    return inSession(options, io, async (session) => askAndCreate(session, options, asked));
  const wanted = validatedSettings(asked, new Date());
  refuseConflicts(options, wanted);
  return options.printFile === true
    ? printFile(io, options, wanted)
    : inSession(options, io, async (session) => create(session, options, wanted));
}

/** Flags that cannot be combined with the command's own. */
function refuseConflicts({ disabledTest, rollback, wait }: CreateOptions, { enabled }: MappingSettings): void {
  if (disabledTest === true && enabled === false)
    throw new UsageError(
      '--disabled-test and --disabled contradict each other: --disabled-test enables the mapping after the checks',
      'Keep only one of them. Nothing was changed.',
    );
  if (rollback === true && wait === false)
    throw new UsageError(
      '--rollback and --no-wait contradict each other: --rollback waits for the result',
      'Keep only one of them. Nothing was changed.',
    );
}

/** The wizard asks for what is missing. */
async function askAndCreate(
  session: ChangeSession,
  options: CreateOptions,
  asked: Partial<MappingSettings>,
): Promise<number> {
  session.nothingDone = 'Nothing was created.';
  const { askForSettings } = await import('./wizard/start.js');
  const agreed = await askForSettings(session.io, {
    reading: () => session.reading(),
    given: asked,
    options,
    now: session.clock.now(),
  });
  if (agreed === null) {
    session.io.stderr.write('Nothing was created.\n');
    return exitCodes.ok;
  }
  const wanted = validatedSettings(agreed.settings, session.clock.now());
  const complete = agreed.disabledTest ? { ...options, disabledTest: true as const } : options;
  refuseConflicts(complete, wanted);
  return options.printFile === true ? printFile(session.io, options, wanted) : create(session, complete, wanted);
}

async function printFile(io: Io, options: CreateOptions, wanted: MappingSettings): Promise<number> {
  const { printMappingFile } = await import('../../../mapping/file.js');
  await deliver(io, options, printMappingFile([wanted]));
  return exitCodes.ok;
}

async function create(session: ChangeSession, options: CreateOptions, wanted: MappingSettings): Promise<number> {
  const settings = validatedSettings(
    await resolveSettings(session.reading(), wanted, session.note),
    session.clock.now(),
  );
  session.io.signal.throwIfAborted();
  const { disabledTest, rollback, force } = options;
  const plan = await readForCreate(session, { settings, wait: session.wait, disabledTest, rollback, force });
  if (plan === null) return giveUnplanned(session, 'Nothing was created: AWS could not be read.');
  return carryOut(session, plan, 'Create this mapping?');
}

/** Runs the work of a command that changes the account, and says what had been done where it is stopped. */
import type { Clock } from '../../mapping/clock.js';
import { visible } from '../../text/visible.js';
import { UsageError } from '../../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Io } from '../io.js';
import { toUsageError } from '../source.js';
import { giveOutcome } from './answer.js';
import type { MappingChangeOptions } from './options.js';
import { openSession, type ChangeSession } from './session.js';

/** Gives the exit code. Errors of naming are the user's to mend: they become `UsageError`. */
export async function inSession(
  options: MappingChangeOptions,
  io: Io,
  work: (session: ChangeSession) => Promise<number>,
  clock?: Clock,
): Promise<number> {
  const session = await openSession(options, io, clock);
  try {
    return await work(session);
  } catch (error) {
    session.observer.close();
    if (io.signal.aborted) {
      session.observer.sayInterrupted();
      throw error;
    }
    const { name, message, hint = '' } = error as Error & { hint?: string };
    if (name === 'SecretUnclear')
      throw new UsageError(message, 'Say which with `--auth scram` or `--auth mtls`.', { cause: error });
    if (name === 'InvalidArgumentError' || name === 'CommanderError')
      throw new UsageError(message, undefined, { cause: error });
    if (name !== 'NotReadable') throw toUsageError(error);
    io.stderr.write(`error: ${visible(message)}\n  ${visible(hint)}\n`);
    // A file of mappings that could not be written is no answer to a change.
    if (options.output !== 'json' || options.printFile === true) return exitCodes.cannotTell;
    return giveOutcome(session, { outcome: 'undecided', message: `Nothing was changed: ${message} ${hint}` });
  }
}

/** Runs a command that changes the account, and reports what was done if it is interrupted. */
import { CommanderError } from 'commander';
import type { Clock } from '../../mapping/clock.js';
import { Interrupted, NotReadable, UsageError } from '../../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Io } from '../io.js';
import { sayUserError } from '../user-error.js';
import { giveOutcome } from './answer.js';
import type { MappingChangeOptions } from './options.js';
import { openSession, type ChangeSession } from './session.js';

/** Returns the exit code. Throws `UserError` for what the user has to change. */
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
    if (io.signal.aborted || error instanceof Interrupted) {
      session.observer.sayInterrupted(session.nothingDone);
      throw error;
    }
    // Options that exclude each other only here, so that commander does not check them.
    if (error instanceof CommanderError) throw new UsageError(error.message, undefined, { cause: error });
    if (!(error instanceof NotReadable)) throw error;
    sayUserError(io, error);
    // A mapping file that could not be printed is not the answer to a change.
    if (options.output !== 'json' || options.printFile === true) return exitCodes.cannotTell;
    return giveOutcome(session, {
      outcome: 'undecided',
      message: `Nothing was changed: ${error.message} ${error.hint}`,
    });
  }
}

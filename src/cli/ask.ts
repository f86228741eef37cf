/** Questions at the terminal. Only where someone is there to answer: elsewhere the missing flag is named. */
import type { Io } from './io.js';
import { UsageError } from '../errors.js';

/** Yes or no. Throws `UsageError` where nobody can answer. */
export async function confirm(io: Io, question: string, instead: { sentence: string; hint: string }): Promise<boolean> {
  if (!io.interactive) throw new UsageError(instead.sentence, instead.hint);
  const { default: inquirer } = await import('inquirer');
  const { yes } = await inquirer.createPromptModule({
    input: io.stdin,
    output: io.stderr as NodeJS.WritableStream,
    signal: io.signal,
  })<{ yes: boolean }>([{ type: 'confirm', name: 'yes', message: question, default: false }]);
  return yes;
}

/** A password, not shown while it is typed; twice with `repeat`. Throws `UsageError` where nobody can answer, or where the two differ. */
export async function askPassword(
  io: Io,
  question: string,
  { repeat, instead }: { repeat: boolean; instead: string },
): Promise<string> {
  if (!io.interactive) throw new UsageError('the password is missing, and nobody is there to be asked', instead);
  const { default: inquirer } = await import('inquirer');
  const ask = inquirer.createPromptModule({
    input: io.stdin,
    output: io.stderr as NodeJS.WritableStream,
    signal: io.signal,
  });
  const { password } = await ask<{ password: string }>([
    { type: 'password', name: 'password', message: question, mask: true },
  ]);
  if (!repeat) return password;
  const { again } = await ask<{ again: string }>([
    { type: 'password', name: 'again', message: 'Once more', mask: true },
  ]);
  if (again !== password) throw new UsageError('the two passwords differ', 'Nothing was changed.');
  return password;
}

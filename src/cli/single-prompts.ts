/** Questions in the terminal. Without a terminal, the error names the missing flag. */
import { Interrupted, UsageError } from '../errors.js';
import type { Io } from './io.js';

/**
 * Ctrl-C at a question, which inquirer reports with an error class that it does not export, so it is recognised by
 * name.
 */
export const asInterruption = (error: unknown): unknown =>
  error instanceof Error && error.name === 'ExitPromptError' ? new Interrupted('', { cause: error }) : error;

/** Asks, and throws `Interrupted` where the user leaves the question. */
async function ask<T extends object>(io: Io, question: object): Promise<T> {
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({
    input: io.stdin,
    output: io.stderr as NodeJS.WritableStream,
    signal: io.signal,
  });
  try {
    return (await prompt([question as never])) as T;
  } catch (error) {
    throw asInterruption(error);
  }
}

/** Yes or no. Throws `UsageError` where nobody can answer. */
export async function confirm(io: Io, question: string, instead: { sentence: string; hint: string }): Promise<boolean> {
  if (!io.interactive) throw new UsageError(instead.sentence, instead.hint);
  const { yes } = await ask<{ yes: boolean }>(io, { type: 'confirm', name: 'yes', message: question, default: false });
  return yes;
}

/** One of several options, by position; the first is preselected. Only for a terminal. */
export async function select(io: Io, question: string, options: readonly string[]): Promise<number> {
  const choices = options.map((name, value) => ({ name, value }));
  const { position } = await ask<{ position: number }>(io, {
    type: 'select',
    name: 'position',
    message: question,
    choices,
  });
  return position;
}

/**
 * A password, hidden while typed; twice with `repeat`. Throws `UsageError` where nobody can answer, or where the two
 * differ.
 */
export async function askPassword(
  io: Io,
  question: string,
  { repeat, instead }: { repeat: boolean; instead: string },
): Promise<string> {
  if (!io.interactive) throw new UsageError('The password is missing, but this is not a terminal.', instead);
  const type = { type: 'password', mask: true };
  const { password } = await ask<{ password: string }>(io, { ...type, name: 'password', message: question });
  if (!repeat) return password;
  const { again } = await ask<{ again: string }>(io, { ...type, name: 'again', message: 'Repeat the password' });
  if (again !== password) throw new UsageError('the two passwords differ', 'Nothing was changed.');
  return password;
}

/** Questions at the terminal. Only where someone is there to answer: elsewhere the missing flag is named. */
import type { Io } from './io.js';
import { UsageError } from './usage-error.js';

/** Yes or no. Throws `UsageError` where nobody can answer. */
export async function confirm(io: Io, question: string, instead: { sentence: string; hint: string }): Promise<boolean> {
  if (!io.interactive) throw new UsageError(instead.sentence, instead.hint);
  const { default: inquirer } = await import('inquirer');
  const { yes } = await inquirer.createPromptModule({ input: io.stdin, output: io.stderr as NodeJS.WritableStream, signal: io.signal })<{ yes: boolean }>([
    { type: 'confirm', name: 'yes', message: question, default: false },
  ]);
  return yes;
}

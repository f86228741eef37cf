import { completionScripts, type CompletionShell } from '../../completion/scripts/index.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { deliver } from '../../print-answer.js';
import type { CompletionOptions } from './options.js';

export async function run({ args: [shell], options, io }: Call<CompletionOptions>): Promise<number> {
  // Commander has refused every other word.
  const script = completionScripts[shell as CompletionShell](options.cache ? '' : ' --no-cache');
  await deliver(io, options, script);
  return exitCodes.ok;
}

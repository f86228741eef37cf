import type { CompletionDocument } from '../../../report/documents/completion.js';
import { completionScripts, type CompletionShell } from '../../completion/scripts/index.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { printAnswer } from '../../print-answer.js';
import type { CompletionOptions } from './options.js';

export async function run({ args, options, io }: Call<CompletionOptions>): Promise<number> {
  // Commander has refused every other word.
  const shell = args[0] as CompletionShell;
  const script = completionScripts[shell](options.cache ? '' : ' --no-cache');
  const document: CompletionDocument = { schemaVersion: 1, shell, script };
  // With ASCII symbols or not, a script is the same.
  await printAnswer({ ...io, ascii: false }, options, { text: () => script, json: () => document });
  return exitCodes.ok;
}

import { renderSandboxes } from '../../../../report/sandbox-text.js';
import { defaultSandbox, sandboxAccounts } from '../../../../sandbox/index.js';
import { printAnswer } from '../../../print-answer.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import type { OutputOptions } from '../../../shared-options.js';

export async function run({ options, io }: Call<OutputOptions>): Promise<number> {
  const accounts = sandboxAccounts.map(({ name, summary, healthy, verdict }) => ({
    name,
    summary,
    healthy,
    verdict,
    default: name === defaultSandbox,
  }));
  await printAnswer(io, options, {
    text: () => (options.quiet === true ? accounts.map(({ name }) => name).join('\n') : renderSandboxes(accounts, io)),
    json: () => ({ accounts }),
  });
  return exitCodes.ok;
}

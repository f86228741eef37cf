/** Shows what a probe from the subnets creates, asks, runs it, and judges what came back. */
import type { Clients } from '../../../../account/clients.js';
import { systemClock } from '../../../../mapping/clock.js';
import { judgeSubnets, type SubnetJudgement } from '../../../../remote/judge-subnets.js';
import { leftText, probeFromSubnets, type RunOutcome } from '../../../../remote/probe-from-subnets.js';
import { renderPreview, renderRemoval } from '../../../../report/probe-subnets-text.js';
import { sentenceInShell } from '../../../../text/shells.js';
import { visible } from '../../../../text/visible.js';
import type { Io } from '../../../io.js';
import { startProgress } from '../../../progress.js';
import { confirm } from '../../../single-prompts.js';
import type { RemotePreparation } from './prepare.js';

export interface RemoteResult {
  subnets: SubnetJudgement[];
  outcome: RunOutcome;
}

/** Whether the user agrees to the functions of all these probes. Throws `UsageError` where nobody can be asked. */
export async function mayCreate(
  preparations: readonly RemotePreparation[],
  { yes }: { yes?: boolean | undefined },
  io: Io,
): Promise<boolean> {
  if (yes === true) return true;
  if (io.interactive)
    for (const { run } of preparations) {
      const text = renderPreview(run.plan, { columns: io.columns, mayPassSecret: run.fallback !== null });
      io.stderr.write(`${sentenceInShell(text, io.shell)}\n`);
    }
  return confirm(io, 'Create the functions and probe?', {
    sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
    hint: 'Nothing was created.',
  });
}

/** `clients`: without the signal of Ctrl-C. Throws the reason of the signal after the removal. */
export async function executeRemote(
  { run, context }: RemotePreparation,
  clients: Clients,
  io: Io,
): Promise<RemoteResult> {
  const progress = startProgress(io, 'Probing from the subnets');
  try {
    const outcome = await probeFromSubnets(run, {
      clients,
      clock: systemClock(io.signal),
      cleaning: systemClock(new AbortController().signal),
      signal: io.signal,
      say: (text) => progress.say(visible(text)),
      note: (text) => void io.stderr.write(`Note: ${sentenceInShell(visible(text), io.shell)}\n`),
    });
    return { outcome, subnets: judgeSubnets(outcome.subnets, context) };
  } finally {
    progress.stop();
  }
}

/** Says what became of the functions. */
export function sayRemoval({ removed, left }: RunOutcome, io: Io): void {
  const text = left.length > 0 ? leftText(left) : renderRemoval({ removed });
  io.stderr.write(`Note: ${sentenceInShell(visible(text), io.shell)}\n`);
}

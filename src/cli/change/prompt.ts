/** Questions before the account is changed. */
import type { Finding } from '../../checks/run.js';
import type { Fix } from '../../fixes/fix.js';
import { refusalMessage } from '../../mapping/refusals.js';
import { visible } from '../../text/visible.js';
import { confirm } from '../single-prompts.js';
import { showPlan } from './answer.js';
import { applyFix, type ChangeSession } from './session.js';

/** Continues with `--yes`, asks in a terminal, and otherwise throws `UsageError`. */
export async function mayGoOn(session: ChangeSession, question: string): Promise<boolean> {
  if (session.options.yes === true) return true;
  return confirm(session.io, question, {
    sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
    hint: 'Nothing was changed.',
  });
}

/**
 * Offers the fixes that only add what a mapping needs, each with its own question. Returns whether any was applied.
 * Without a fix that a blocking problem needs, the others are of no use: nothing more is asked.
 */
export async function offerFixes(
  session: ChangeSession,
  { blockers, warnings }: { blockers: readonly Finding[]; warnings: readonly Finding[] },
): Promise<boolean> {
  const { io, options } = session;
  if (!offersFixes(session)) return false;
  let made = false;
  for (const finding of [...blockers, ...warnings]) {
    const fix = finding.fixes.find(({ safety, changes }) => safety === 'safe' && changes.length > 0);
    if (fix === undefined || wasMade(session, fix) || session.declined.has(finding.check)) continue;
    await showPlan(session, [], [finding], [finding.check]);
    if (!(await confirm(io, 'Apply this fix now?', { sentence: '', hint: '' }))) {
      session.declined.add(finding.check);
      if (blockers.includes(finding) && options.force !== true) break;
      continue;
    }
    const { refusal } = await applyFix(session, fix, finding);
    made = true;
    session.remember(false);
    if (refusal !== null) io.stderr.write(`${visible(refusalMessage(refusal))}\n`);
  }
  return made;
}

/** Whether to ask a person about fixes before the change. */
export const offersFixes = ({ io, options }: ChangeSession): boolean =>
  io.interactive && options.yes !== true && options.dryRun !== true;

const wasMade = ({ applied }: ChangeSession, { changes }: Fix): boolean =>
  applied.some((fix) => JSON.stringify(fix.changes[0]) === JSON.stringify(changes[0]));

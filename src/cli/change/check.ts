/** The checks before a change: run on the account as it would be, with the offer to mend what is safe to mend. */
import type { Finding } from '../../checks/run.js';
import type { Fix } from '../../fixes/fix.js';
import type { Preflight } from '../../mapping/preflight.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { visible } from '../../text/visible.js';
import { confirm } from '../ask.js';
import { sayTrouble } from '../source.js';
import { refusalMessage, showPlan } from './answer.js';
import { applyFix, read, type ChangeSession } from './session.js';

/** The checks' answer; null where AWS could not even be asked, which was said. */
export async function checkBefore(
  session: ChangeSession,
  planned: Mapping,
  judge: (snapshot: Snapshot) => Preflight,
): Promise<Preflight | null> {
  for (;;) {
    const { snapshot, trouble } = await read(session, { targets: [], planned: [planned] });
    sayTrouble(session.io, trouble);
    if (trouble !== null) return null;
    const preflight = judge(snapshot);
    if (!(await offerFixes(session, [...preflight.blockers, ...preflight.warnings]))) return preflight;
  }
}

/** Fixes that only add what the mapping needs, each asked about by itself. Gives whether any was made. */
async function offerFixes(session: ChangeSession, findings: readonly Finding[]): Promise<boolean> {
  const { io, options } = session;
  if (!io.interactive || options.yes === true || options.dryRun === true) return false;
  let made = false;
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safety, changes }) => safety === 'safe' && changes.length > 0);
    if (fix === undefined || wasMade(session, fix)) continue;
    await showPlan(session, [], [finding], [finding.check]);
    if (!(await confirm(io, 'Shall this fix be made now?', { sentence: '', hint: '' }))) continue;
    const refusal = await applyFix(session, fix);
    made = true;
    session.remember(false);
    if (refusal !== null) io.stderr.write(`${visible(refusalMessage(refusal))}\n`);
  }
  return made;
}

const wasMade = ({ applied }: ChangeSession, { changes }: Fix): boolean =>
  applied.some((fix) => JSON.stringify(fix.changes[0]) === JSON.stringify(changes[0]));

/** What stands in the way, as ids of checks and a sentence; null where nothing does. */
export function inTheWay({ blockers, otherAuth }: Preflight): { ids: string[]; sentence: string } | null {
  const ids = blockers.map(({ check }) => check);
  const sentences = [
    ...(otherAuth === null ? [] : [otherAuth]),
    ...(ids.length === 0
      ? []
      : [`${ids.length === 1 ? 'A check fails' : `${ids.length} checks fail`} that would stop it: ${ids.join(', ')}.`]),
  ];
  return sentences.length === 0 ? null : { ids, sentence: sentences.join(' ') };
}

const mostNamed = 6;

/** What was not decided, in a sentence to put behind another. */
export function openQuestions({ undecided, authUntold }: Preflight): string {
  const auth = authUntold ? ' Which authentication Lambda will pick could not be read.' : '';
  if (undecided.length === 0) return auth;
  const names = undecided.map(({ check }) => check);
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${auth} ${names.length === 1 ? 'One check was' : `${names.length} checks were`} not decided: ${names.slice(0, mostNamed).join(', ')}${more}.`;
}

/** Goes on with --yes, asks at a terminal, and is wrong usage elsewhere. */
export async function mayGoOn(session: ChangeSession, question: string): Promise<boolean> {
  if (session.options.yes === true) return true;
  return confirm(session.io, question, {
    sentence: 'this changes the account, and nobody is there to be asked',
    hint: 'Give --yes to go ahead, or --dry-run to see the calls. Nothing was changed.',
  });
}

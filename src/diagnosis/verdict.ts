/** From findings to a verdict, by the rules of the command line contract. */
import { textState } from '../catalogue/text-state.js';
import type { Finding } from '../checks/run.js';
import type { Cause, Observed, Verdict } from './diagnosis.js';
import { stateCheck, type Clue } from './rank.js';

export interface VerdictContext {
  observed: Observed;
  /** The clues that are known; empty where nothing that Lambda shows is known. */
  clues: readonly Clue[];
  causes: readonly Cause[];
  findings: readonly Finding[];
}

/** AWS writes a change by a user in two ways. When Lambda stops a mapping, the reason is an error code. */
export const isDisabledByUser = ({ state, stateTransitionReason: reason }: Observed): boolean =>
  (state === 'Disabled' || state === 'Disabling') && /^user[ _](action|initiated)/i.test(reason ?? '');

/** States in which a mapping does not poll until somebody acts, whether or not the check `mapping.state` ran. */
const stopped: readonly (string | null)[] = ['Disabled', 'Disabling', 'Deleting'];

/**
 * Undecided checks that may contain the cause: those that are known to produce what Lambda shows, or any check if
 * none is known. A check that can only warn contains a risk, not a cause.
 */
function openQuestions({ clues, findings }: Pick<VerdictContext, 'clues' | 'findings'>): Finding[] {
  const known = new Set(clues.flatMap(({ causes }) => causes.map((cause) => cause.check)));
  return findings.filter(
    (finding) =>
      finding.status === 'unknown' && finding.severity === 'error' && (clues.length === 0 || known.has(finding.check)),
  );
}

/**
 * An error that no check explains is `unknown` as long as an undecided check may contain its cause. Undecided checks do
 * not change the verdict of a mapping that works, or that a user disabled. What Lambda shows counts even if the checks
 * about it were left out.
 */
export function judgeVerdict(context: VerdictContext): Verdict {
  const { observed, causes, findings } = context;
  if (causes.some(({ check }) => check !== stateCheck)) return 'broken';
  if (isDisabledByUser(observed)) return observed.error === null ? 'disabled' : 'broken';
  if (causes.length > 0) return 'broken';
  const works = observed.state === 'Enabled' && ['ok', 'idle'].includes(textState(observed.lastProcessingResult));
  if (stopped.includes(observed.state)) return 'broken';
  if (!works && openQuestions(context).length > 0) return 'unknown';
  if (observed.error !== null) return 'broken';
  return findings.some((finding) => finding.status === 'warn' && finding.severity !== 'info') ? 'at-risk' : 'healthy';
}

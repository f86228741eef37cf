/** From findings to one word. */
import { textState } from '../catalogue/text-state.js';
import type { Finding } from '../checks/run.js';
import type { Cause, Observed, Verdict } from './diagnosis.js';
import type { Clue } from './rank.js';

export interface VerdictContext {
  observed: Observed;
  /** What is known to explain the fault; empty where nothing shown is known. */
  clues: readonly Clue[];
  causes: readonly Cause[];
  findings: readonly Finding[];
}

/** Undecided checks that could hold the cause: those known for what is shown, or any where that tells nothing. One that only warns holds a risk, no cause. */
function openQuestions({ clues, findings }: Pick<VerdictContext, 'clues' | 'findings'>): Finding[] {
  const known = new Set(clues.flatMap(({ causes }) => causes.map((cause) => cause.check)));
  return findings.filter(
    (finding) =>
      finding.status === 'unknown' && finding.severity === 'error' && (clues.length === 0 || known.has(finding.check)),
  );
}

/**
 * `broken` where a check fails or Lambda shows an error; but an error that nothing explains is `unknown` as long as
 * something unread could hold its cause. A mapping that Lambda shows to work is not doubted for what could not be read.
 */
export function judgeVerdict(context: VerdictContext): Verdict {
  const { observed, causes, findings } = context;
  if (causes.length > 0) return 'broken';
  const works = observed.state === 'Enabled' && ['ok', 'idle'].includes(textState(observed.lastProcessingResult));
  if (!works && openQuestions(context).length > 0) return 'unknown';
  if (observed.error !== null) return 'broken';
  return findings.some((finding) => finding.status === 'warn' && finding.severity !== 'info') ? 'at-risk' : 'healthy';
}

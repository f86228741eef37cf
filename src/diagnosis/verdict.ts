/** From findings to one word. */
import type { ErrorText } from '../catalogue/texts.js';
import type { Finding } from '../checks/run.js';
import type { Cause, Observed, Verdict } from './diagnosis.js';

export interface VerdictContext {
  observed: Observed;
  /** The catalogue's entry for the text shown, where it shows one that is known. */
  text: ErrorText | undefined;
  causes: readonly Cause[];
  findings: readonly Finding[];
}

/** Undecided checks that could hold the cause: those known for the text, or any error where the text tells nothing. */
export function openQuestions({ text, findings }: Pick<VerdictContext, 'text' | 'findings'>): Finding[] {
  const known = new Set(text?.causes.map((cause) => cause.check));
  return findings.filter(
    (finding) => finding.status === 'unknown' && (text === undefined ? finding.severity === 'error' : known.has(finding.check)),
  );
}

/**
 * `broken` where a check fails or Lambda shows an error; but an error that nothing explains is `unknown` as long as
 * something unread could hold its cause. A mapping that Lambda shows to work is not doubted for what could not be read.
 */
export function judgeVerdict(context: VerdictContext): Verdict {
  const { observed, causes, findings } = context;
  if (causes.length > 0) return 'broken';
  const works = observed.state === 'Enabled' && observed.error === null && observed.lastProcessingResult !== null;
  if (!works && openQuestions(context).length > 0) return 'unknown';
  if (observed.error !== null) return 'broken';
  return findings.some((finding) => finding.status === 'warn' && finding.severity !== 'info') ? 'at-risk' : 'healthy';
}

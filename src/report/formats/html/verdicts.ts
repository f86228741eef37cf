/** Verdicts and statuses as a sign with a word for those who do not see it. */
import type { Status } from '../../../checks/run.js';
import type { Verdict } from '../../../diagnosis/diagnosis.js';
import { html, type Markup } from './markup.js';

/** Most severe first. */
export const verdictOrder = ['broken', 'unknown', 'disabled', 'at-risk', 'healthy'] as const;

export const verdictWords: Record<Verdict, string> = {
  broken: 'broken',
  unknown: 'unknown',
  disabled: 'disabled',
  'at-risk': 'with warnings',
  healthy: 'healthy',
};

const verdictSigns: Record<Verdict, string> = {
  broken: '✗',
  unknown: '?',
  disabled: '–',
  'at-risk': '!',
  healthy: '✓',
};

const statusSigns: Record<Status, string> = { fail: '✗', warn: '!', unknown: '?', pass: '✓', skip: '–' };

export const statusWords: Record<Status, string> = {
  fail: 'failed',
  warn: 'warning',
  unknown: 'could not be checked',
  pass: 'passed',
  skip: 'not applicable',
};

const sign = (kind: string, character: string, word: string): Markup =>
  html`<span class="${`sign ${kind}`}" aria-hidden="true">${character}</span><span class="unseen">${word}: </span>`;

/** Before the word “Unknown”, which the sign itself would repeat. */
export const unknownSign: Markup = html`<span class="sign unknown" aria-hidden="true">?</span>`;

export const verdictSign = (verdict: Verdict): Markup => sign(verdict, verdictSigns[verdict], verdictWords[verdict]);

export const statusSign = (status: Status): Markup => sign(status, statusSigns[status], statusWords[status]);

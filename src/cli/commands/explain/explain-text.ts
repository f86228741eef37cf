/** The explanation of a pasted text, of a text's id, and of a text that is no error. */
import type { CheckId } from '../../../catalogue/check-ids.js';
import type { KnownText } from '../../../catalogue/known-text.js';
import { healthyTexts } from '../../../catalogue/healthy-texts.js';
import { knownTexts, matchAny } from '../../../catalogue/match.js';
import { mentionsOf } from '../../../catalogue/mentions.js';
import { textState } from '../../../catalogue/text-state.js';
import { checks } from '../../../checks/index.js';
import type { Explanation } from '../../../report/explanation-text.js';
import { readPage, sectionOf } from './check-pages.js';
import { deniedAnswer } from './denied.js';

export async function explainText(subject: string): Promise<Explanation> {
  const mentions = mentionsOf(subject);
  const named = Object.values(mentions).every((names: string[]) => names.length === 0) ? {} : { mentions };
  if (textState(subject) !== 'error') return { ...(await explainHealthy(subject)), ...named };
  const entry = knownTexts.find(({ id }) => id === subject) ?? matchAny(subject);
  if (entry === undefined) return { ...unknownText(subject), ...named };
  const denied = entry.id === 'request-denied' || entry.id === 'access-denied' ? deniedAnswer(subject) : undefined;
  return { ...(await explainEntry(entry)), ...(denied === undefined ? {} : { denied, text: subject }), ...named };
}

async function explainEntry({ id, text, meaning, causes, remedy }: KnownText): Promise<Explanation> {
  const pages = await Promise.all(causes.map(async ({ check }) => ({ check, page: (await readPage(check)) ?? '' })));
  return {
    error: id,
    text,
    meaning,
    causes: causes.map(({ check, because }) => ({ check, because, tell: indicatorOf(check) })),
    fixes: [
      ...(remedy === undefined ? [] : [remedy]),
      ...pages.flatMap(({ check, page }) => {
        const fix = sectionOf(page, 'Fix');
        return fix === '' ? [] : [{ check, fix }];
      }),
    ],
  };
}

const indicatorOf = (id: CheckId): string => checks.find((check) => check.id === id)!.indicator;

/** The text is no error and has no id. Explains what may be wrong although it is shown. */
async function explainHealthy(subject: string): Promise<Explanation> {
  const state = textState(subject);
  return state !== 'ok' && state !== 'idle'
    ? { error: null, text: subject, meaning: 'Lambda reports no result yet.', causes: [], fixes: [] }
    : { ...(await explainEntry(healthyTexts[state])), error: null };
}

const unknownText = (text: string): Explanation => ({
  error: 'unknown',
  text,
  meaning:
    'This message is not known. `msk-lambda doctor` diagnoses the mapping whatever message it shows; `msk-lambda explain --list` lists the known messages.',
  causes: [],
  fixes: [],
});

/** The answer of `inspect` for people, as YAML: nested data with little punctuation. */
import type { ChalkInstance } from 'chalk';
import { stringify } from 'yaml';
import type { Inspection, InspectedFact } from '../subject/inspection.js';
import { visible, visibleLines } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

export function renderInspection(
  { uuid, ...facts }: Inspection,
  { colour, columns }: { colour: ChalkInstance; columns: number },
): string {
  const shown = Object.entries(facts).filter(([, fact]) => !('doesNotApply' in fact));
  const absent = Object.entries(facts).filter(([, fact]) => 'doesNotApply' in fact);
  return [
    colour.bold(uuid),
    ...shown.map(([name, fact]) => section(name, fact, colour)),
    ...(absent.length === 0
      ? []
      : [colour.dim(wrap(`Does not apply: ${absent.map(([name]) => name).join(', ')}`, { columns, hang: 2 }))]),
  ].join('\n');
}

function section(name: string, fact: InspectedFact, colour: ChalkInstance): string {
  const heading = colour.cyan(name);
  if ('unread' in fact)
    return `${heading}: could not be read (${fact.unread.map(({ action, error }) => `${action}: ${visible(error)}`).join('; ')})`;
  if (!('value' in fact) || fact.value === null) return `${heading}: none`;
  if (typeof fact.value === 'string') return `${heading}: ${visible(fact.value)}`;
  const text = visibleLines(stringify(fact.value, { lineWidth: 0 }).trimEnd());
  return typeof fact.value === 'object' ? `${heading}:\n${text.replace(/^/gm, '  ')}` : `${heading}: ${text}`;
}

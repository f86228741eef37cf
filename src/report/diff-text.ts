/** The answer of `snapshot diff` for people. */
import type { ChalkInstance } from 'chalk';
import type { ResourceChange } from '../snapshot/diff.js';
import { visible } from '../text/visible.js';

export interface SnapshotDiff {
  before: string;
  after: string;
  changes: ResourceChange[];
  /** Checks whose status changed. */
  turned: { mapping: string; check: string; before: string; after: string }[];
}

const signs = { added: '+', removed: '-', changed: '~' } as const;
/** Longer values are cut: on one line they are unreadable. */
const mostLetters = 200;

export function renderDiff(
  { before, after, changes, turned }: SnapshotDiff,
  { colour }: { colour: ChalkInstance },
): string {
  const lines = changes.flatMap(({ collection, resource, change, members }) => [
    `${signs[change]} ${collection} ${visible(resource)}`,
    ...members.map(({ member, before: old, after: now }) => `    ${visible(member)}: ${short(old)} → ${short(now)}`),
  ]);
  return [
    `From ${before} to ${after}`,
    '',
    ...(lines.length === 0 ? ['No resource changed.'] : lines),
    '',
    ...(turned.length === 0
      ? ['No check turned.']
      : [
          colour.bold('Checks that turned'),
          ...turned.map(({ mapping, check, before: old, after: now }) => `  ${mapping} ${check}: ${old} → ${now}`),
        ]),
  ].join('\n');
}

const short = (value: string | null): string => {
  const text = visible(value ?? 'nothing');
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
};

/** The part of a diagnosis that lists what could not be checked, and what to ask an administrator for. */
import type { ChalkInstance } from 'chalk';
import type { Finding } from '../checks/run.js';
import { withNextActions } from '../diagnosis/likely-causes.js';
import type { MappingDiagnosis } from '../diagnosis/diagnosis.js';
import type { ReadRecord } from '../snapshot/read.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

interface Style {
  colour: ChalkInstance;
  columns: number;
}

/** At most this many failed reads are named; `--debug` shows each. */
const mostReasons = 5;

/** For the verdict `unknown`: the checks that are known to produce what Lambda shows. */
export const renderLikely = ({ likely }: MappingDiagnosis, { colour, columns }: Style): string[] =>
  likely.length === 0
    ? []
    : [
        [
          colour.bold('Likely causes, which could not be checked'),
          ...likely.map(({ check, because }) =>
            wrap(`- ${visible(because)} ${colour.dim(`(${check})`)}`, { columns, hang: 2 }),
          ),
        ].join('\n'),
      ];

/** The undecided checks, the failed reads, and the actions that the caller's credentials need. */
export function renderUndecided(
  findings: readonly Finding[],
  reads: readonly ReadRecord[],
  { colour, columns }: Style,
): string[] {
  if (findings.length === 0) return [];
  const failed = findings.flatMap(({ unread }) => unread ?? []);
  const denied = failed.filter(({ outcome }) => outcome === 'denied').map(({ action }) => action);
  const broken = [
    ...new Set(
      failed.filter(({ outcome }) => outcome !== 'denied').map(({ action, error }) => `${action}: ${visible(error)}`),
    ),
  ].toSorted();
  const why = broken.slice(0, mostReasons).map((line) => wrap(`Not read: ${line}`, { columns, indent: 2, hang: 4 }));
  const more = broken.length > mostReasons ? [`  and ${broken.length - mostReasons} more`] : [];
  const names = wrap(findings.map(({ check }) => check).join(', '), { columns, indent: 2 });
  const permissions =
    denied.length === 0
      ? []
      : [
          wrap(`Your credentials need: ${withNextActions(denied, reads).join(', ')}`, { columns, indent: 2, hang: 2 }),
          wrap('Ask an administrator for these actions, or for the policy with all that doctor reads:', {
            columns,
            indent: 2,
            hang: 2,
          }),
          '    msk-lambda policy --for doctor',
        ];
  return [[colour.bold('Could not check'), names, ...why, ...more, ...permissions].join('\n')];
}

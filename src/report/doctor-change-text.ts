/** What `doctor --fix` and `--wait` did, for people. */
import type { ChalkInstance } from 'chalk';
import type { Finding } from '../checks/run.js';
import type { Fix } from '../fixes/fix.js';
import { commandLine } from './command-line.js';
import { renderFinding, type FindingStyle } from './doctor-finding.js';
import { cliWords } from '../fixes/render-cli.js';
import type { DoctorChange } from './documents/doctor.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

/** The cause with the one fix that is proposed. */
export const renderProposal = (finding: Finding, fix: Fix, style: FindingStyle): string =>
  renderFinding({ ...finding, fixes: [fix] }, style);

/** The calls of the fix with their results, then the calls that undo them, the last one first. Empty without a fix. */
export function renderFixed({ fix, changed = 0 }: DoctorChange, style: FindingStyle): string {
  if (fix === undefined || fix === null) return '';
  const { colour, columns } = style;
  const lines = (calls: readonly Parameters<typeof cliWords>[0][]) =>
    calls.map((call) => commandLine(cliWords(call, style), columns));
  if (changed === 0 && fix.error === null)
    return [
      wrap(`${colour.bold('Not made')}: ${visible(fix.title)}`, { columns, hang: 2 }),
      ...lines(fix.changes),
    ].join('\n');
  const made = fix.changes.filter(({ outcome }) => outcome === 'made');
  const undo = made.toReversed().flatMap((change) => change.undo ?? []);
  return [
    wrap(
      `${fix.error === null ? colour.green('Done') : colour.red('Refused')}: ${visible(fix.title)}${fix.error === null ? '' : ` (${made.length} of ${fix.changes.length} calls were made). ${visible(fix.error)}`}`,
      { columns, hang: 2 },
    ),
    ...lines(made),
    ...(undo.length === 0 ? [] : ['  To take it back:', ...lines(undo)]),
    ...(made.length > undo.length
      ? [`  ${made.length - undo.length} of ${made.length} calls cannot be taken back.`]
      : []),
  ].join('\n');
}

/** The result of waiting, one line per mapping. */
export const renderWaited = (
  { waited = [] }: DoctorChange,
  { colour, columns }: { colour: ChalkInstance; columns: number },
): string =>
  waited
    .map(({ mapping, outcome, because }) =>
      wrap(
        `${outcome === 'good' ? colour.green('✓') : outcome === 'bad' || outcome === 'gone' ? colour.red('✗') : colour.yellow('·')} ${visible(because)}${waited.length > 1 ? `  ${colour.dim(visible(mapping))}` : ''}`,
        { columns, hang: 2 },
      ),
    )
    .join('\n');

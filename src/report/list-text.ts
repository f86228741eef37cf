/** The answer of `list` for people: one line per mapping, with Lambda's text below it. */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { textState } from '../catalogue/text-state.js';
import { leftOutHeading, renderLeftOutRows } from './left-out-text.js';
import { visible } from '../text/visible.js';

interface Row {
  uuid: string;
  functionArn: string | null;
  eventSourceArn: string | null;
  topic: string | null;
  state: string | null;
  lastProcessingResult: string | null;
}

export function renderList(
  rows: readonly Row[],
  leftOut: Parameters<typeof renderLeftOutRows>[0],
  region: string,
  style: { colour: ChalkInstance; columns: number },
): string {
  if (leftOut.length === 0 && rows.length === 0) return `There is no event source mapping on Amazon MSK in ${region}.`;
  const selfManaged = leftOut.length === 0 ? [] : [`${leftOutHeading(leftOut)}\n${renderLeftOutRows(leftOut, style)}`];
  return [...(rows.length === 0 ? [] : [renderRows(rows, style)]), ...selfManaged].join('\n\n');
}

function renderRows(rows: readonly Row[], { colour, columns }: { colour: ChalkInstance; columns: number }): string {
  const cells = rows.map((row) =>
    [
      row.uuid,
      row.state ?? '?',
      qualifiedNameOf(row.functionArn) ?? '?',
      `${row.topic ?? '?'} on ${clusterNameOf(row.eventSourceArn) ?? '?'}`,
    ].map(visible),
  );
  const widths = [0, 1, 2].map((index) => Math.max(...cells.map((cell) => stringWidth(cell[index]!))));
  return rows
    .flatMap((row, index) => {
      const cell = cells[index]!;
      const line = cell
        .map((text, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(text))))
        .join('  ')
        .trimEnd();
      const text = row.lastProcessingResult ?? '';
      const shown = visible(text).slice(0, 300);
      const resultLine =
        textState(text) === 'error' ? [`  ${colour.red(shown)}`] : text === '' ? [] : [`  ${colour.dim(shown)}`];
      // Too narrow for a table: the columns are written below one another.
      const head = stringWidth(line) <= columns ? [line] : [cell[0]!, ...cell.slice(1).map((part) => `  ${part}`)];
      return [...head, ...resultLine];
    })
    .join('\n');
}

/** The answer of `list` for people: a table with a row per mapping, with Lambda's text below it. */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { textState } from '../catalogue/text-state.js';
import { noMappings } from './no-mappings.js';
import { leftOutHeading, renderLeftOutRows } from './left-out-text.js';
import { symbols } from '../text/symbols.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

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
  if (leftOut.length === 0 && rows.length === 0) return noMappings(region);
  const selfManaged = leftOut.length === 0 ? [] : [`${leftOutHeading(leftOut)}\n${renderLeftOutRows(leftOut, style)}`];
  return [...(rows.length === 0 ? [] : [renderRows(rows, style)]), ...selfManaged].join('\n\n');
}

/** Sorted by function, topic and UUID; what Lambda shows below a mapping where it is more than OK. */
function renderRows(rows: readonly Row[], { colour, columns }: { colour: ChalkInstance; columns: number }): string {
  const entries = rows
    .map((row) => ({ row, cells: cellsOf(row) }))
    .toSorted((a, b) => compare(a.cells.join('\n'), b.cells.join('\n')));
  const widths = header.map((title, index) =>
    Math.max(title.length, ...entries.map(({ cells }) => stringWidth(cells[index]!))),
  );
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell + ' '.repeat(widths[index]! - stringWidth(cell)))
      .join('  ')
      .trimEnd();
  const isTable = widths.reduce((sum, width) => sum + width + 2, 0) <= columns;
  return [
    ...(isTable ? [`  ${colour.bold(lineOf(header))}`] : []),
    ...entries.flatMap(({ row, cells }) => [
      // Too narrow for a table: the columns are written below one another.
      ...(isTable
        ? [`${signOf(row, colour)} ${lineOf(cells)}`]
        : [`${signOf(row, colour)} ${cells[0]!}`, ...cells.slice(1).map((cell) => `    ${cell}`)]),
      ...resultLines(row, colour, columns),
    ]),
  ].join('\n');
}

const header = ['FUNCTION', 'TOPIC', 'CLUSTER', 'STATE', 'UUID'];

const cellsOf = (row: Row): string[] =>
  [
    qualifiedNameOf(row.functionArn) ?? '?',
    row.topic ?? '?',
    clusterNameOf(row.eventSourceArn) ?? '?',
    row.state ?? '?',
    row.uuid,
  ].map(visible);

/** What Lambda shows, without a diagnosis. */
function signOf({ state, lastProcessingResult: result }: Row, colour: ChalkInstance): string {
  if (textState(result) === 'error') return colour.red(symbols.failed);
  if (state === 'Disabled' || state === 'Disabling') return colour.yellow(symbols.off);
  return state === null ? colour.yellow(symbols.unknown) : colour.green(symbols.passed);
}

function resultLines({ lastProcessingResult: result }: Row, colour: ChalkInstance, columns: number): string[] {
  const state = textState(result);
  if (result === null || state === 'none' || state === 'ok') return [];
  const text = wrap(visible(result).slice(0, 300), { columns, indent: 4 });
  return [state === 'error' ? colour.red(text) : colour.dim(text)];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

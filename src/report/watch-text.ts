/** `watch` as text: a line for each change, and the table of a terminal. */
import type { ChalkInstance } from 'chalk';
import type { Diagnosis, LeftOutDiagnosis, MappingDiagnosis, Verdict } from '../diagnosis/diagnosis.js';
import { cutToWidth, fillToWidth } from '../text/cut.js';
import { inLargestUnit } from '../text/duration.js';
import { visible } from '../text/visible.js';
import { answerOf, functionOf, signOf } from './doctor-head-line.js';

/** A mapping with a verdict, and since when it is as it is. */
export interface WatchedMapping {
  mapping: MappingDiagnosis;
  since: Date;
}

/** The mappings of a diagnosis that have a verdict; those on self-managed Kafka come last. */
export const watchedOf = ({ mappings, leftOut }: Diagnosis): MappingDiagnosis[] => [
  ...mappings,
  ...leftOut.flatMap(fromLeftOut),
];

const fromLeftOut = ({ verdict, clusterArn, ...rest }: LeftOutDiagnosis): MappingDiagnosis[] =>
  verdict === null ? [] : [{ ...rest, verdict, eventSourceArn: clusterArn, likely: [], hints: [] }];

const nameOf = (mapping: MappingDiagnosis): string =>
  `${functionOf(mapping)}${mapping.topic === null ? '' : ` ← ${visible(mapping.topic)}`}`;

/** Without milliseconds. */
const instant = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

/** `2026-11-23T10:00:00Z ✗ order-handler ← orders: broken, Enabled: 3 subnets cannot reach STS`. */
export function watchLine(mapping: MappingDiagnosis, diagnosis: Diagnosis, at: Date, colour: ChalkInstance): string {
  const state = visible(mapping.observed.state ?? 'state unknown');
  return `${instant(at)} ${signOf(mapping.verdict, colour)} ${nameOf(mapping)}: ${mapping.verdict}, ${state}: ${answerOf(mapping, diagnosis)}`;
}

export interface TableStyle {
  colour: ChalkInstance;
  columns: number;
  /** Lines of the terminal. */
  rows: number;
}

export interface Table {
  at: Date;
  diagnosis: Diagnosis;
  watched: readonly WatchedMapping[];
  notes: readonly string[];
  /** When everything was read. */
  readAt: Date;
}

const counted: readonly [keyof Diagnosis['summary'], Verdict][] = [
  ['broken', 'broken'],
  ['unknown', 'unknown'],
  ['disabled', 'disabled'],
  ['atRisk', 'at-risk'],
  ['healthy', 'healthy'],
];

/** Columns from which state and duration have columns of their own. */
const wide = 90;

/** The lines of the table; none is wider than the terminal, and they leave one line of it free. */
export function watchTable(table: Table, { colour, columns, rows }: TableStyle): string[] {
  const { at, diagnosis, watched, notes, readAt } = table;
  const counts = counted.flatMap(([, verdict]) => {
    const count = watched.filter(({ mapping }) => mapping.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  const head = [diagnosis.region, instant(at), counts.length === 0 ? 'no mapping' : counts.join(', ')].join(' · ');
  const foot = [
    ...notes.map((note) => colour.yellow(cutToWidth(`! ${visible(note)}`, columns))),
    colour.dim(cutToWidth(`Everything read at ${instant(readAt)}. Ctrl-C ends.`, columns)),
  ];
  const room = Math.max(1, rows - 2 - foot.length);
  const shown = watched.length <= room ? watched : watched.slice(0, Math.max(1, room - 1));
  const rest = watched.length - shown.length;
  const nameWidth = Math.min(
    Math.max(24, Math.floor(columns / 3)),
    Math.max(0, ...shown.map(({ mapping }) => nameOf(mapping).length)),
  );
  return [
    colour.bold(cutToWidth(head, columns)),
    ...shown.map((row) => tableRow(row, table, { colour, columns, nameWidth })),
    ...(rest === 0 ? [] : [cutToWidth(`  … and ${rest} more`, columns)]),
    ...foot,
  ];
}

function tableRow(
  { mapping, since }: WatchedMapping,
  { at, diagnosis }: Table,
  { colour, columns, nameWidth }: { colour: ChalkInstance; columns: number; nameWidth: number },
): string {
  const cells = [
    fillToWidth(nameOf(mapping), nameWidth),
    ...(columns < wide
      ? []
      : [
          fillToWidth(visible(mapping.observed.state ?? 'unknown'), 9),
          fillToWidth(inLargestUnit(at.getTime() - since.getTime()), 11),
        ]),
    answerOf(mapping, diagnosis),
  ];
  return `${signOf(mapping.verdict, colour)} ${cutToWidth(cells.join('  '), columns - 2)}`;
}

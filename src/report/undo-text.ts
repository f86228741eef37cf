/** What `undo` reverts, for people. */
import type { ChalkInstance } from 'chalk';
import { cliWords } from '../fixes/render-cli.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';
import { commandLine } from './command-line.js';
import type { UndoDocument } from './documents/undo.js';

export interface UndoStyle {
  colour: ChalkInstance;
  columns: number;
  region: string;
  profile?: string | undefined;
}

type Step = UndoDocument['steps'][number];

/** The steps, the newest first, each with the call that reverts it or the reason why it is not reverted. */
export const renderUndoSteps = (steps: readonly Step[], style: UndoStyle): string =>
  steps.map((step, index) => renderStep(step, index + 1, style)).join('\n');

const labels: Record<Step['outcome'], string> = {
  planned: 'Undo',
  reverted: 'Undone',
  already: 'Already undone',
  cannot: 'Cannot be undone',
  changed: 'Not undone',
  unread: 'Not undone',
  refused: 'Refused',
};

function renderStep(
  { resource, call, undo, cleanup, outcome, because }: Step,
  number: number,
  style: UndoStyle,
): string {
  const { colour, columns } = style;
  const label = labels[outcome];
  const paint =
    outcome === 'reverted'
      ? colour.green
      : outcome === 'planned' || outcome === 'already'
        ? colour.bold
        : colour.yellow;
  const heading = `${String(number).padStart(3)}  ${paint(label)}: ${call.operation} on ${visible(resource)}`;
  return [
    wrap(heading, { columns, hang: 5 }),
    ...(because === null ? [] : [wrap(visible(because), { columns, indent: 5, hang: 0 })]),
    ...(outcome === 'already' ? [] : [undo ?? [], cleanup ?? []].flat()).map((made) =>
      commandLine(cliWords(made, style), style),
    ),
  ].join('\n');
}

/** The message first, then the steps. */
export const renderUndo = ({ message, steps }: UndoDocument, style: UndoStyle): string =>
  [
    wrap(visible(message), { columns: style.columns }),
    ...(steps.length === 0 ? [] : ['', renderUndoSteps(steps, style)]),
  ].join('\n');

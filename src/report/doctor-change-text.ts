/** What `doctor --fix` and `--wait` did, for people. */
import type { ChalkInstance } from 'chalk';
import { shell } from '../text/shell.js';
import { inShell, type Shell } from '../text/shells.js';
import type { DoctorChange } from './documents/doctor.js';
import type { StepDocument } from './documents/repair-plan.js';
import { stepTitle } from './step-title.js';
import { visible } from '../text/visible.js';
import { wrap } from '../text/wrap.js';

/** `isAwaited`: Lambda still shows the result from before. The result of each step of the plan, and how to undo what was made. Empty where nothing was to be made. */
export function renderRepaired(
  { plan, changed = 0, undoFile = null }: DoctorChange,
  {
    colour,
    columns,
    shell: syntax,
    isAwaited = false,
  }: { colour: ChalkInstance; columns: number; shell?: Shell | undefined; isAwaited?: boolean },
): string {
  const steps = plan?.steps.filter(({ isChosen }) => isChosen) ?? [];
  if (steps.length === 0) return '';
  const signs = { made: colour.green('✓'), refused: colour.red('✗'), 'not-made': colour.yellow('–') };
  const final = steps.filter((step) => step.outcome === 'made' && !canBeUndone(step)).length;
  return [
    wrap(
      `Made ${changed} of ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}.${isAwaited ? ' Lambda has not reported a new result yet, which takes a few minutes (doctor --wait waits for it).' : ''}`,
      { columns },
    ),
    ...steps.map((step) => {
      const { outcome = 'not-made', because = null } = step;
      const why = because ?? (outcome === 'not-made' ? 'Not made.' : '');
      return wrap(`  ${signs[outcome]} ${visible(`${stepTitle(step)}${why === '' ? '' : `: ${why}`}`)}`, {
        columns,
        hang: 4,
      });
    }),
    ...(final === 0 ? [] : [`${final} of ${changed} ${changed === 1 ? 'change' : 'changes'} cannot be undone.`]),
    ...(undoFile === null || final === changed ? [] : [`Undo: ${inShell(shell`msk-lambda undo ${undoFile}`, syntax)}`]),
  ].join('\n');
}

/** A new endpoint is deleted by the id that AWS answered, which the undo file has. */
const canBeUndone = ({ undo, operation }: StepDocument): boolean => undo !== null || operation === 'CreateVpcEndpoint';

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

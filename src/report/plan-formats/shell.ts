/** A repair plan as a POSIX shell script of AWS CLI commands. */
import { renderCli, type CliPlace } from '../../fixes/render-cli.js';
import type { RepairPlan, RepairStep } from '../../repair/repair-plan.js';
import { visible } from '../../text/visible.js';
import { commentLines } from './comments.js';

/**
 * A script that makes the chosen steps in their order and stops at the first that AWS refuses. The other options, the
 * manual steps, and the commands that undo the steps (the last first) are comments.
 */
export function toShellScript(plan: RepairPlan, flags: CliPlace = {}): string {
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  const comment = (text: string): string[] => commentLines(text, '# ');
  const commandOf = (step: RepairStep): string => runnable(renderCli(step, flags));
  const undo = chosen.toReversed();
  return [
    '#!/bin/sh',
    ...comment('Repair plan of msk-lambda. Stops at the first command that fails.'),
    'set -eu',
    ...chosen.flatMap((step) => ['', ...comment(describe(step)), commandOf(step)]),
    ...plan.choices.flatMap(({ question, options, chosen: index }) => [
      '',
      ...comment(`Choice: ${question}`),
      ...options.flatMap((option, position) => [
        ...comment(`${position === index ? 'chosen' : 'not chosen'}: ${option.title}`),
        ...(position === index ? [] : plan.steps.filter(({ id }) => option.steps.includes(id)))
          .filter(({ isChosen }) => !isChosen)
          .map((step) => `#   ${commandOf(step)}`),
      ]),
    ]),
    ...plan.byHand.flatMap(({ title, command }) => [
      '',
      ...comment(`Manual: ${title}`),
      ...(command === null ? [] : [`#   ${command}`]),
    ]),
    ...(undo.length === 0 ? [] : ['', ...comment('To undo, in this order:')]),
    ...undo.flatMap((step) =>
      step.undo === null ? comment(`  ${step.id} cannot be undone`) : [`#   ${visible(renderCli(step.undo, flags))}`],
    ),
    '',
  ].join('\n');
}

/** Control characters in a name could control the terminal that shows the script: such a command is a comment. */
function runnable(command: string): string {
  const shown = visible(command);
  return shown === command ? command : `# Contains control characters, so it is not run: ${shown}`;
}

/** The id, the reason and what a reader must know before the step is made. */
export const describe = ({ id, reason, dangers }: RepairStep): string => [`${id}: ${reason}`, ...dangers].join('\n');

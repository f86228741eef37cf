/** A repair plan as a POSIX shell script of AWS CLI commands. */
import { renderCli, type CliPlace } from '../../fixes/render-cli.js';
import { newEndpointOf, undoOf } from '../../plan/repair.js';
import type { RepairPlan, RepairStep } from '../../repair/repair-plan.js';
import { shellQuote } from '../../text/shell.js';
import { visible } from '../../text/visible.js';
import { commentLines, describe } from './comments.js';

/**
 * A script that makes the chosen steps in their order and stops at the first that AWS refuses. The other options, the
 * manual steps, and the commands that undo the steps (the last first) are comments.
 */
export function toShellScript(plan: RepairPlan, flags: CliPlace = {}): string {
  const chosen = plan.steps.filter(({ isChosen }) => isChosen);
  const comment = (text: string): string[] => commentLines(text, '# ');
  const commandOf = (step: RepairStep): string => runnable(renderCli(step, flags));
  const linesOf = (step: RepairStep): string[] => {
    const command = commandOf(step);
    if (step.operation !== 'CreateVpcEndpoint' || command.startsWith('#')) return [command];
    const variable = newEndpointVariable(step);
    return [
      `${variable}=$(${command} --query VpcEndpoint.VpcEndpointId --output text)`,
      // For a person who undoes it after the script has ended.
      `echo "${variable}=$${variable}"`,
    ];
  };
  const undoLines = (step: RepairStep): string[] => {
    if (step.undo !== null) return [`#   ${visible(renderCli(step.undo, flags))}`];
    const undoCall = undoOf(step);
    if (undoCall === null) return comment(`  ${step.id} cannot be undone`);
    const variable = newEndpointVariable(step);
    const command = visible(renderCli(undoCall, flags)).replace(shellQuote(newEndpointOf(step)), `"$${variable}"`);
    return [...comment(`  The script prints ${variable}=ID. Set it first:`), `#   ${command}`];
  };
  const undo = chosen.toReversed();
  return [
    '#!/bin/sh',
    ...comment('Repair plan of msk-lambda. Stops at the first command that fails.'),
    'set -eu',
    ...chosen.flatMap((step) => ['', ...comment(describe(step)), ...linesOf(step)]),
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
    ...undo.flatMap(undoLines),
    '',
  ].join('\n');
}

/** The shell variable with the id of the endpoint that a step creates. */
const newEndpointVariable = ({ id }: RepairStep): string => `endpoint_${id.replaceAll(/\W/g, '_')}`;

/** Control characters in a name could control the terminal that shows the script: such a command is a comment. */
function runnable(command: string): string {
  const shown = visible(command);
  return shown === command ? command : `# Contains control characters, so it is not run: ${shown}`;
}

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { doctorOptions } from './options.js';

export default defineCommand({
  name: 'doctor',
  group: 'Diagnose',
  summary: 'find out why a trigger does not work',
  description:
    'Finds the cause of a trigger that does not work, with the evidence and a fix. ' +
    'Without a target it checks every MSK mapping of the region. ' +
    'It is read-only unless you pass --fix, which shows one repair plan for all causes, asks for confirmation, ' +
    'makes the changes, and writes an undo file for `msk-lambda undo`.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: doctorOptions,
  examples: [
    { command: 'msk-lambda doctor --sandbox', does: 'see a diagnosis without an AWS account' },
    { command: 'msk-lambda doctor order-handler --region eu-west-1', does: 'every MSK trigger of one function' },
    {
      command: 'msk-lambda doctor order-handler --plan',
      does: 'show how to repair all causes, and change nothing',
    },
    {
      command: 'msk-lambda doctor 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --fix',
      does: 'repair the mapping after a confirmation, and diagnose it again',
    },
    {
      command: 'msk-lambda doctor --all --regions all --output jsonl',
      does: 'every mapping of every region, one a line',
    },
    { command: 'msk-lambda doctor --output json | jq .mappings[0].causes', does: 'for scripts' },
  ],
  load: async () => (await import('./read-first.js')).run,
});

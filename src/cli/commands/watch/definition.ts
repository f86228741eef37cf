import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { watchOptions } from './options.js';

export default defineCommand({
  name: 'watch',
  group: 'Diagnose',
  summary: 'repeat the diagnosis and show each change',
  description:
    'Repeats `doctor` with at most 2 AWS calls for each mapping and minute at the default interval: state, result and metrics are read again, ' +
    'and everything else when the state, the result or a setting changes. ' +
    'A terminal shows a table that is updated; otherwise each change is a line. ' +
    'The exit code is that of `doctor` at the last evaluation. ' +
    'With --until healthy, the command ends as soon as every mapping works; a mapping with warnings works (not with --fail-on warn), ' +
    'a disabled one does not. Throttling and failed reads are shown and do not end the command; ' +
    'after three failed reads in a row the verdict of a mapping is “unknown”.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: watchOptions,
  examples: [
    {
      command: 'msk-lambda watch order-handler',
      does: 'show the state of every MSK trigger of one function until Ctrl-C',
    },
    {
      command: 'msk-lambda watch order-handler --until healthy --for 10m',
      does: 'wait in a pipeline until the triggers work; exit code 1 if one is still broken after 10 minutes',
    },
    {
      command: 'msk-lambda watch --for 8h --output jsonl >> changes.jsonl',
      does: 'keep a log of all changes in the region',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { lagOptions } from './options.js';

export default defineCommand({
  name: 'lag',
  group: 'Diagnose',
  summary: 'show how far a mapping is behind its topic, and what limits it',
  description:
    'Shows the offset lag of the last hour as a plot, and works out what limits the mapping: partitions, event pollers, concurrency, batch size or the duration of the function, with the setting that changes it.',
  arguments: [new Argument('<target>', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: lagOptions,
  examples: [
    { command: 'msk-lambda lag order-handler --sandbox falls-behind', does: 'lag of the mapping of a function' },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { listOptions } from './options.js';

export default defineCommand({
  name: 'list',
  group: 'Look',
  summary: 'list the event source mappings on Amazon MSK of a region',
  arguments: [new Argument('[target...]', 'only those of a function or cluster, by name or ARN')],
  options: listOptions,
  examples: [
    { command: 'msk-lambda list --sandbox', does: 'the mappings of the sandbox' },
    { command: 'msk-lambda list --quiet', does: 'their UUIDs, one a line' },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { listOptions } from './options.js';

export default defineCommand({
  name: 'list',
  group: 'Show',
  summary: 'list the Amazon MSK event source mappings of a region',
  arguments: [new Argument('[target...]', 'only mappings of this function or cluster, by name or ARN')],
  options: listOptions,
  examples: [
    { command: 'msk-lambda list --sandbox', does: 'mappings of the sandbox account' },
    { command: 'msk-lambda list --quiet', does: 'only the UUIDs, one per line' },
  ],
  load: async () => (await import('./run.js')).run,
});

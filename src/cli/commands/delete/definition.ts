import { Argument } from 'commander';
import { switchOptions } from '../../change/options.js';
import { defineCommand } from '../../define-command.js';

export default defineCommand({
  name: 'delete',
  group: 'Change',
  summary: 'delete a mapping',
  description:
    'The committed offsets of its consumer group stay in the cluster: a new mapping with the same consumer group resumes from them.',
  arguments: [new Argument('[target]', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: switchOptions,
  examples: [
    { command: 'msk-lambda delete order-handler', does: 'the only mapping of this function; asks first' },
    {
      command: 'msk-lambda delete 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --yes --wait',
      does: 'for scripts: no question, waits for the result',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

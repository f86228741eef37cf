import { Argument } from 'commander';
import { switchOptions } from '../../change/options.js';
import { defineCommand } from '../../define-command.js';

export default defineCommand({
  name: 'delete',
  group: 'Change',
  summary: 'delete a mapping',
  description:
    'The offsets of its consumer group stay in the cluster: a mapping with the same group goes on from there.',
  arguments: [new Argument('[target]', 'mapping UUID, function or cluster, by name or ARN')],
  options: switchOptions,
  examples: [
    { command: 'msk-lambda delete order-handler', does: 'the only mapping of a function; asks first' },
    { command: 'msk-lambda delete 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --yes --wait', does: 'for scripts' },
  ],
  load: async () => (await import('./run.js')).run,
});

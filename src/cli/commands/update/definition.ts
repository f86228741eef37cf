import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { updateOptions } from './options.js';

export default defineCommand({
  name: 'update',
  group: 'Change',
  summary: 'change what can be changed of a mapping',
  description:
    'Sends only what differs, after checking the mapping as it would be. Cluster, topic, consumer group and starting position cannot be changed: see `recreate`. ' +
    'The AWS CLI’s own flags of update-event-source-mapping are understood too.',
  arguments: [new Argument('[target]', 'mapping UUID, function or cluster, by name or ARN')],
  options: updateOptions,
  examples: [
    { command: 'msk-lambda update order-handler --batch-size 500 --batching-window 5', does: 'change the batching' },
    {
      command: 'msk-lambda update 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --on-demand --dry-run',
      does: 'what taking the provisioned pollers away would do',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { updateOptions } from './options.js';

export default defineCommand({
  name: 'update',
  group: 'Change',
  summary: 'change a mapping’s settings',
  description:
    'Runs every check on the changed mapping first and sends only the settings that differ. Lambda cannot update the cluster, topic, consumer group and starting position: use `recreate`. ' +
    'The AWS CLI flags of update-event-source-mapping are accepted too.',
  arguments: [new Argument('[target]', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: updateOptions,
  examples: [
    {
      command: 'msk-lambda update order-handler --minimum-pollers 1 --maximum-pollers 4',
      does: 'use provisioned mode',
    },
    { command: 'msk-lambda update order-handler --batch-size 500 --batching-window 5', does: 'larger batches' },
    {
      command: 'msk-lambda update 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --on-demand --dry-run',
      does: 'show the plan to turn off provisioned mode',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { inspectOptions } from './options.js';

export default defineCommand({
  name: 'inspect',
  group: 'Show',
  summary: 'show a mapping and its resources, without a diagnosis',
  arguments: [
    new Argument('[target...]', 'mappings, by UUID, function or cluster (name or ARN); default: all in the region'),
  ],
  options: inspectOptions,
  examples: [
    {
      command: 'msk-lambda inspect --sandbox',
      does: 'authentication, brokers, consumer group, network, role and secret of each mapping',
    },
    { command: 'msk-lambda inspect order-handler --output json', does: 'the same as JSON' },
  ],
  load: async () => (await import('./run.js')).run,
});

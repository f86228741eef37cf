import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { inspectOptions } from './options.js';

export default defineCommand({
  name: 'inspect',
  group: 'Look',
  summary: 'show a mapping with all that surrounds it, without judging it',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: inspectOptions,
  examples: [
    {
      command: 'msk-lambda inspect --sandbox',
      does: 'authentication, brokers, consumer group, pollers’ network, role, secret',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

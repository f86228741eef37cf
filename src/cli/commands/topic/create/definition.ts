import { defineCommand } from '../../../define-command.js';
import { topicCreateOptions } from './options.js';
import { clusterArgument, topicApiNeeds } from '../shared.js';

export default defineCommand({
  name: 'create',
  group: 'Change',
  summary: 'create a topic and wait until it is there',
  description: `Creates a topic, unless an equal one is there. ${topicApiNeeds}`,
  arguments: [clusterArgument()],
  options: topicCreateOptions,
  examples: [
    {
      command:
        'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3 --sandbox --dry-run',
      does: 'show the call',
    },
    {
      command:
        'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3 --config retention.ms=86400000 --yes',
      does: 'make it',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

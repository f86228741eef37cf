import { defineCommand } from '../../../define-command.js';
import { topicCreateOptions } from './options.js';
import { clusterArgument, topicApiNeeds } from '../shared.js';

export default defineCommand({
  name: 'create',
  group: 'Change',
  summary: 'create a topic and wait until it is active',
  description: `Creates a topic. An identical topic that already exists is left unchanged. ${topicApiNeeds}`,
  arguments: [clusterArgument()],
  options: topicCreateOptions,
  examples: [
    {
      command:
        'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3 --sandbox --dry-run',
      does: 'show the API call, create nothing',
    },
    {
      command:
        'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3 --config retention.ms=86400000 --yes',
      does: 'create it without a question; records are kept for one day',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

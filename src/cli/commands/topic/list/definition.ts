import { defineCommand } from '../../../define-command.js';
import { topicListOptions } from './options.js';
import { clusterArgument, topicApiNeeds } from '../shared.js';

export default defineCommand({
  name: 'list',
  group: 'Show',
  summary: 'list the topics of a cluster',
  description: `Lists the topics that your credentials may describe. ${topicApiNeeds}`,
  arguments: [clusterArgument()],
  options: topicListOptions,
  examples: [
    {
      command: 'msk-lambda topic list orders-cluster --sandbox',
      does: 'topics of a cluster with their partitions',
    },
    { command: 'msk-lambda topic list orders-cluster --quiet', does: 'only the names, one per line' },
  ],
  load: async () => (await import('./run.js')).run,
});

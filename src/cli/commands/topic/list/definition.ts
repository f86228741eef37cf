import { defineCommand } from '../../../define-command.js';
import { topicListOptions } from './options.js';
import { clusterArgument, topicApiNeeds } from '../shared.js';

export default defineCommand({
  name: 'list',
  group: 'Look',
  summary: 'list the topics of a cluster',
  description: `Lists the topics that your credentials may describe. ${topicApiNeeds}`,
  arguments: [clusterArgument()],
  options: topicListOptions,
  examples: [
    {
      command: 'msk-lambda topic list orders-cluster --sandbox',
      does: 'the topics of a cluster, with their partitions',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

import { defineCommand } from '../../define-command.js';
import create from './create/definition.js';
import list from './list/definition.js';
import { topicApiNeeds } from './shared.js';

export default defineCommand({
  name: 'topic',
  group: 'Change',
  summary: 'list or create topics through the MSK API',
  description: topicApiNeeds,
  examples: [
    { command: 'msk-lambda topic list orders-cluster', does: 'topics of a cluster' },
    {
      command: 'msk-lambda topic create orders-cluster --topic returns --partitions 6 --replication-factor 3',
      does: 'create a topic; asks first',
    },
  ],
  commands: [list, create],
});

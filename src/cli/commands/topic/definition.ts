import { defineCommand } from '../../define-command.js';
import create from './create/definition.js';
import list from './list/definition.js';
import { topicApiNeeds } from './shared.js';

export default defineCommand({
  name: 'topic',
  group: 'Change',
  summary: 'list or create topics by the MSK API',
  description: topicApiNeeds,
  examples: [{ command: 'msk-lambda topic list orders-cluster', does: 'the topics of a cluster' }],
  commands: [list, create],
});

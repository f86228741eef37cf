import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { recreateOptions } from './options.js';

export default defineCommand({
  name: 'recreate',
  group: 'Change',
  summary: 'delete a mapping and create it again with other settings',
  description:
    'For settings that Lambda cannot update: cluster, topic, consumer group, starting position. The new mapping uses the consumer group of the old one and resumes from its committed offsets. ' +
    'Lambda allows one mapping per cluster, topic and function, so the old one is deleted first: only after every check of the new one passes, and never if records could be lost.',
  arguments: [new Argument('[target]', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: recreateOptions,
  examples: [
    {
      command: 'msk-lambda recreate order-handler --topic orders-v2 --starting-position TRIM_HORIZON --dry-run',
      does: 'show the plan for another topic',
    },
    {
      command:
        'msk-lambda recreate order-handler --consumer-group orders-2 --starting-position AT_TIMESTAMP --starting-position-timestamp 2026-01-31T08:00:00Z',
      does: 'read again from a point in time, with a new consumer group',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

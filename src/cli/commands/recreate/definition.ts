import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { recreateOptions } from './options.js';

export default defineCommand({
  name: 'recreate',
  group: 'Change',
  summary: 'delete a mapping and make it anew, with its consumer group',
  description:
    'For what cannot be changed while a mapping lives: cluster, topic, consumer group, starting position. The new mapping takes the consumer group of the old one ' +
    'and so goes on from its offsets. The old one goes first, since Lambda keeps one of each; it goes only when the new one is sound, and never where records could be lost.',
  arguments: [new Argument('[target]', 'mapping UUID, function or cluster, by name or ARN')],
  options: recreateOptions,
  examples: [
    {
      command: 'msk-lambda recreate order-handler --topic orders-v2 --starting-position TRIM_HORIZON --dry-run',
      does: 'what moving to another topic would do',
    },
    {
      command:
        'msk-lambda recreate order-handler --consumer-group orders-2 --starting-position AT_TIMESTAMP --starting-position-timestamp 2026-01-31T08:00:00Z',
      does: 'read again from a point in time',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

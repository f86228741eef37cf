import { Argument } from 'commander';
import { switchOptions } from '../../change/options.js';
import { defineCommand } from '../../define-command.js';

export default defineCommand({
  name: 'disable',
  group: 'Change',
  summary: 'disable a mapping: it stops polling',
  description:
    'The mapping stops polling. Its committed offsets stay in the cluster: enabled again, it resumes from them.',
  arguments: [new Argument('[target]', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: switchOptions,
  examples: [
    { command: 'msk-lambda disable order-handler', does: 'the only mapping of this function; asks first' },
    {
      command: 'msk-lambda disable 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --yes --wait',
      does: 'for scripts: no question, waits for the result',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

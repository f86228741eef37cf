import { Argument } from 'commander';
import { switchOptions } from '../../change/options.js';
import { defineCommand } from '../../define-command.js';

export default defineCommand({
  name: 'enable',
  group: 'Change',
  summary: 'check a mapping and enable it if nothing blocks it',
  description:
    'Runs every check on the mapping, enables it if nothing blocks it, and waits until it works or shows an error.',
  arguments: [new Argument('[target]', 'mapping, by UUID; or its function or cluster, by name or ARN')],
  options: switchOptions,
  examples: [
    { command: 'msk-lambda enable order-handler', does: 'the only mapping of this function; asks first' },
    {
      command: 'msk-lambda enable 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --yes --wait',
      does: 'for scripts: no question, waits for the result',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

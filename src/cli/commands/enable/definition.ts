import { Argument } from 'commander';
import { switchOptions } from '../../change/options.js';
import { defineCommand } from '../../define-command.js';

export default defineCommand({
  name: 'enable',
  group: 'Change',
  summary: 'switch a mapping on, when it is sound',
  description: 'Checks the mapping as it would be, enables it, and waits until it works or shows why not.',
  arguments: [new Argument('[target]', 'mapping UUID, function or cluster, by name or ARN')],
  options: switchOptions,
  examples: [
    { command: 'msk-lambda enable order-handler', does: 'the only mapping of a function; asks first' },
    { command: 'msk-lambda enable 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --yes --wait', does: 'for scripts' },
  ],
  load: async () => (await import('./run.js')).run,
});

import { defineCommand } from '../../../define-command.js';
import { outputOptions } from '../../../shared-options.js';

export default defineCommand({
  name: 'list',
  group: 'Try',
  summary: 'list the simulated accounts',
  options: () => outputOptions({ quiet: 'print only the names, one per line' }),
  examples: [
    { command: 'msk-lambda sandbox list', does: 'names and the fault that each account has' },
    { command: 'msk-lambda sandbox list --quiet', does: 'only the names' },
  ],
  load: async () => (await import('./run.js')).run,
});

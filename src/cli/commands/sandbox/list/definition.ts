import { defineCommand } from '../../../define-command.js';
import { outputOptions } from '../../../shared-options.js';

export default defineCommand({
  name: 'list',
  group: 'Tool',
  summary: 'list the accounts that ship with the tool',
  options: outputOptions,
  examples: [{ command: 'msk-lambda sandbox list', does: 'names and what each shows' }],
  load: async () => (await import('./run.js')).run,
});

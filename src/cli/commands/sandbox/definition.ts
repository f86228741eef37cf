import { defineCommand } from '../../define.js';
import { outputOptions, type OutputOptions } from '../../options.js';

const list = defineCommand<OutputOptions>({
  name: 'list',
  group: 'Tool',
  summary: 'list the accounts that ship with the tool',
  options: () => outputOptions(),
  examples: [{ command: 'msk-lambda sandbox list', does: 'names and what each shows' }],
  load: async () => (await import('./run.js')).run,
});

export default defineCommand({
  name: 'sandbox',
  group: 'Tool',
  summary: 'accounts that ship with the tool, to try every command without AWS',
  description: 'With `--sandbox [NAME]` a command that reads AWS reads one of them instead, through the same code.',
  examples: [{ command: 'msk-lambda doctor --sandbox scram', does: 'diagnose one of them' }],
  commands: [list],
});

import { defineCommand } from '../../define-command.js';
import list from './list/definition.js';

export default defineCommand({
  name: 'sandbox',
  group: 'Tool',
  summary: 'accounts that ship with the tool, to try every command without AWS',
  description: 'With `--sandbox [NAME]` a command that reads AWS reads one of them instead, through the same code.',
  examples: [{ command: 'msk-lambda doctor --sandbox scram', does: 'diagnose one of them' }],
  commands: [list],
});

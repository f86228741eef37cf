import { defineCommand } from '../../define-command.js';
import list from './list/definition.js';

export default defineCommand({
  name: 'sandbox',
  group: 'Try',
  summary: 'simulated accounts to try every command without AWS',
  description:
    'With `--sandbox [NAME]`, a command uses a simulated account instead of AWS. Changes are simulated too and end with the command.',
  examples: [
    { command: 'msk-lambda sandbox list', does: 'names of the simulated accounts' },
    { command: 'msk-lambda doctor --sandbox scram', does: 'diagnose the account “scram”' },
  ],
  commands: [list],
});

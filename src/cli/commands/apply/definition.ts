import { defineCommand } from '../../define-command.js';
import { applyOptions } from './options.js';

export default defineCommand({
  name: 'apply',
  group: 'Change',
  summary: 'create, update and recreate mappings to match a file',
  description:
    'Compares each mapping in a YAML or JSON file with the account, shows what it will create, update or recreate, and asks before it changes anything. A second run changes nothing. ' +
    'A setting that the file leaves out gets Lambda’s default. The JSON Schema of the file is schema/mapping-file.v1.json.',
  options: applyOptions,
  examples: [
    {
      command: 'msk-lambda apply --print-file --output-file mappings.yaml',
      does: 'write the existing mappings to a file to start from',
    },
    { command: 'msk-lambda apply -f mappings.yaml --dry-run', does: 'show the plan, change nothing' },
    {
      command: 'msk-lambda apply -f mappings.yaml --yes --output json',
      does: 'for scripts: no question, result as JSON',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

import { defineCommand } from '../../define-command.js';
import { applyOptions } from './options.js';

export default defineCommand({
  name: 'apply',
  group: 'Change',
  summary: 'make the account agree with a file of mappings',
  description:
    'Compares each mapping of a YAML or JSON file with the account, shows what it would create, change or recreate, asks, and does it. Run again, it changes nothing. ' +
    'What a mapping in the file leaves out is wanted at Lambda’s default; the form of the file is in schema/mapping-file.v1.json.',
  options: applyOptions,
  examples: [
    { command: 'msk-lambda apply --print-file --output-file mappings.yaml', does: 'begin with what is there' },
    { command: 'msk-lambda apply -f mappings.yaml --dry-run', does: 'the plan alone' },
    { command: 'msk-lambda apply -f mappings.yaml --yes --output json | jq .changed', does: 'for scripts' },
  ],
  load: async () => (await import('./run.js')).run,
});

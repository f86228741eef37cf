import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { outputOptions } from '../../../shared-options.js';

export default defineCommand({
  name: 'diff',
  group: 'Show',
  summary: 'compare two snapshots: changed resources and changed check results',
  arguments: [new Argument('<before>', 'older snapshot file'), new Argument('<after>', 'newer snapshot file')],
  options: () => outputOptions({ quiet: 'no effect: the result has no decoration' }),
  examples: [
    { command: 'msk-lambda snapshot diff before.json after.json', does: 'changes between two snapshots' },
    { command: 'msk-lambda snapshot diff before.json after.json --output json', does: 'the same as JSON' },
  ],
  load: async () => (await import('./run.js')).run,
});

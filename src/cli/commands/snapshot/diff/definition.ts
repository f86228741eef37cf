import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { outputOptions } from '../../../shared-options.js';

export default defineCommand({
  name: 'diff',
  group: 'Look',
  summary: 'compare two snapshots: what changed, and which checks turned',
  arguments: [new Argument('<before>', 'file'), new Argument('<after>', 'file')],
  options: outputOptions,
  examples: [{ command: 'msk-lambda snapshot diff before.json after.json', does: 'what changed between them' }],
  load: async () => (await import('./run.js')).run,
});

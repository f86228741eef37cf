import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import diff from './diff/definition.js';
import { snapshotOptions } from './options.js';

export default defineCommand({
  name: 'snapshot',
  group: 'Show',
  summary: 'save the account’s configuration to a file for a later diagnosis',
  description:
    'The file contains no secret values, only their properties (fields, encodings, dates). Use it with `--snapshot FILE` on doctor, network, inspect, broker, list and policy.',
  arguments: [
    new Argument('[target...]', 'mappings, by UUID, function or cluster (name or ARN); default: all in the region'),
  ],
  options: snapshotOptions,
  examples: [
    { command: 'msk-lambda snapshot --sandbox -o account.json', does: 'save a snapshot of the sandbox account' },
    { command: 'msk-lambda doctor --snapshot account.json', does: 'diagnose it, without AWS access' },
    {
      command: 'msk-lambda snapshot order-handler --anonymize -o to-share.json',
      does: 'anonymized: without account IDs, names and addresses',
    },
  ],
  commands: [diff],
  load: async () => (await import('./run.js')).run,
});

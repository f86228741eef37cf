import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import diff from './diff/definition.js';
import { snapshotOptions } from './options.js';

export default defineCommand({
  name: 'snapshot',
  group: 'Look',
  summary: 'write what was read of the account to a file, to be judged later',
  description:
    'A snapshot holds no secret: of secrets only a profile is kept. Judge it with `--snapshot FILE` on doctor, network, inspect, broker and list.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: snapshotOptions,
  examples: [
    { command: 'msk-lambda snapshot --sandbox -o account.json', does: 'write a snapshot' },
    { command: 'msk-lambda doctor --snapshot account.json', does: 'judge it, without AWS' },
    {
      command: 'msk-lambda snapshot order-handler --anonymize -o to-share.json',
      does: 'one that tells nobody whose account it is',
    },
  ],
  commands: [diff],
  load: async () => (await import('./run.js')).run,
});

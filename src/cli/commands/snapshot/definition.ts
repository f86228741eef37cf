import { Argument } from 'commander';
import { defineCommand } from '../../define.js';
import { option, outputOptions, sourceOptions, type OutputOptions, type SourceOptions } from '../../options.js';

export interface SnapshotOptions extends SourceOptions, OutputOptions {
  anonymize?: true;
  anonymizeKey?: string;
}

const diff = defineCommand<OutputOptions>({
  name: 'diff',
  group: 'Look',
  summary: 'compare two snapshots: what changed, and which checks turned',
  arguments: [new Argument('<before>', 'file'), new Argument('<after>', 'file')],
  options: () => outputOptions(),
  examples: [{ command: 'msk-lambda snapshot diff before.json after.json', does: 'what changed between them' }],
  load: async () => (await import('./diff.js')).run,
});

export default defineCommand<SnapshotOptions>({
  name: 'snapshot',
  group: 'Look',
  summary: 'write what was read of the account to a file, to be judged later',
  description:
    'A snapshot holds no secret: of secrets only a profile is kept. Judge it with `--snapshot FILE` on doctor, network, inspect, broker and list.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: () => [
    option('-o, --output-file <file>', 'where to write; stdout without it'),
    option('--anonymize', 'replace account ids, names, addresses and ids by tokens; the file is judged the same'),
    option('--anonymize-key <text>', 'the same key gives the same tokens again, so that two files can be compared'),
    ...sourceOptions(),
    // A snapshot is JSON in any format; all else means here what it means everywhere.
    ...outputOptions().filter(({ long }) => long !== '--output-file'),
  ],
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

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { baselineUpdateOptions } from './update/options.js';

export default defineCommand({
  name: 'baseline',
  group: 'Diagnose',
  summary: 'record the known findings, so that only new ones fail',
  description:
    'A baseline is a file with the findings that are known. With `--baseline FILE`, `doctor` and `lint` fail only for findings that are not in it. Commit the file, and update it when the state of the account or of the templates is accepted.',
  commands: [
    defineCommand({
      name: 'update',
      group: 'Diagnose',
      summary: 'write the current findings to a baseline file',
      description:
        'Diagnoses as `doctor` does, or with --lint as `lint` does, and writes every failure and warning to the file. A file holds one baseline of each; the other one stays. Nothing is written where AWS could not be read.',
      arguments: [
        new Argument('<file>', 'the baseline file'),
        new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN; default: all in the region'),
      ],
      options: baselineUpdateOptions,
      examples: [
        { command: 'msk-lambda baseline update baseline.json', does: 'every mapping of the region' },
        { command: 'msk-lambda baseline update baseline.json --lint template.yaml', does: 'of a template' },
        { command: 'msk-lambda doctor --baseline baseline.json', does: 'fail for new findings only' },
      ],
      load: async () => (await import('./update/run.js')).run,
    }),
  ],
});

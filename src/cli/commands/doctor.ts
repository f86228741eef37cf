import { Argument } from 'commander';
import { defineCommand } from '../define.js';
import { collect, option, outputOptions, sourceOptions, type OutputOptions, type SourceOptions } from '../options.js';

export interface DoctorOptions extends SourceOptions, OutputOptions<'text' | 'json' | 'jsonl'> {
  check?: string[];
  skip?: string[];
  failOn: 'warn' | 'fail';
}

export default defineCommand<DoctorOptions>({
  name: 'doctor',
  group: 'Diagnose',
  summary: 'find out why a trigger does not work',
  description:
    'Reads what surrounds each event source mapping once, judges it, and names the cause with its evidence and its fix. ' +
    'It changes nothing. Without a target it looks at every MSK mapping of the region.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: [
    option('--check <pattern>', 'run only these checks (`network.*,access.kafka-*`)').argParser(collect),
    option('--skip <pattern>', 'leave these checks out').argParser(collect),
    option('--fail-on <status>', 'exit 1 for a warning too').choices(['warn', 'fail']).default('fail'),
    ...sourceOptions(),
    ...outputOptions(['text', 'json', 'jsonl']),
  ],
  examples: [
    { command: 'msk-lambda doctor --sandbox', does: 'see a diagnosis without an AWS account' },
    { command: 'msk-lambda doctor order-handler --region eu-west-1', does: 'every MSK trigger of one function' },
    { command: 'msk-lambda doctor --output json | jq .mappings[0].causes', does: 'for scripts' },
  ],
  load: async () => (await import('../run/doctor.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define.js';
import {
  changeOptions,
  collect,
  option,
  outputOptions,
  positive,
  sourceOptions,
  type ChangeOptions,
  type OutputOptions,
  type SourceOptions,
} from '../../options.js';

export interface DoctorOptions extends SourceOptions, ChangeOptions, OutputOptions<'text' | 'json' | 'jsonl'> {
  check?: string[];
  skip?: string[];
  failOn: 'warn' | 'fail';
  all?: true;
  /** Names, or `all`. */
  regions?: string[];
  fix?: true;
  wait?: true;
  /** Seconds. */
  waitTimeout: number;
  verify?: true;
}

export default defineCommand<DoctorOptions>({
  name: 'doctor',
  group: 'Diagnose',
  summary: 'find out why a trigger does not work',
  description:
    'Reads what surrounds each event source mapping once, judges it, and names the cause with its evidence and its fix. ' +
    'Without a target it looks at every MSK mapping of the region. It changes nothing, but with --fix, which asks first.',
  arguments: [new Argument('[target...]', 'mapping UUID, function or cluster, by name or ARN')],
  options: () => [
    option('--check <pattern>', 'run only these checks (`network,access.kafka-*`)').argParser(collect),
    option('--skip <pattern>', 'leave these checks out').argParser(collect),
    option('--fail-on <status>', 'exit 1 for a warning too').choices(['warn', 'fail']).default('fail'),
    option('--all', 'every MSK mapping of the region, as without a target'),
    option('--regions <names>', 'several regions (`eu-west-1,us-east-1`), or `all` that the account may use')
      .argParser(collect)
      .conflicts(['snapshot', 'region', 'fix', 'wait']),
    option('--wait', 'after a repair: watch until Lambda shows something else, then diagnose anew').conflicts(
      'snapshot',
    ),
    option('--wait-timeout <seconds>', 'limit for watching').default(300).argParser(positive('seconds')),
    option('--fix', 'make the first fix of the first cause, after asking, and look again').conflicts('snapshot'),
    ...changeOptions(),
    option('--verify', 'ask IAM’s own policy simulation about the role too, and show where it differs').conflicts([
      'snapshot',
      'sandbox',
      'regions',
      'fix',
      'wait',
    ]),
    ...sourceOptions(),
    ...outputOptions(['text', 'json', 'jsonl']),
  ],
  examples: [
    { command: 'msk-lambda doctor --sandbox', does: 'see a diagnosis without an AWS account' },
    { command: 'msk-lambda doctor order-handler --region eu-west-1', does: 'every MSK trigger of one function' },
    {
      command: 'msk-lambda doctor 5f1c9a52-0b1e-4a6e-9a33-7c2d8f0e6b11 --fix --wait',
      does: 'mend the first cause, and see whether it was one',
    },
    {
      command: 'msk-lambda doctor --all --regions all --output jsonl',
      does: 'every mapping of every region, one a line',
    },
    { command: 'msk-lambda doctor --output json | jq .mappings[0].causes', does: 'for scripts' },
  ],
  load: async () => (await import('./run.js')).run,
});

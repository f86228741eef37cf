import { changeOptions, outputOptionsIn, sourceOptions } from '../../shared-options.js';
import { collect, positive } from '../../option-values.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const doctorOptions = () => [
  option('--check <pattern>', 'run only these checks (`network,access.kafka-*`)', { parse: collect }),
  option('--skip <pattern>', 'leave these checks out', { parse: collect }),
  option('--fail-on <status>', 'exit 1 also for a disabled mapping (`disabled`), or for that and a warning (`warn`)', {
    choices: ['warn', 'disabled', 'fail'],
    default: 'fail',
  }),
  option('--all', 'every MSK mapping of the region, as without a target'),
  option('--regions <names>', 'several regions (`eu-west-1,us-east-1`), or `all` that the account may use', {
    parse: collect,
    conflicts: ['snapshot', 'region', 'fix', 'wait'],
  }),
  option('--wait', 'after a repair: watch until Lambda shows something else, then diagnose anew', {
    conflicts: ['snapshot'],
  }),
  option('--wait-timeout <seconds>', 'limit for watching', { default: 300, parse: positive('seconds') }),
  option('--fix', 'make the first fix of the first cause, after asking, and look again', { conflicts: ['snapshot'] }),
  ...changeOptions(),
  option('--verify', 'ask IAM’s own policy simulation about the role too, and show where it differs', {
    conflicts: ['snapshot', 'sandbox', 'regions', 'fix', 'wait'],
  }),
  ...sourceOptions(),
  ...outputOptionsIn(['text', 'json', 'jsonl']),
];

export type DoctorOptions = OptionsOf<typeof doctorOptions>;

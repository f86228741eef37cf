import { collect, integer } from '../../option-values.js';
import { changeOptions, outputOptions, shellOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

const mostRecords = 1_000_000_000;

export const alarmsOptions = () => [
  option('--format <format>', 'print the alarms as AWS CLI commands or as a template', {
    choices: ['cli', 'cloudformation', 'terraform'],
    conflicts: ['apply'],
  }),
  option('--apply', 'create the alarms after a confirmation; equal ones are left unchanged', {
    conflicts: ['snapshot'],
  }),
  option('--notify <arn>', 'what an alarm notifies (such as an SNS topic); may be repeated', { parse: collect }),
  option('--lag-threshold <records>', 'lag from which the lag alarm goes off', { parse: integer(1, mostRecords) }),
  ...changeOptions(),
  ...sourceOptions(),
  ...shellOptions(),
  ...outputOptions({ quiet: 'print only the names of the alarms' }),
];

export type AlarmsOptions = OptionsOf<typeof alarmsOptions>;

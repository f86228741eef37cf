import { changeOptions, shellOptions, sourceOptions } from '../../shared-options.js';
import { baselineOptions, configOptions, reportOptions, type ProjectOptions } from '../../report-files/options.js';
import { collect, collectNumbers, fileOnDisk, positive } from '../../option-values.js';
import { trustOptions, viaOption } from '../probe/options.js';
import { option, type OptionsOf } from '../../typed-option.js';

const probe = { group: 'Probe' } as const;
const repair = { group: 'Repair' } as const;

export const doctorOptions = () => [
  option('--check <pattern>', 'run only these checks (`network,access.kafka-*`)', { parse: collect }),
  option('--skip <pattern>', 'leave these checks out', { parse: collect }),
  option('--fail-on <status>', 'exit 1 also for a disabled mapping (`disabled`), or for that and a warning (`warn`)', {
    choices: ['warn', 'disabled', 'fail'],
    default: 'fail',
  }),
  option('--probe', 'also connect to the brokers from this machine, and count their answers as proof', {
    ...probe,
    conflicts: ['snapshot', 'regions', 'plan', 'planFormat', 'fix', 'wait'],
  }),
  option('--from-vpc', 'with --probe: probe from the subnets of the pollers, by temporary Lambda functions', {
    ...probe,
    conflicts: ['via', 'assumeRole'],
  }),
  viaOption().helpGroup(`${probe.group}:`) as ReturnType<typeof viaOption>,
  ...trustOptions(probe),
  option('--all', 'every MSK mapping of the region, as without a target'),
  option('--regions <names>', 'several regions (`eu-west-1,us-east-1`), or `all` that the account may use', {
    parse: collect,
    conflicts: ['snapshot', 'region', 'plan', 'planFormat', 'fix', 'wait'],
  }),
  option('--plan', 'show one plan that repairs all causes, and change nothing', {
    ...repair,
    conflicts: ['fix', 'wait'],
  }),
  option('--fix', 'make the changes of the repair plan after a confirmation, and diagnose again', {
    ...repair,
    conflicts: ['snapshot'],
  }),
  option('--plan-format <format>', 'write the repair plan as a script or template', {
    ...repair,
    choices: ['shell', 'terraform', 'cloudformation'],
    conflicts: ['fix', 'wait', 'quiet'],
  }),
  option('--choose <number>', 'the option of a choice in the plan, from 1; repeat it for each choice, in order', {
    ...repair,
    parse: collectNumbers,
  }),
  ...changeOptions().map((made) => made.helpGroup(`${repair.group}:`) as typeof made),
  option('--allow-risky', 'with --fix --yes: also make steps that affect other resources', repair),
  option('--change-owned', 'with --fix --yes: also change resources that a stack or Terraform owns', repair),
  option('--undo-file <file>', 'with --fix: where to write the undo file (default: ./msk-lambda-undo-TIME.json)', {
    ...repair,
    parse: fileOnDisk('Name a file: the undo file cannot be written to standard output.'),
  }),
  option('--wait', 'after a repair, wait until Lambda shows a new result (default at a terminal)', {
    ...repair,
    conflicts: ['snapshot'],
  }),
  option('--no-wait', 'do not wait', repair),
  option('--wait-timeout <seconds>', 'limit for waiting', { ...repair, default: 300, parse: positive('seconds') }),
  option(
    '--verify',
    'cross-check the execution role with the IAM policy simulator, and show where the results differ',
    {
      conflicts: ['snapshot', 'sandbox', 'regions', 'plan', 'planFormat', 'fix', 'wait'],
    },
  ),
  ...sourceOptions(),
  ...shellOptions(),
  ...baselineOptions(),
  ...configOptions(),
  ...reportOptions({
    quiet: 'print only UUID, verdict and first cause (`-` for none) of each mapping; with --plan the steps',
  }),
];

export type DoctorOptions = OptionsOf<typeof doctorOptions> & ProjectOptions;

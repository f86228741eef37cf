import { templateFormats } from '../../../template/resource.js';
import { accountId, collect, pair } from '../../option-values.js';
import { baselineOptions, configOptions, reportOptions, type ProjectOptions } from '../../report-files/options.js';
import { accountOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const lintOptions = () => [
  option('--format <format>', 'format of the files; default: detected from their content', {
    choices: templateFormats,
  }),
  option('--parameter <key=value>', 'value of a template parameter; may be repeated', { parse: pair }),
  option('--parameters <file>', 'file with parameters, in the format of the AWS CLI, or `.tfvars` of Terraform'),
  option('--plan <file>', 'Terraform plan, from `terraform show -json`; - for standard input'),
  option('--dir <folder>', 'folder of the configuration that belongs to the plan'),
  option('--account <id>', 'account of the deployment', { parse: accountId }),
  option('--snapshot <file>', 'existing resources, from a file that `msk-lambda snapshot` wrote', {
    conflicts: ['live'],
  }),
  option('--live', 'read existing resources that the templates reference, and compare with the existing mappings'),
  option('--check <pattern>', 'run only these checks (`network,access.kafka-*`)', { parse: collect }),
  option('--skip <pattern>', 'leave these checks out', { parse: collect }),
  option(
    '--fail-on <status>',
    'exit 1 also for warnings (`warn`), or for mappings that cannot be decided (`unknown`)',
    {
      choices: ['fail', 'warn', 'unknown'],
      default: 'fail',
    },
  ),
  ...accountOptions(),
  ...baselineOptions(),
  ...configOptions(),
  ...reportOptions({ quiet: 'print only VERDICT ADDRESS CHECK for each mapping' }),
];

export type LintOptions = OptionsOf<typeof lintOptions> & ProjectOptions;

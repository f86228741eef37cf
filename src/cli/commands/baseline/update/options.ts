import { collect, pair } from '../../../option-values.js';
import { configOptions, type ProjectOptions } from '../../../report-files/options.js';
import { outputOptions, sourceOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';

export const baselineUpdateOptions = () => [
  option('--lint <path>', 'of templates: a file or folder; repeatable', {
    parse: (path: string, earlier: readonly string[] = []): string[] => [...earlier, path],
  }),
  option('--parameter <key=value>', 'with --lint: value of a template parameter; may be repeated', { parse: pair }),
  option('--parameters <file>', 'with --lint: file with parameters, in the format of the AWS CLI'),
  option('--check <pattern>', 'run only these checks (`network,access.kafka-*`)', { parse: collect }),
  option('--skip <pattern>', 'leave these checks out', { parse: collect }),
  ...configOptions(),
  ...sourceOptions(),
  ...outputOptions({ quiet: 'print nothing' }),
];

export type BaselineUpdateOptions = OptionsOf<typeof baselineUpdateOptions> & ProjectOptions;

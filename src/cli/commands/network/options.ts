import { configOptions, reportOptions, type ProjectOptions } from '../../report-files/options.js';
import { sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const networkOptions = () => [
  option('--explain', 'show every hop of each path and its decision'),
  option('--what-if <change>', 'simulate this change first; repeatable', {
    parse: (change: string, earlier: readonly string[] = []): string[] => [...earlier, change],
  }),
  ...sourceOptions(),
  ...configOptions(),
  ...reportOptions({
    quiet: 'print only UUID, result and blocking check, one mapping per line',
    verbose: 'the same as --explain',
  }),
];

export type NetworkOptions = OptionsOf<typeof networkOptions> & ProjectOptions;

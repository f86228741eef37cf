import { outputOptions, shellOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const explainOptions = () => [
  option('--list', 'list all known messages and checks'),
  ...sourceOptions(),
  ...shellOptions(),
  ...outputOptions({ quiet: 'no effect: the result has no decoration', verbose: 'show all causes' }),
];

export type ExplainOptions = OptionsOf<typeof explainOptions>;

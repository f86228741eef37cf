import { outputOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const explainOptions = () => [
  option('--list', 'all known texts and checks'),
  ...sourceOptions(),
  ...outputOptions(),
];

export type ExplainOptions = OptionsOf<typeof explainOptions>;

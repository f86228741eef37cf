import { outputOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const completionOptions = () => [
  option('--no-cache', 'keep no names of your account in a file; each Tab asks AWS'),
  ...outputOptions({
    quiet: 'print the script, as without this flag',
    verbose: 'print the script, as without this flag',
  }),
];

export type CompletionOptions = OptionsOf<typeof completionOptions>;

import { option, type OptionsOf } from '../../typed-option.js';

export const completionOptions = () => [
  option('--no-cache', 'keep no names of your account in a file; each Tab asks AWS'),
  option('-o, --output-file <file>', 'write the script to a file instead of standard output'),
];

export type CompletionOptions = OptionsOf<typeof completionOptions>;

import { repeated } from '../../../option-values.js';
import { outputOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';

export const decodeOptions = () => [
  option('--schema <file>', 'schema of the values, FILE or ID=FILE, FILE.proto#MESSAGE; may be repeated', {
    parse: repeated,
  }),
  option('--key-schema <file>', 'the same for the keys', { parse: repeated }),
  ...outputOptions({ quiet: 'print only the values, one per line', verbose: 'long contents in full' }),
];

export type DecodeOptions = OptionsOf<typeof decodeOptions>;

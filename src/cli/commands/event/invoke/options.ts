import { accountOptions, changeOptions, outputOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';
import { recordOptions } from '../generate/options.js';

export const invokeOptions = () => [
  option('--event <file>', 'event as JSON; - is standard input', {
    conflicts: ['topic', 'key', 'keyBase64', 'value', 'valueBase64', 'header', 'fromFile', 'schema', 'keySchema'],
  }),
  ...recordOptions(),
  ...changeOptions(),
  ...accountOptions(),
  ...outputOptions({ quiet: 'print only the function’s response', verbose: 'long contents in full' }),
];

export type InvokeOptions = OptionsOf<typeof invokeOptions>;

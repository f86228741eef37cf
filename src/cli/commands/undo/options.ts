import { accountOptions, changeOptions, outputOptions, shellOptions } from '../../shared-options.js';
import { positive } from '../../option-values.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const undoOptions = () => [
  ...changeOptions(),
  option('--wait-timeout <seconds>', 'limit for each call while AWS is busy with another change', {
    default: 300,
    parse: positive('seconds'),
  }),
  ...accountOptions(),
  ...shellOptions(),
  ...outputOptions({ quiet: 'print only the id and the outcome of each step, one per line' }),
];

export type UndoOptions = OptionsOf<typeof undoOptions>;

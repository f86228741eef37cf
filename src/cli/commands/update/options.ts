import { mappingChangeOptions, printFileOption, uuidOption } from '../../change/options.js';
import { mappingOptions } from '../../flags/mapping-flags.js';
import type { OptionsOf } from '../../typed-option.js';

export const updateOptions = () => [
  printFileOption('print the mapping as a file for `apply` and change nothing'),
  uuidOption(),
  ...mappingOptions('update'),
  ...mappingChangeOptions(),
];

export type UpdateOptions = OptionsOf<typeof updateOptions>;

import { mappingChangeOptions, printFileOption } from '../../change/options.js';
import { mappingOptions } from '../../flags/mapping-flags.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const createOptions = () => [
  option('--file <path>', 'take the settings from a YAML or JSON file; flags stand above it'),
  printFileOption('print the settings as such a file and make nothing'),
  option('--disabled-test', 'create it disabled, check it, and enable it when it is sound'),
  option('--rollback', 'delete it again if it does not work; waits'),
  ...mappingOptions(),
  ...mappingChangeOptions(),
];

export type CreateOptions = OptionsOf<typeof createOptions>;

import { mappingChangeOptions, printFileOption } from '../../change/options.js';
import { mappingOptions } from '../../flags/mapping-flags.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const createOptions = () => [
  ...mappingOptions('create'),
  option('-f, --file <path>', 'read the settings from a YAML or JSON file; flags override it'),
  printFileOption('print the settings as such a file and create nothing'),
  option('--disabled-test', 'create the mapping disabled, check it, and enable it only if the checks pass'),
  option('--rollback', 'delete the mapping again if it does not work (implies --wait)'),
  ...mappingChangeOptions(),
];

export type CreateOptions = OptionsOf<typeof createOptions>;

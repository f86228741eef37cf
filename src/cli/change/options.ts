/** Options of the commands that change mappings. */
import { accountOptions, changeOptions, outputOptions } from '../shared-options.js';
import { positive } from '../option-values.js';
import { option, type OptionsOf } from '../typed-option.js';

/** Options of all these commands. Without `--wait` and `--no-wait`, they wait in a terminal only. */
export const mappingChangeOptions = () => [
  ...changeOptions(),
  option('--force', 'go on despite what the checks found, and say so'),
  option('--wait', 'wait until it works, or shows why not (at a terminal: always)'),
  option('--no-wait', 'do not wait'),
  option('--wait-timeout <seconds>', 'limit for waiting', { default: 300, parse: positive('seconds') }),
  ...accountOptions(),
  ...outputOptions(),
];

/** The AWS CLI's flag for the mapping. */
export const uuidOption = () => option('--uuid <uuid>', 'the mapping', { hidden: true });

/** For the commands that need only the mapping: `delete`, `enable`, `disable`. */
export const switchOptions = () => [uuidOption(), ...mappingChangeOptions()];

/** Prints a mapping file instead of the answer. */
export const printFileOption = (description: string) => option('--print-file', description);

/** The options that a session needs; only some commands have `--print-file`. */
export type MappingChangeOptions = OptionsOf<typeof mappingChangeOptions> &
  OptionsOf<() => [ReturnType<typeof printFileOption>]>;
export type SwitchOptions = OptionsOf<typeof switchOptions>;

/** Options of the commands that change mappings. */
import { accountOptions, changeOptions, outputOptions, shellOptions } from '../shared-options.js';
import { positive } from '../option-values.js';
import { option, type OptionsOf } from '../typed-option.js';

/** Options of all these commands. Without `--wait` and `--no-wait`, they wait in a terminal only. */
export const mappingChangeOptions = () => [
  ...changeOptions(),
  option('--force', 'continue despite blocking problems'),
  option(
    '--wait',
    'wait until the change takes effect and the mapping works or shows an error (default at a terminal)',
  ),
  option('--no-wait', 'do not wait for the result'),
  option('--wait-timeout <seconds>', 'maximum time to wait', { default: 300, parse: positive('seconds') }),
  ...accountOptions(),
  ...shellOptions(),
  ...outputOptions({
    quiet: 'print only the UUIDs of the mappings; the reason for a failure goes to standard error',
    verbose: 'also show the AWS calls',
  }),
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

/** Options of the commands that change mappings. */
import { accountOptions, changeOptions, outputOptions } from '../shared-options.js';
import { positive } from '../option-values.js';
import { option, type OptionsOf } from '../typed-option.js';

/** What all of them take. `--wait` and `--no-wait` both left out: it is waited at a terminal only. */
export const mappingChangeOptions = () => [
  ...changeOptions(),
  option('--force', 'go on despite what the checks found, and say so'),
  option('--wait', 'wait until it works, or shows why not (at a terminal: always)'),
  option('--no-wait', 'do not wait'),
  option('--wait-timeout <seconds>', 'limit for waiting', { default: 300, parse: positive('seconds') }),
  ...accountOptions(),
  ...outputOptions(),
];

/** As the AWS CLI names the mapping. */
export const uuidOption = () => option('--uuid <uuid>', 'the mapping', { hidden: true });

/** Of the commands that need no more than the mapping they change: `delete`, `enable`, `disable`. */
export const switchOptions = () => [uuidOption(), ...mappingChangeOptions()];

/** Prints a file of mappings in place of the answer. */
export const printFileOption = (description: string) => option('--print-file', description);

/** What a session needs of them: `--print-file` is taken by some commands only. */
export type MappingChangeOptions = OptionsOf<typeof mappingChangeOptions> &
  OptionsOf<() => [ReturnType<typeof printFileOption>]>;
export type SwitchOptions = OptionsOf<typeof switchOptions>;

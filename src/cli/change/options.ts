/** Options of the commands that change mappings. */
import type { Option } from 'commander';
import {
  accountOptions,
  changeOptions,
  option,
  outputOptions,
  positive,
  type ChangeOptions,
  type OutputOptions,
  type SourceOptions,
} from '../options.js';

export interface MappingChangeOptions extends Omit<SourceOptions, 'snapshot'>, OutputOptions, ChangeOptions {
  force?: true;
  /** Undefined: at a terminal only. */
  wait?: boolean;
  /** Seconds. */
  waitTimeout: number;
  /** Prints a file of mappings in place of the answer. */
  printFile?: true;
}

/** Of the commands that need no more than the mapping they are about. */
export type SwitchOptions = MappingChangeOptions & { uuid?: string };

const waitOptions = (): Option[] => [
  option('--wait', 'wait until it works, or shows why not (at a terminal: always)'),
  option('--no-wait', 'do not wait'),
  option('--wait-timeout <seconds>', 'limit for waiting').default(300).argParser(positive('seconds')),
];

const forceOption = (): Option => option('--force', 'go on despite what the checks found, and say so');

/** As the AWS CLI names the mapping. */
export const uuidOption = (): Option => option('--uuid <uuid>', 'the mapping').hideHelp();

/** What all of them take. */
export const commonOptions = (): Option[] => [
  ...changeOptions(),
  forceOption(),
  ...waitOptions(),
  ...accountOptions(),
  ...outputOptions(),
];

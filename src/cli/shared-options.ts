/** Options that several commands share, each declared once. */
import { shells } from '../text/shells.js';
import { httpAddress, positive } from './option-values.js';
import { option, type OptionsOf } from './typed-option.js';

const account = { group: 'Account' } as const;
const answer = { group: 'Output' } as const;

/** Which AWS account is asked, and where. */
export const connectionOptions = () => [
  option('--region <name>', 'AWS region', account),
  option('--profile <name>', 'profile of the AWS configuration', account),
  option('--endpoint-url <url>', 'address for all AWS calls', { ...account, parse: httpAddress }),
];

/** An account that ships with the tool. */
export const sandboxOption = () =>
  option('--sandbox [name]', 'use a simulated account instead of AWS; names: msk-lambda sandbox list', account);

/** Each AWS call, for support. */
export const debugOption = () => option('--debug', 'print each AWS call on standard error, without secrets', account);

/**
 * `--region` and the other options about the connection to AWS. Commands that never judge a file leave out
 * `--snapshot`.
 */
export const accountOptions = () => [
  ...connectionOptions(),
  sandboxOption(),
  option('--timeout <seconds>', 'maximum time for reading', { ...account, default: 45, parse: positive('seconds') }),
  option('--no-secret-values', 'do not read secret values; checks that need them are “unknown”', account),
  debugOption(),
];

/** All options about the source of the account. */
export const sourceOptions = () => [
  ...accountOptions(),
  option('--snapshot <file>', 'use a file that `msk-lambda snapshot` wrote instead of AWS', {
    ...account,
    conflicts: ['sandbox', 'profile', 'endpointUrl'],
  }),
];

/** What `--quiet` and `--verbose` print, which each command decides. */
interface OutputTexts {
  quiet?: string;
  verbose?: string;
}

/** Options about the output, with the formats of a command. */
export const outputOptionsIn = <const Format extends string>(
  formats: readonly ['text', ...Format[]],
  { quiet = 'print only the bare result, for scripts', verbose = 'all details' }: OutputTexts = {},
) => [
  option('--output <format>', 'format of the result', { ...answer, choices: formats, default: 'text' }),
  option('-o, --output-file <file>', 'write the result to a file; `-` is standard output', answer),
  option('--quiet', quiet, answer),
  option('--verbose', verbose, answer),
  option('--no-color', 'no colours', answer),
];

/** Of the commands that print commands to copy. JSON documents always have them for bash. */
export const shellOptions = () => [
  option('--shell <name>', 'shell for which commands are printed; default: the current one', {
    ...answer,
    choices: shells,
  }),
];

/** The same with the formats that every command has. */
export const outputOptions = (texts?: OutputTexts) => outputOptionsIn(['text', 'json'], texts);

/** Options of every command that changes the account. */
export const changeOptions = () => [
  option('--yes', 'do not ask for confirmation'),
  option('--dry-run', 'show the AWS calls and change nothing'),
];

export type AccountOptions = OptionsOf<typeof accountOptions>;
export type SourceOptions = OptionsOf<typeof sourceOptions>;
export type ShellOptions = OptionsOf<typeof shellOptions>;
export type OutputOptions<Format extends string = 'json'> = OptionsOf<() => ReturnType<typeof outputOptionsIn<Format>>>;

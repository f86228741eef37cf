/** Options that several commands share, each declared once. */
import { httpAddress, positive } from './option-values.js';
import { option, type OptionsOf } from './typed-option.js';

const account = { group: 'Account' } as const;
const answer = { group: 'Answer' } as const;

/**
 * `--region` and the other options about the connection to AWS. Commands that never judge a file leave out
 * `--snapshot`.
 */
export const accountOptions = () => [
  option('--region <name>', 'the AWS region', account),
  option('--profile <name>', 'a profile of the shared AWS configuration', account),
  option('--endpoint-url <url>', 'send every AWS call to this address', { ...account, parse: httpAddress }),
  option('--sandbox [name]', 'use an account that ships with the tool instead of AWS (see `sandbox list`)', account),
  option('--timeout <seconds>', 'limit for all reading', { ...account, default: 45, parse: positive('seconds') }),
  option('--no-secret-values', 'read no content of a secret', account),
  option('--debug', 'a line for each AWS call on stderr, nothing secret', account),
];

/** All options about the source of the account. */
export const sourceOptions = () => [
  ...accountOptions(),
  option('--snapshot <file>', 'judge what `msk-lambda snapshot` wrote; nothing is read from AWS', {
    ...account,
    conflicts: ['sandbox', 'profile', 'endpointUrl'],
  }),
];

/** Options about the output, with the formats of a command. */
export const outputOptionsIn = <const Format extends string>(formats: readonly ['text', ...Format[]]) => [
  option('--output <format>', 'format of the answer', { ...answer, choices: formats, default: 'text' }),
  option('--output-file <file>', 'write the answer to a file instead', answer),
  option('--quiet', 'the bare answer, for scripts', answer),
  option('--verbose', 'everything, with its reasons', answer),
  option('--no-color', 'no colours', answer),
];

/** The same with the formats that every command has. */
export const outputOptions = () => outputOptionsIn(['text', 'json']);

/** Options of every command that changes the account. */
export const changeOptions = () => [
  option('--yes', 'go ahead without asking'),
  option('--dry-run', 'show the calls and make none'),
];

export type AccountOptions = OptionsOf<typeof accountOptions>;
export type SourceOptions = OptionsOf<typeof sourceOptions>;
export type OutputOptions<Format extends string = 'json'> = OptionsOf<() => ReturnType<typeof outputOptionsIn<Format>>>;

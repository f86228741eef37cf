/** Options that several commands share, each said once, with the type that a run receives. */
import { InvalidArgumentError, Option } from 'commander';

/** Where the account is read from. */
export interface SourceOptions {
  region?: string;
  profile?: string;
  endpointUrl?: string;
  /** True without a name. */
  sandbox?: string | true;
  snapshot?: string;
  /** Seconds for all reading. */
  timeout: number;
  /** False with `--no-secret-values`. */
  secretValues: boolean;
  debug?: true;
}

/** How the answer is given. */
export interface OutputOptions<F extends string = 'text' | 'json'> {
  output: F;
  outputFile?: string;
  quiet?: true;
  verbose?: true;
}

/** What every command that changes the account takes. */
export interface ChangeOptions {
  yes?: true;
  dryRun?: true;
}

const aws = 'Account';
const answer = 'Answer';

/** `--region` and its kin; commands that talk to AWS but never judge a file leave out `--snapshot`. */
export const accountOptions = (): Option[] => [
  option('--region <name>', 'the AWS region', aws),
  option('--profile <name>', 'a profile of the shared AWS configuration', aws),
  option('--endpoint-url <url>', 'send every AWS call to this address', aws).argParser(httpAddress),
  option('--sandbox [name]', 'use an account that ships with the tool instead of AWS (see `sandbox list`)', aws),
  option('--timeout <seconds>', 'limit for all reading', aws).default(45).argParser(positive('seconds')),
  option('--no-secret-values', 'read no content of a secret', aws),
  option('--debug', 'a line for each AWS call on stderr, nothing secret', aws),
];

/** All that says where the account is read from. */
export const sourceOptions = (): Option[] => [
  ...accountOptions(),
  option('--snapshot <file>', 'judge what `msk-lambda snapshot` wrote; nothing is read from AWS', aws).conflicts([
    'sandbox',
    'profile',
    'endpointUrl',
  ]),
];

/** `--output` in the formats of a command, and what goes with it. */
export const outputOptions = (formats: readonly string[] = ['text', 'json']): Option[] => [
  option('--output <format>', 'format of the answer', answer).choices(formats).default('text'),
  option('--output-file <file>', 'write the answer to a file instead', answer),
  option('--quiet', 'the bare answer, for scripts', answer),
  option('--verbose', 'everything, with its reasons', answer),
  option('--no-color', 'no colours', answer),
];

export const changeOptions = (): Option[] => [
  option('--yes', 'go ahead without asking'),
  option('--dry-run', 'show the calls and make none'),
];

/** An option under a heading of the help. */
export function option(flags: string, description: string, group?: string): Option {
  const made = new Option(flags, description);
  return group === undefined ? made : made.helpGroup(`${group}:`);
}

/** An option that may be given several times, or once with a list: `--check a,b --check c`. */
export const collect = (value: string, earlier: string[] = []): string[] => [
  ...earlier,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

export const isHttpAddress = (value: string): boolean => /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);

const httpAddress = (value: string): string => {
  if (!isHttpAddress(value)) throw new InvalidArgumentError('It is an address with http:// or https:// before it.');
  return value;
};

/** A number above zero. */
export const positive =
  (unit: string) =>
  (value: string): number => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
      throw new InvalidArgumentError(`It is a number of ${unit} above 0.`);
    return number;
  };

/** A whole number in a range. */
export const integer =
  (least: number, most: number) =>
  (value: string): number => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value.trim()) || number < least || number > most)
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
    return number;
  };

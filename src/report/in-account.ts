/** Commands to copy, with the options that lead them to the account and region that were diagnosed. */
import { shellCommand, type ShellCommand } from '../text/shell.js';
import { tokensOf } from '../text/posix-words.js';

export interface AccountOptions {
  /** Of the diagnosis; empty where it is not known. */
  region: string;
  profile?: string | undefined;
  /** Options of this program that the user passed: `--profile`, `--region`, `--sandbox`. */
  source: readonly string[];
}

/** Each program in the command gets the options that it lacks; programs other than this one and the AWS CLI get none. */
export function inAccount(command: ShellCommand, options: AccountOptions): ShellCommand {
  const parts = command.split(separator);
  const operators = tokensOf(command).filter((token) => 'operator' in token && token.operator === '&&').length;
  // The separator may also be in a quoted word.
  return (parts.length === operators + 1 ? parts : [command])
    .map((part) => withOptions(part as ShellCommand, options))
    .join(separator) as ShellCommand;
}

const separator = ' && ';

function withOptions(command: ShellCommand, { region, profile, source }: AccountOptions): ShellCommand {
  const words = tokensOf(command).map((token) => ('word' in token ? token.word : token.operator));
  const missing = (flag: string, value: string | undefined): string[] =>
    value === undefined || value === '' || words.some((word) => word === flag || word.startsWith(`${flag}=`))
      ? []
      : [flag, value];
  const added =
    words[0] === 'msk-lambda'
      ? source
      : words[0] === 'aws'
        ? [...(words[1] === 'iam' ? [] : missing('--region', region)), ...missing('--profile', profile)]
        : [];
  return added.length === 0 ? command : (`${command} ${shellCommand(...added)}` as ShellCommand);
}

/** A change as an AWS CLI command to copy. */
import type { AwsCall } from '../aws/call.js';
import { shellQuote, type ShellCommand } from '../text/shell.js';

export interface CliPlace {
  region?: string | undefined;
  profile?: string | undefined;
}

/** Services without a region of their own. */
const global = new Set(['iam']);

/** One line, quoted for a POSIX shell, the same for the same call. */
export const renderCli = (call: AwsCall, flags: CliPlace = {}): ShellCommand =>
  cliWords(call, flags).join(' ') as ShellCommand;

/** The command, and each option with its value, for breaking between them. */
export function cliWords({ service, operation, input }: AwsCall, { region, profile }: CliPlace = {}): string[] {
  return [
    `aws ${shellQuote(service)} ${shellQuote(kebab(operation))}`,
    ...(Object.values(input).flat().some(isReadByCli)
      ? [`--cli-input-json ${shellQuote(JSON.stringify(input))}`]
      : Object.entries(input).flatMap(([name, value]) => option(name, value))),
    ...(region === undefined || global.has(service) ? [] : [`--region ${shellQuote(region)}`]),
    ...(profile === undefined ? [] : [`--profile ${shellQuote(profile)}`]),
  ];
}

/** The AWS CLI takes such a value for an option or loads the file that it names (AWS CLI user guide: load parameters from a file). */
const isReadByCli = (value: unknown): boolean =>
  typeof value === 'string' && (value.startsWith('-') || /^fileb?:\/\//.test(value));

/** `DescribeClusterV2` → `describe-cluster-v2`, `UUID` → `uuid`, as botocore names its commands and options. */
export const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

function option(name: string, value: unknown): string[] {
  if (value === undefined) return [];
  const flag = shellQuote(kebab(name));
  // The one switch whose opposite has a name of its own (AWS CLI: create-network-acl-entry).
  if (name === 'Egress') return [value === true ? '--egress' : '--ingress'];
  if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
  if (Array.isArray(value) && value.length > 0 && value.every((element) => typeof element === 'string'))
    return [`--${flag} ${value.map(shellQuote).join(' ')}`];
  return [
    `--${flag} ${shellQuote(typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value))}`,
  ];
}

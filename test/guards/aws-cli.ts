/** Reads lines of the AWS CLI as the CLI would: is there such a command, and does it take these options? The SDK's own clients tell. */
import { existsSync, readFileSync } from 'node:fs';
import { kebab } from '../../src/fixes/render-cli.js';

/** Service as the CLI names it, with the SDK's package where that differs. */
const packages: Record<string, string> = {
  secretsmanager: 'secrets-manager',
  logs: 'cloudwatch-logs',
  route53: 'route-53',
  s3api: 's3',
};
/** Commands that are no single operation. */
const ownCommands: Record<string, string[]> = {
  'logs tail': ['since', 'follow', 'format', 'filter-pattern'],
  'sso login': [],
  'configure sso': [],
};
const globalOptions = new Set([
  'query',
  'output',
  'region',
  'profile',
  'no-cli-pager',
  'cli-input-json',
  'endpoint-url',
]);
/** One switch whose two values have names of their own (create-network-acl-entry). */
const renamed: Record<string, string[]> = { egress: ['egress', 'ingress'] };

const commandsFolder = (service: string) =>
  new URL(`../../node_modules/@aws-sdk/client-${packages[service] ?? service}/dist-types/commands/`, import.meta.url);

/** `describe-cluster-v2` → the text of DescribeClusterV2Command's declaration; undefined where there is none. */
function declarationOf(service: string, command: string): string | undefined {
  const index = new URL('index.d.ts', commandsFolder(service));
  if (!existsSync(index)) return undefined;
  const names = [...readFileSync(index, 'utf8').matchAll(/"\.\/(\w+)Command"/g)].map((match) => match[1]!);
  const name = names.find((operation) => kebab(operation) === command);
  return name === undefined ? undefined : readFileSync(new URL(`${name}Command.d.ts`, commandsFolder(service)), 'utf8');
}

/** What is wrong with one line; undefined where the CLI would take it. */
export function faultOf(line: string): string | undefined {
  const words = shellWords(line);
  const [aws, service = '', command = ''] = words;
  if (aws !== 'aws') return 'it does not begin with aws';
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  const ownCommand = ownCommands[`${service} ${command}`];
  const declaration = declarationOf(service, command);
  if (ownCommand === undefined && declaration === undefined) return `there is no command ${service} ${command}`;
  const members = [...(declaration ?? '').matchAll(/^ \* {3}(\w+):/gm)].map((match) => kebab(match[1]!));
  const known = new Set([
    ...globalOptions,
    ...(ownCommand ?? []),
    ...members.flatMap((name) => renamed[name] ?? [name, `no-${name}`]),
  ]);
  const strange = options.filter((option) => !known.has(option));
  if (strange.length > 0) return `${service} ${command} takes no --${strange.join(', --')}`;
  const required = [...(declaration ?? '').matchAll(/^ \* {3}(\w+):.*\/\/ required/gm)].map((match) =>
    kebab(match[1]!),
  );
  const missing = required.filter(
    (name) => ![...(renamed[name] ?? [name]), `no-${name}`].some((option) => options.includes(option)),
  );
  return missing.length === 0 ? undefined : `${service} ${command} needs --${missing.join(', --')}`;
}

/** Words of a line for a POSIX shell, quotes taken off. */
export const shellWords = (line: string): string[] =>
  [...line.matchAll(/(?:[^\s'"]|'[^']*'|"(?:[^"\\]|\\.)*")+/g)].map((match) =>
    match[0].replace(
      /'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
      (_, single: string | undefined, double: string | undefined) => single ?? double ?? '',
    ),
  );

/** The lines of a Markdown text's `sh` blocks, continued lines joined. */
export const shellLines = (markdown: string): string[] =>
  [...markdown.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap((match) => match[1]!.replace(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => line.trim().replace(/^\$ /, ''))
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The man page, from the same definitions as `--help`. Written in man(7); a pure function, so that a test can hold the file to it. */
import type { Argument, Option } from 'commander';
import { templateChecks } from '../src/catalogue/template-checks.js';
import { checks } from '../src/checks/index.js';
import { commands } from '../src/cli/commands/index.js';
import { concepts } from '../src/cli/concepts.js';
import type { AnyCommand } from '../src/cli/define-command.js';
import { exitCodeMeanings } from '../src/cli/exit-codes.js';
import { programDescription } from '../src/cli/program.js';
import { tool } from '../src/cli/version.js';

/** The day on which the page's prose was last looked over. */
const dated = '2026-11-29';

const symbols: Record<string, string> = {
  '’': '\\(cq',
  '‘': '\\(oq',
  '“': '\\(lq',
  '”': '\\(rq',
  '–': '\\(en',
  '×': '\\(mu',
  '·': '\\(pc',
  '→': '\\(->',
  '…': '...',
};

/** Text for man(7): no backslash, hyphen or leading control character means more than itself. */
export const escape = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('`', '\\(ga')
    .replace(
      /[^\u0020-\u007e\n]/gu,
      (sign) => symbols[sign] ?? `\\[u${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`,
    )
    .replace(/^(?=[.'])/gm, '\\&');

const widest = 78;

/** The same broken at blanks into lines that a reader of the source can take in; man(1) fills them again. */
export function filled(text: string): string {
  const lines = [''];
  for (const word of text
    .split(/\s+/)
    .filter((line) => line !== '')
    .map(escape)) {
    const line = `${lines.at(-1)!} ${word}`.trim();
    if (line.length <= widest || lines.at(-1) === '') lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines.join('\n');
}

const section = (name: string): string => `.SH ${name}`;
/** A term with what it means, indented under it. */
const entry = (term: string, text: string): string[] => ['.TP', `.B ${escape(term)}`, filled(text)];
const example = (lines: readonly string[]): string[] => ['.EX', ...lines.map(escape), '.EE'];
const paragraphs = (text: string): string[] =>
  text.split('\n').flatMap((line, index) => (index === 0 ? [filled(line)] : ['.br', filled(line)]));

/** Options under these headings are the same for several commands, and are said once. */
const shared = ['Account:', 'Output:'] as const;
const groupOf = (option: Option): string | undefined =>
  (option as Option & { helpGroupHeading?: string }).helpGroupHeading;
const isShared = (option: Option): boolean => shared.includes(groupOf(option) as (typeof shared)[number]);

function describe({ description, defaultValue, argChoices }: Option, withChoices = true): string {
  const more = [
    ...(withChoices && argChoices !== undefined ? [`one of ${argChoices.join(', ')}`] : []),
    ...(defaultValue === undefined || typeof defaultValue === 'boolean' ? [] : [`default ${String(defaultValue)}`]),
  ];
  return `${description}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}

const usage = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

function command(definition: AnyCommand, before = ''): string[] {
  const {
    name,
    summary,
    description,
    arguments: words = [],
    options = [],
    examples = [],
    commands: children = [],
    load,
  } = definition;
  const path = `${before}${name}`;
  const ownOptions = options.filter((option) => !isShared(option) && !option.hidden);
  const groups = shared
    .filter((heading) => options.some((option) => groupOf(option) === heading))
    .map((heading) => heading.toLowerCase().replace(':', ''));
  const formats = options.find((option) => option.long === '--output')?.argChoices ?? [];
  const also =
    groups.length === 0
      ? []
      : [
          '.PP',
          filled(
            `Also: ${groups.join(' and ')} options (see OPTIONS)${formats.length === 0 ? '' : `; formats: ${formats.join(', ')}`}.`,
          ),
        ];
  const body = [
    `.SS "${escape(`${path} ${words.map(usage).join(' ')}`.trim())}"`,
    ...paragraphs(description ?? `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`),
    ...words.flatMap((word) => (word.description === '' ? [] : entry(usage(word), word.description))),
    ...ownOptions.flatMap((option) => entry(option.flags, describe(option))),
    ...also,
    ...examples.flatMap(({ command: line, does }) => [
      '.PP',
      filled(`${does.charAt(0).toUpperCase()}${does.slice(1)}:`),
      ...example([`$ ${line}`]),
    ]),
  ];
  return [
    ...(load === undefined && children.length > 0 ? [] : body),
    ...children.flatMap((child) => command(child, `${path} `)),
  ];
}

/** Options that are described once, each as in the first command that has it; --quiet and --verbose differ by command. */
function sharedOptions(heading: (typeof shared)[number]): string[] {
  const all = commands
    .flatMap(({ options = [], commands: children = [] }) => [
      ...options,
      ...children.flatMap((child) => child.options ?? []),
    ])
    .filter((option) => groupOf(option) === heading);
  const unique = [...new Map(all.map((option) => [option.flags, option])).values()];
  return [
    '.SS',
    `${heading.replace(':', '')}`,
    ...unique.flatMap((option) => entry(option.flags, describe(option, false))),
  ];
}

const environment: readonly (readonly [string, string])[] = [
  [
    'AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN',
    'as for the AWS CLI; flags override them',
  ],
  ['AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE', 'location of the AWS configuration, if not ~/.aws'],
  ['AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_LAMBDA, ...', 'address for the calls to all services, or to one'],
  ['NO_COLOR, FORCE_COLOR, TERM=dumb', 'turn colours off, or on where the output is not a terminal'],
  ['CI', 'no progress, no colours, no questions'],
  ['COLUMNS', 'width of the text where standard output is not a terminal'],
];
const files: readonly (readonly [string, string])[] = [
  ['~/.aws/config, ~/.aws/credentials', 'profiles, regions and credentials, read as by the AWS CLI'],
  [
    'docs/checks/CHECK.md',
    'documentation of the checks, in the folder of the package; msk-lambda explain CHECK shows it',
  ],
  ['schema/*.json', 'JSON Schemas of the output of --output json'],
];

export const manPage = (): string =>
  [
    `.TH MSK\\-LAMBDA 1 "${dated}" "${tool.name} ${tool.version}" "User Commands"`,
    section('NAME'),
    `msk\\-lambda \\- ${escape('diagnose and create AWS Lambda triggers on Amazon MSK')}`,
    section('SYNOPSIS'),
    '.B msk\\-lambda',
    '.I command',
    escape('[argument...] [option...]'),
    section('DESCRIPTION'),
    ...paragraphs(programDescription),
    '.PP',
    filled(
      'Only the result goes to standard output; progress, questions and errors go to standard error. No command prints the content of a secret. A command that changes the account shows the changes and asks first.',
    ),
    section('CONCEPTS'),
    ...concepts.flatMap(({ term, meaning }) => entry(term, meaning)),
    section('COMMANDS'),
    ...commands.flatMap((definition) => command(definition)),
    section('OPTIONS'),
    filled('These options are common to several commands.'),
    ...shared.flatMap(sharedOptions),
    '.SS',
    'All commands',
    ...entry('-h, --help', 'show help'),
    ...entry('-V, --version', 'print the version'),
    section('CHECKS'),
    filled('msk-lambda explain CHECK shows the documentation of a check.'),
    ...[...checks, ...templateChecks].flatMap(({ id, title }) => entry(id, title)),
    section('"EXIT STATUS"'),
    ...exitCodeMeanings.flatMap(([code, says]) => entry(String(code), says)),
    section('ENVIRONMENT'),
    ...environment.flatMap(([name, says]) => entry(name, says)),
    section('FILES'),
    ...files.flatMap(([name, says]) => entry(name, says)),
    section('EXAMPLES'),
    ...commands
      .flatMap(({ examples = [] }) => examples.slice(0, 1))
      .flatMap(({ command: line, does }, index) => [
        ...(index === 0 ? [] : ['.PP']),
        filled(`${does.charAt(0).toUpperCase()}${does.slice(1)}:`),
        ...example([`$ ${line}`]),
      ]),
    section('"SEE ALSO"'),
    filled('aws(1), kafka-acls; AWS Lambda Developer Guide: using Lambda with Amazon MSK'),
    '',
  ].join('\n');

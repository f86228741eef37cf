/** The man page of the program. A pure function, so that a test can hold the file to it. */
import { templateChecks } from '../../src/catalogue/template-checks.js';
import { checks } from '../../src/checks/index.js';
import { commands } from '../../src/cli/commands/index.js';
import { concepts } from '../../src/cli/concepts.js';
import { exitCodeMeanings } from '../../src/cli/exit-codes.js';
import { programDescription } from '../../src/cli/program.js';
import { tool } from '../../src/cli/version.js';
import { capitalized, dated, entry, escape, example, filled, paragraphs, section, title } from './roff.js';

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

export const mainPage = (): string =>
  [
    title(tool.name, dated, `${tool.name} ${tool.version}`),
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
    ...commands.flatMap(({ name, summary }) => entry(`${tool.name}-${name}(1)`, summary)),
    section('OPTIONS'),
    filled('The page of each command has its options. Every command has:'),
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
        filled(`${capitalized(does)}:`),
        ...example([`$ ${line}`]),
      ]),
    section('"SEE ALSO"'),
    filled('aws(1), kafka-acls; AWS Lambda Developer Guide: using Lambda with Amazon MSK'),
    '',
  ].join('\n');

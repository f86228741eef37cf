/**
 * The folders of `src/`, from the lowest to the highest, and which of them each may import. The import rules of
 * `.oxlintrc.json`, the table in `docs/architecture.md` and `npm run check-layers` all follow from this table.
 */

/** A folder of `src/`, or a file that stands in `src/` itself. */
export interface Layer {
  /** Its name in `src/`, a file without its ending. */
  name: string;
  /** What it holds, in one sentence for a newcomer. */
  holds: string;
  /** Layers that it may import besides itself; only layers above it in this table. */
  imports: readonly string[];
  /** Packages that only this layer may import, by the beginning of their names; a longer name of a higher row takes precedence. */
  packages?: readonly string[];
  /** It is one file, not a folder. */
  file?: true;
}

export const layers: readonly Layer[] = [
  {
    name: 'errors',
    holds: 'Errors that are shown to the user as a sentence with what to do about it.',
    imports: [],
    file: true,
  },
  {
    name: 'text',
    holds: 'Text for people: foreign text made visible, wrapping, similar names, errors of the file system in words.',
    imports: [],
  },
  {
    name: 'aws',
    holds: 'Facts of AWS that several layers need, each in one place: API calls as data, ARNs, limits, partitions.',
    imports: [],
  },
  {
    name: 'kafka',
    holds: 'The Kafka protocol: connections, messages, logins, record batches; no decision about what to ask.',
    imports: ['errors', 'text', 'aws'],
    packages: ['@smithy/signature-v4', 'socks'],
  },
  {
    name: 'snapshot',
    holds: 'The snapshot of an account: resources, reads with their outcome, files, anonymisation, comparison.',
    imports: ['errors', 'text', 'aws'],
  },
  {
    name: 'secrets',
    holds: 'What a secret is: its profile, certificates, private keys; a profile holds no password and no key.',
    imports: ['errors', 'text', 'aws', 'snapshot'],
  },
  {
    name: 'catalogue',
    holds: 'What Lambda shows and logs: known texts of LastProcessingResult, state codes, refusals; the check ids.',
    imports: ['text', 'aws'],
  },
  {
    name: 'filter',
    holds: 'The pattern language of event source mappings: its faults, and which Kafka records a filter sends.',
    imports: ['text', 'aws'],
  },
  {
    name: 'event',
    holds:
      'The event that Lambda sends for Kafka records: building it, reading it, explaining its contents and failures.',
    imports: ['errors', 'text', 'aws', 'catalogue'],
    packages: ['avsc', 'protobufjs'],
  },
  {
    name: 'simulate',
    holds: 'The effect of an AWS call on a snapshot.',
    imports: ['errors', 'aws', 'snapshot'],
  },
  {
    name: 'fixes',
    holds: 'A fix as data: calls with their undo and safety, and their form as AWS CLI commands.',
    imports: ['text', 'aws', 'snapshot'],
  },
  {
    name: 'access',
    holds: 'Whether a principal may make a call: the policy evaluator, the calls a mapping needs, policies to write.',
    imports: ['text', 'aws', 'snapshot', 'catalogue', 'fixes'],
  },
  {
    name: 'network',
    holds: 'Whether packets of the pollers reach their destinations: routes, security groups, ACLs, endpoints.',
    imports: ['errors', 'text', 'aws', 'snapshot', 'simulate', 'fixes', 'access'],
  },
  {
    name: 'subject',
    holds: 'One mapping with everything around it: facts derived from the snapshot.',
    imports: ['text', 'aws', 'snapshot', 'catalogue', 'access', 'network'],
  },
  {
    name: 'checks',
    holds: 'One file for each check id, and the runner that turns a missing read into “unknown”.',
    imports: ['text', 'aws', 'snapshot', 'secrets', 'catalogue', 'filter', 'fixes', 'access', 'network', 'subject'],
  },
  {
    name: 'config',
    holds: 'What a project has agreed on: its configuration file, accepted findings, the baseline.',
    imports: ['errors', 'text'],
  },
  {
    name: 'diagnosis',
    holds: 'Findings to ranked causes and a verdict.',
    imports: ['text', 'aws', 'snapshot', 'catalogue', 'subject', 'checks', 'config'],
  },
  {
    name: 'probe',
    holds:
      'The probe of a cluster’s brokers: the steps that a poller takes, with their times, and the judgement of them.',
    imports: [
      'errors',
      'text',
      'aws',
      'kafka',
      'snapshot',
      'secrets',
      'catalogue',
      'fixes',
      'access',
      'subject',
      'checks',
      'diagnosis',
    ],
  },
  {
    name: 'lag',
    holds: 'How far a mapping is behind its topic, and what limits it.',
    imports: ['text', 'aws', 'snapshot', 'fixes', 'subject', 'checks'],
  },
  {
    name: 'alarms',
    holds: 'The CloudWatch alarms that a mapping should have.',
    imports: ['text', 'aws', 'snapshot', 'catalogue', 'fixes', 'subject'],
  },
  {
    name: 'template',
    holds: 'Templates of CloudFormation, Terraform and others: reading, the account that they create, its judgement.',
    imports: ['errors', 'text', 'aws', 'snapshot', 'secrets', 'catalogue', 'access', 'checks', 'config', 'diagnosis'],
    packages: ['js-yaml'],
  },
  {
    name: 'repair',
    holds: 'One repair plan for all causes of all diagnosed mappings: merging, order, choices, who owns a resource.',
    imports: [
      'errors',
      'text',
      'aws',
      'snapshot',
      'catalogue',
      'simulate',
      'fixes',
      'access',
      'network',
      'subject',
      'checks',
      'diagnosis',
    ],
  },
  {
    name: 'sandbox',
    holds: 'Accounts that ship with the tool: answers from a snapshot, mappings that live, brokers on loopback.',
    imports: [
      'aws',
      'kafka',
      'snapshot',
      'catalogue',
      'simulate',
      'access',
      'network',
      'subject',
      'diagnosis',
      'probe',
    ],
  },
  {
    name: 'account',
    holds: 'Reads and changes an AWS account: clients, retries, which data is read in which order.',
    imports: ['errors', 'text', 'aws', 'snapshot', 'secrets', 'catalogue'],
    packages: ['@aws-sdk/client-', '@aws-sdk/credential-', '@smithy/'],
  },
  {
    name: 'mapping',
    holds: 'The settings of a mapping: validation, comparison, the checks before a change, waiting.',
    imports: [
      'errors',
      'text',
      'aws',
      'snapshot',
      'catalogue',
      'filter',
      'simulate',
      'fixes',
      'subject',
      'checks',
      'diagnosis',
      'account',
    ],
  },
  {
    name: 'plan',
    holds: 'What a command is about to change as one value of plain JSON, and the one executor that carries it out.',
    imports: [
      'errors',
      'text',
      'aws',
      'snapshot',
      'catalogue',
      'simulate',
      'fixes',
      'checks',
      'diagnosis',
      'repair',
      'account',
      'mapping',
    ],
  },
  {
    name: 'remote',
    holds: 'Temporary Lambda functions that probe from the subnets of the pollers: creation, invocation, removal.',
    imports: [
      'errors',
      'text',
      'aws',
      'snapshot',
      'catalogue',
      'fixes',
      'network',
      'subject',
      'checks',
      'probe',
      'account',
      'mapping',
    ],
  },
  {
    name: 'report',
    holds: 'One file for each format of an answer: JSON documents and text, pure functions of a result.',
    imports: [
      'errors',
      'text',
      'aws',
      'snapshot',
      'catalogue',
      'event',
      'fixes',
      'access',
      'network',
      'subject',
      'checks',
      'config',
      'diagnosis',
      'alarms',
      'lag',
      'probe',
      'repair',
      'template',
      'plan',
      'remote',
    ],
  },
  {
    name: 'cli',
    holds: 'The command line: one folder for each command, flags, prompts, exit codes.',
    imports: [
      'errors',
      'text',
      'aws',
      'kafka',
      'snapshot',
      'secrets',
      'catalogue',
      'filter',
      'event',
      'simulate',
      'fixes',
      'access',
      'network',
      'subject',
      'checks',
      'config',
      'diagnosis',
      'alarms',
      'lag',
      'probe',
      'repair',
      'template',
      'sandbox',
      'account',
      'mapping',
      'plan',
      'remote',
      'report',
    ],
    packages: ['commander', '@inquirer/', 'inquirer'],
  },
];

/** The tools of the server: each is a command of this program with some of its flags. */
import type { AnyCommand } from '../../define-command.js';
import broker from '../broker/definition.js';
import doctor from '../doctor/definition.js';
import explain from '../explain/definition.js';
import inspect from '../inspect/definition.js';
import lag from '../lag/definition.js';
import lint from '../lint/definition.js';
import list from '../list/definition.js';
import network from '../network/definition.js';
import policy from '../policy/definition.js';
import probe from '../probe/definition.js';
import undo from '../undo/definition.js';
import type { Inputs } from './inputs.js';

export type ToolName = keyof Inputs;

export interface Tool<Name extends ToolName = ToolName> {
  command: AnyCommand;
  title: string;
  description: string;
  /** Name of the JSON Schema of its document. */
  schema: string;
  /** Only with `--allow-changes`. */
  isChanging?: true;
  /** The command line without the account: flags with `=`, so that no value can become a flag. */
  words(input: Inputs[Name]): { flags: string[]; args: string[] };
}

const valued = (flag: string, values: string | readonly (string | number)[] | undefined): string[] =>
  (typeof values === 'string' ? [values] : (values ?? [])).map((value) => `--${flag}=${value}`);
const switched = (flag: string, value: boolean | undefined): string[] => (value === true ? [`--${flag}`] : []);
const chosen = ({ check, skip }: { check?: string[] | undefined; skip?: string[] | undefined }): string[] => [
  ...valued('check', check),
  ...valued('skip', skip),
];

export const tools: { [Name in ToolName]: Tool<Name> } = {
  doctor: {
    command: doctor,
    title: 'Find out why a trigger does not work',
    description:
      'Finds the cause of an event source mapping on Amazon MSK that does not work: network, permissions, secrets, settings, lag. Returns verdict, causes in order, evidence and fixes for each mapping. Begin here. Reads the account, changes nothing.',
    schema: 'doctor',
    words: ({ targets = [], plan, verbose, ...rest }) => ({
      flags: [...chosen(rest), ...switched('plan', plan), ...switched('verbose', verbose)],
      args: targets,
    }),
  },
  explain: {
    command: explain,
    title: 'Explain an error text or a check',
    description:
      'Explains a text that Lambda shows for a mapping, or a check id: the meaning, possible causes and fixes. With the UUID of a mapping, explains its text with evidence from the account.',
    schema: 'explain',
    words: ({ text }) => ({ flags: [], args: [text] }),
  },
  network: {
    command: network,
    title: 'Show the network paths of the pollers',
    description:
      'Follows the packets of the event pollers from each subnet to Lambda, STS, Secrets Manager and the brokers: reaches, blocked or unknown, with the hop that blocks.',
    schema: 'network',
    words: ({ targets = [], explain: everyHop, whatIf }) => ({
      flags: [...switched('explain', everyHop), ...valued('what-if', whatIf)],
      args: targets,
    }),
  },
  policy: {
    command: policy,
    title: 'Write the least-privilege policy',
    description:
      'Returns the least-privilege policy that a mapping needs: for the execution role, the creator, the secret, the endpoints or the cluster.',
    schema: 'policy',
    words: ({ targets = [], for: audience }) => ({ flags: valued('for', audience), args: targets }),
  },
  lint: {
    command: lint,
    title: 'Check a template before it is deployed',
    description:
      'Checks the event source mappings of CloudFormation, SAM, CDK, Serverless or Terraform files, with file, line and column. Reads files inside the root folder of the server only, and no account.',
    schema: 'lint',
    words: ({ paths = ['.'], format, ...rest }) => ({
      flags: [...valued('format', format), ...chosen(rest)],
      args: paths,
    }),
  },
  list: {
    command: list,
    title: 'List the triggers',
    description: 'Lists the MSK event source mappings of the region with state and last processing result.',
    schema: 'list',
    words: ({ targets = [] }) => ({ flags: [], args: targets }),
  },
  probe: {
    command: probe,
    title: 'Connect to the brokers',
    description:
      'Connects from this machine to the brokers of a mapping or cluster, logs in as Lambda would (it reads the secret of the mapping), and shows the step at which it stops. It may join the consumer group for a moment, only if the group is proven to be empty. Commits and writes nothing; the contents of records are not returned.',
    schema: 'probe',
    words: ({ target, topic, group, auth }) => ({
      flags: [...valued('topic', topic), ...valued('group', group), ...valued('auth', auth)],
      args: [target],
    }),
  },
  broker: {
    command: broker,
    title: 'Show the bootstrap brokers',
    description: 'Returns the bootstrap brokers and the authentication method that Lambda selects, and why.',
    schema: 'broker',
    words: ({ target, auth }) => ({ flags: valued('auth', auth), args: [target] }),
  },
  inspect: {
    command: inspect,
    title: 'Show everything about a trigger',
    description: 'Returns the facts about a mapping: function, role, cluster, network, secret and settings.',
    schema: 'inspect',
    words: ({ targets = [] }) => ({ flags: [], args: targets }),
  },
  lag: {
    command: lag,
    title: 'Show how far a trigger is behind',
    description:
      'Returns the offset lag of the last hour, and what limits the mapping, with the setting that changes it.',
    schema: 'lag',
    words: ({ target }) => ({ flags: [], args: [target] }),
  },
  repair: {
    command: doctor,
    title: 'Repair triggers',
    description:
      'CHANGES THE ACCOUNT, in two calls. Without confirm: returns the repair plan and a planToken; nothing is changed. Show the plan to the user. With confirm = planToken: makes exactly these changes, and is refused if the account is no longer the same. Steps that affect other resources, or resources that a stack or Terraform owns, are not made: the user runs them with the command line. Returns the path of an undo file.',
    schema: 'doctor',
    isChanging: true,
    words: ({ targets = [], choose }) => ({
      flags: ['--fix', '--yes', '--no-wait', ...valued('choose', choose)],
      args: targets,
    }),
  },
  undo: {
    command: undo,
    title: 'Undo a repair',
    description:
      'CHANGES THE ACCOUNT, in two calls, as repair: reverts the changes of an undo file that repair wrote in this session.',
    schema: 'undo',
    isChanging: true,
    words: ({ file }) => ({ flags: ['--yes'], args: [file] }),
  },
};

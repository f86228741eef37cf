import { authMethods } from '../../../aws/msk.js';
import { positive } from '../../option-values.js';
import { reportOptions } from '../../report-files/options.js';
import { changeOptions, connectionOptions, debugOption, sandboxOption } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

const login = { group: 'Login' } as const;
const fromVpc = { group: 'From the VPC' } as const;
const limits = { group: 'Limits' } as const;

export const viaOption = () =>
  option('--via <url>', 'connect to the brokers through a proxy: socks5://HOST:PORT or http://HOST:PORT', {
    conflicts: ['sandbox'],
  });

/** Whom the probe trusts, and as whom it logs in with IAM. */
export const trustOptions = (group: { group?: string } = login) => [
  option('--ca-file <pem>', 'additional certificate authority, for brokers that are not MSK brokers', group),
  option('--assume-role <arn>', 'with IAM: assume this role, such as the execution role, and log in as it', group),
];

/** How brokers are reached and as whom; every command that connects to brokers has them. */
export const loginOptions = () => [
  viaOption(),
  option('--auth <method>', 'authentication method; default: the one that Lambda selects', {
    ...login,
    choices: authMethods,
  }),
  option('--secret <name>', 'secret for SASL/SCRAM or mutual TLS, by name or ARN; default: the secret of the mapping', {
    ...login,
    conflicts: ['secretFile'],
  }),
  option(
    '--secret-file <file>',
    'file with the JSON text of the secret instead (only you should be able to read it)',
    login,
  ),
  ...trustOptions(),
];

export const probeOptions = () => [
  option('--bootstrap <list>', 'bootstrap addresses instead of a target: HOST:PORT,HOST:PORT'),
  option('--topic <name>', 'topic to read; default: the topic of the mapping'),
  option('--group <id>', 'consumer group; default: the group of the mapping'),
  option('--show-record', 'show key and value of the record that was read'),
  ...loginOptions(),
  option('--from-vpc', 'probe from the subnets of the pollers, by temporary Lambda functions with the execution role', {
    ...fromVpc,
    conflicts: ['bootstrap', 'via', 'assumeRole'],
  }),
  option('--clean', 'delete temporary functions that a probe left behind', {
    ...fromVpc,
    conflicts: [
      'fromVpc',
      'sandbox',
      'bootstrap',
      'topic',
      'group',
      'showRecord',
      'via',
      'auth',
      'secret',
      'secretFile',
      'caFile',
      'assumeRole',
    ],
  }),
  ...changeOptions().map((made) => made.helpGroup(`${fromVpc.group}:`) as typeof made),
  option('--step-timeout <seconds>', 'maximum time for one step', {
    ...limits,
    default: 10,
    parse: positive('seconds'),
  }),
  option('--timeout <seconds>', 'maximum time for the whole probe', {
    ...limits,
    default: 60,
    parse: positive('seconds'),
  }),
  ...connectionOptions(),
  sandboxOption(),
  debugOption(),
  ...reportOptions({
    quiet: 'print only the verdict, and the step, error and broker where it stopped',
    verbose: 'all partitions and all fixes',
  }),
];

export type ProbeOptions = OptionsOf<typeof probeOptions>;

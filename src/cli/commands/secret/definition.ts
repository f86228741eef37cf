import { Argument } from 'commander';
import { defineCommand } from '../../define.js';
import {
  accountOptions,
  changeOptions,
  option,
  outputOptions,
  type ChangeOptions,
  type OutputOptions,
  type SourceOptions,
} from '../../options.js';

export interface SecretCheckOptions extends Omit<SourceOptions, 'snapshot'>, OutputOptions {
  type?: 'scram' | 'mtls';
  cluster?: string;
  failOn: 'warn' | 'fail';
}

export interface SecretCreateOptions extends Omit<SourceOptions, 'snapshot'>, OutputOptions, ChangeOptions {
  username?: string;
  certificate?: string;
  chain?: string[];
  privateKey?: string;
  passwordStdin?: true;
  kmsKey?: string;
  cluster?: string;
  description?: string;
}

const check = defineCommand<SecretCheckOptions>({
  name: 'check',
  group: 'Diagnose',
  summary: 'say whether secrets serve a mapping, without showing their content',
  description:
    'Judges user name and password, or certificate chain and private key, as the pollers need them: form, names of members, PEM, order and dates of the chain, kind and encryption of the key. ' +
    'A secret of the account is judged with its name, key and association, too. A file holds the JSON text that is to become a secret; - stands for stdin. Nothing of the content is shown or kept.',
  arguments: [new Argument('<secret...>', 'secret, by name or ARN, or a file with its JSON text')],
  options: () => [
    option('--type <type>', 'what it is for, where its members do not tell').choices(['scram', 'mtls']),
    option(
      '--cluster <name>',
      'cluster that is to know the user, by name or ARN: tells whether the secret is associated',
    ),
    option('--fail-on <status>', 'lowest status that is exit 1').choices(['warn', 'fail']).default('fail'),
    ...accountOptions(),
    ...outputOptions(),
  ],
  examples: [
    { command: 'msk-lambda secret check AmazonMSK_orders --cluster orders-cluster', does: 'a secret of the account' },
    { command: 'msk-lambda secret check secret.json', does: 'a text before it is stored; nothing is asked of AWS' },
    {
      command: 'msk-lambda secret check AmazonMSK_orders --sandbox secret-misspelt',
      does: 'a faulty one of the sandbox',
    },
  ],
  load: async () => (await import('./check.js')).run,
});

const create = defineCommand<SecretCreateOptions>({
  name: 'create',
  group: 'Change',
  summary: 'make a secret that serves a mapping, from a user name or from PEM files',
  description:
    'With --username it holds user name and password, has the name and the customer-managed key that MSK asks for, and is associated with the cluster. ' +
    'With --certificate and --private-key it holds the chain in order and the key as PKCS#8; a key that is not encrypted is converted, an encrypted one is never encrypted anew. ' +
    'Passwords are asked for at the terminal, or read from stdin with --password-stdin; there is no flag for them. Each step is shown and confirmed.',
  arguments: [new Argument('<name>', 'name of the secret; AmazonMSK_ is put before it where MSK asks for that')],
  options: () => [
    option('--username <name>', 'user name for SASL/SCRAM'),
    option('--certificate <file>', 'client certificate, PEM; may hold its chain'),
    option('--chain <file...>', 'certificates of its issuers, PEM, in any order'),
    option('--private-key <file>', 'private key, PEM'),
    option('--password-stdin', 'read the password, of the user or of the key, from stdin'),
    option('--kms-key <key>', 'customer-managed key, by id, ARN or alias; SASL/SCRAM needs one'),
    option('--cluster <name>', 'cluster to associate the user with, by name or ARN'),
    option('--description <text>', 'description of the secret'),
    ...changeOptions(),
    ...accountOptions(),
    ...outputOptions(),
  ],
  examples: [
    {
      command: 'msk-lambda secret create orders --username orders-reader --kms-key alias/msk --cluster orders-cluster',
      does: 'a user of the cluster; asks for the password',
    },
    {
      command: 'msk-lambda secret create orders-client --certificate client.pem --chain ca.pem --private-key key.pem',
      does: 'a client certificate',
    },
  ],
  load: async () => (await import('./create.js')).run,
});

export default defineCommand({
  name: 'secret',
  group: 'Change',
  summary: 'check or create the secret by which a mapping logs in',
  examples: [{ command: 'msk-lambda secret check AmazonMSK_orders', does: 'whether a secret serves' }],
  commands: [check, create],
});

import { accountOptions, changeOptions, outputOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';

export const secretCreateOptions = () => [
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
];

export type SecretCreateOptions = OptionsOf<typeof secretCreateOptions>;

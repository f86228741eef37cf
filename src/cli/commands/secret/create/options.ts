import { accountOptions, changeOptions, outputOptions, shellOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';

const scram = { group: 'Required for SASL/SCRAM' } as const;
const mtls = { group: 'Required for mTLS' } as const;

export const secretCreateOptions = () => [
  option('--username <name>', 'SASL/SCRAM: user name', scram),
  option('--kms-key <key>', 'SASL/SCRAM: customer managed KMS key, by ID, ARN or alias; optional for mTLS', scram),
  option('--certificate <file>', 'mTLS: client certificate, PEM; may contain its chain', mtls),
  option('--private-key <file>', 'mTLS: private key, PEM', mtls),
  option('--chain <file...>', 'certificates of the issuers, PEM, in any order'),
  option('--password-stdin', 'read the password of the user or of the private key from standard input'),
  option('--cluster <name>', 'MSK cluster to associate the secret with, by name or ARN'),
  option('--description <text>', 'description of the secret'),
  ...changeOptions(),
  ...accountOptions(),
  ...shellOptions(),
  ...outputOptions({ quiet: 'print only the ARN of the secret' }),
];

export type SecretCreateOptions = OptionsOf<typeof secretCreateOptions>;

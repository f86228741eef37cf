import { accountOptions, outputOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';

export const secretCheckOptions = () => [
  option('--type <type>', 'what it is for, if its members do not tell; basic, oauth, root-ca: for a schema registry', {
    choices: ['scram', 'mtls', 'basic', 'oauth', 'root-ca'],
  }),
  option(
    '--cluster <name>',
    'cluster that is to know the user, by name or ARN: tells whether the secret is associated',
  ),
  option('--fail-on <status>', 'lowest status that is exit 1', { choices: ['warn', 'fail'], default: 'fail' }),
  ...accountOptions(),
  ...outputOptions(),
];

export type SecretCheckOptions = OptionsOf<typeof secretCheckOptions>;

import { accountOptions, outputOptions } from '../../../shared-options.js';
import { option, type OptionsOf } from '../../../typed-option.js';

export const secretCheckOptions = () => [
  option(
    '--type <type>',
    'purpose of the secret, if its members do not show it; basic, oauth and root-ca are for a schema registry',
    {
      choices: ['scram', 'mtls', 'basic', 'oauth', 'root-ca'],
    },
  ),
  option('--cluster <name>', 'MSK cluster, by name or ARN: also check that the secret is associated with it'),
  option('--fail-on <status>', 'lowest status that gives exit code 1', { choices: ['warn', 'fail'], default: 'fail' }),
  ...accountOptions(),
  ...outputOptions({ quiet: 'print only the secret and its verdict, one per line', verbose: 'show passed checks too' }),
];

export type SecretCheckOptions = OptionsOf<typeof secretCheckOptions>;

import { outputOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const brokerOptions = () => [
  option('--auth <method>', 'verify the method: exit 1 if Lambda selects another', {
    choices: ['iam', 'scram', 'mtls', 'tls', 'plaintext'],
  }),
  ...sourceOptions(),
  ...outputOptions({ quiet: 'print only the bootstrap string' }),
];

export type BrokerOptions = OptionsOf<typeof brokerOptions>;

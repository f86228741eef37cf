import { outputOptions, sourceOptions } from '../../shared-options.js';
import { option, type OptionsOf } from '../../typed-option.js';

export const brokerOptions = () => [
  option('--auth <method>', 'only assert: exit 1 where Lambda picks another', {
    choices: ['iam', 'scram', 'mtls', 'tls', 'plaintext'],
  }),
  ...sourceOptions(),
  ...outputOptions(),
];

export type BrokerOptions = OptionsOf<typeof brokerOptions>;

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { brokerOptions } from './options.js';

export default defineCommand({
  name: 'broker',
  group: 'Show',
  summary: 'print the bootstrap brokers that Lambda selects, and why',
  description:
    'A cluster can have several bootstrap strings, one for each authentication method. Lambda selects one of them in a fixed order (mTLS, SCRAM, IAM, TLS, plaintext) and tries no other. ' +
    'For a cluster, the result applies to a mapping without a secret.',
  arguments: [new Argument('<target>', 'cluster, by name or ARN; or a mapping, by UUID')],
  options: brokerOptions,
  examples: [
    {
      command: 'msk-lambda broker orders-cluster --sandbox',
      does: 'the selected bootstrap brokers and the alternatives',
    },
    { command: 'msk-lambda broker orders-cluster --quiet', does: 'only the bootstrap string' },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../define-command.js';
import { brokerOptions } from './options.js';

export default defineCommand({
  name: 'broker',
  group: 'Look',
  summary: 'print the bootstrap brokers that Lambda picks, and why',
  description:
    'Lambda picks one bootstrap string by a fixed order (mTLS, SCRAM, IAM, TLS, plaintext) and makes no second try. ' +
    'Of a cluster, the answer is for a mapping without a secret.',
  arguments: [new Argument('<target>', 'cluster, by name or ARN, or mapping UUID')],
  options: brokerOptions,
  examples: [
    { command: 'msk-lambda broker orders-cluster --sandbox', does: 'what Lambda picks, and all the others' },
    { command: 'msk-lambda broker orders-cluster --quiet', does: 'the string alone' },
  ],
  load: async () => (await import('./run.js')).run,
});

import { defineCommand } from '../../define-command.js';
import create from './create/definition.js';
import check from './check/definition.js';

export default defineCommand({
  name: 'secret',
  group: 'Change',
  summary: 'check or create the secret that a mapping uses to authenticate',
  examples: [
    { command: 'msk-lambda secret check AmazonMSK_orders', does: 'check an existing secret' },
    {
      command: 'msk-lambda secret create orders --username orders-reader --kms-key alias/msk --cluster orders-cluster',
      does: 'create a secret for SASL/SCRAM',
    },
  ],
  commands: [check, create],
});

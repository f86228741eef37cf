import { defineCommand } from '../../define-command.js';
import { createOptions } from './options.js';

export default defineCommand({
  name: 'create',
  group: 'Change',
  summary: 'create a mapping that works the first time',
  description:
    'Builds the event source mapping that is asked for, runs every check on it before it is made, makes it once, and waits until it works or shows why not. ' +
    'An equal mapping that is there already is left as it is. The AWS CLI’s own flags of create-event-source-mapping are understood too.',
  options: createOptions,
  examples: [
    {
      command:
        'msk-lambda create --function order-handler --cluster orders --topic orders --starting-position TRIM_HORIZON --dry-run',
      does: 'what would be made, and what would stop it',
    },
    { command: 'msk-lambda create --file mapping.yaml --yes --wait', does: 'make it and wait until it works' },
    {
      command:
        'msk-lambda create --function order-handler:live --cluster orders --topic orders --starting-position LATEST --secret AmazonMSK_orders --auth scram',
      does: 'with SASL/SCRAM',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

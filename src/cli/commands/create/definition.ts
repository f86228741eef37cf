import { defineCommand } from '../../define-command.js';
import { createOptions } from './options.js';

export default defineCommand({
  name: 'create',
  group: 'Change',
  summary: 'create a mapping that works the first time',
  description:
    'Runs every check on the planned event source mapping, creates it if nothing blocks it, and waits until it works or shows an error. At a terminal, it asks for what is missing. ' +
    'An identical mapping that already exists is left unchanged. The AWS CLI flags of create-event-source-mapping are accepted too.',
  options: createOptions,
  examples: [
    {
      command:
        'msk-lambda create --function order-handler --cluster orders --topic orders --starting-position TRIM_HORIZON --dry-run',
      does: 'show the plan and the blocking problems, create nothing',
    },
    {
      command: 'msk-lambda create --file mapping.yaml --yes --wait',
      does: 'create it from a file, without questions, and wait until it works',
    },
    {
      command:
        'msk-lambda create --function order-handler:live --cluster orders --topic orders --starting-position LATEST --secret AmazonMSK_orders --auth scram',
      does: 'call an alias, with SASL/SCRAM authentication',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

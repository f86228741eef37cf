import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { secretCreateOptions } from './options.js';

export default defineCommand({
  name: 'create',
  group: 'Change',
  summary: 'make a secret that serves a mapping, from a user name or from PEM files',
  description:
    'With --username it holds user name and password, has the name and the customer-managed key that MSK asks for, and is associated with the cluster. ' +
    'With --certificate and --private-key it holds the chain in order and the key as PKCS#8; a key that is not encrypted is converted, an encrypted one is never encrypted anew. ' +
    'Passwords are asked for at the terminal, or read from stdin with --password-stdin; there is no flag for them. Each step is shown and confirmed.',
  arguments: [new Argument('<name>', 'name of the secret; AmazonMSK_ is put before it where MSK asks for that')],
  options: secretCreateOptions,
  examples: [
    {
      command: 'msk-lambda secret create orders --username orders-reader --kms-key alias/msk --cluster orders-cluster',
      does: 'a user of the cluster; asks for the password',
    },
    {
      command: 'msk-lambda secret create orders-client --certificate client.pem --chain ca.pem --private-key key.pem',
      does: 'a client certificate',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

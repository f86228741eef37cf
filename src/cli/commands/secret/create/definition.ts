import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { secretCreateOptions } from './options.js';

export default defineCommand({
  name: 'create',
  group: 'Change',
  summary: 'create a secret for a mapping, from a user name or from PEM files',
  description:
    'With --username (SASL/SCRAM), the secret contains the user name and password, has the name prefix and the customer managed key that MSK requires, and is associated with the cluster. ' +
    'With --certificate and --private-key (mTLS), it contains the ordered certificate chain and the private key as PKCS#8; an unencrypted key is converted, an encrypted key stays as it is. ' +
    'Passwords are typed at the terminal or read from standard input with --password-stdin; there is no flag for them. Each step is shown and confirmed.',
  arguments: [new Argument('<name>', 'name of the secret; the prefix AmazonMSK_ is added where MSK requires it')],
  options: secretCreateOptions,
  examples: [
    {
      command: 'msk-lambda secret create orders --username orders-reader --kms-key alias/msk --cluster orders-cluster',
      does: 'SASL/SCRAM: a user of the cluster; asks for the password',
    },
    {
      command: 'msk-lambda secret create orders-client --certificate client.pem --chain ca.pem --private-key key.pem',
      does: 'mTLS: a client certificate',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

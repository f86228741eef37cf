import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { secretCheckOptions } from './options.js';

export default defineCommand({
  name: 'check',
  group: 'Diagnose',
  summary: 'check whether a mapping can use secrets, without showing their content',
  description:
    'Checks the content that Lambda expects: JSON format, member names, user name and password, or PEM certificate chain (order, dates) and private key (type, encryption). For a secret of the account, it also checks the name, the KMS key and the association with the cluster. ' +
    'A file contains the JSON text of a secret before it is stored; - is standard input. The content is neither shown nor stored.\n' +
    'Secrets for a schema registry: --type basic (BASIC_AUTH), mtls (CLIENT_CERTIFICATE_TLS_AUTH), root-ca (SERVER_ROOT_CA_CERTIFICATE), oauth (OAUTHBEARER_AUTH).',
  arguments: [new Argument('<secret...>', 'secret, by name or ARN; or a file with its JSON text')],
  options: secretCheckOptions,
  examples: [
    {
      command: 'msk-lambda secret check AmazonMSK_orders --cluster orders-cluster',
      does: 'a secret of the account and its association with a cluster',
    },
    { command: 'msk-lambda secret check secret.json', does: 'a file before it is stored; no AWS access' },
    {
      command: 'msk-lambda secret check AmazonMSK_orders --sandbox secret-misspelt',
      does: 'a secret of a sandbox account, with a fault',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

import { Argument } from 'commander';
import { defineCommand } from '../../../define-command.js';
import { secretCheckOptions } from './options.js';

export default defineCommand({
  name: 'check',
  group: 'Diagnose',
  summary: 'say whether secrets serve a mapping, without showing their content',
  description:
    'Judges user name and password, or certificate chain and private key, as the pollers need them: form, names of members, PEM, order and dates of the chain, kind and encryption of the key. ' +
    'For a schema registry: BASIC_AUTH (--type basic), CLIENT_CERTIFICATE_TLS_AUTH (mtls), SERVER_ROOT_CA_CERTIFICATE (root-ca) and OAUTHBEARER_AUTH (oauth). ' +
    'A secret of the account is judged with its name, key and association, too. A file holds the JSON text that is to become a secret; - stands for stdin. Nothing of the content is shown or kept.',
  arguments: [new Argument('<secret...>', 'secret, by name or ARN, or a file with its JSON text')],
  options: secretCheckOptions,
  examples: [
    { command: 'msk-lambda secret check AmazonMSK_orders --cluster orders-cluster', does: 'a secret of the account' },
    { command: 'msk-lambda secret check secret.json', does: 'a text before it is stored; nothing is asked of AWS' },
    {
      command: 'msk-lambda secret check AmazonMSK_orders --sandbox secret-misspelt',
      does: 'a faulty one of the sandbox',
    },
  ],
  load: async () => (await import('./run.js')).run,
});

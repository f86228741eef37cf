import { secretBytes } from '../../aws/limits.js';
import { secretNameOf } from '../../aws/secret-arn.js';
import { defineCheck, fail, pass } from '../define.js';
import { storePair, useFacts, useOf, type SecretUse } from '../support/secret-use.js';

interface Evidence {
  use: SecretUse;
  bytes: number;
}

export default defineCheck({
  id: 'secret.size',
  title: 'The secret is larger than Secrets Manager allows',
  severity: 'error',
  stage: 'secret',
  indicator: 'the secret is larger than 65,536 bytes',
  docs: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html'],
  needs: ['secretReference', 'secretProfile'],
  mayUse: useFacts,
  restsOn: ['secret.exists'],
  judge({ secretReference, secretProfile: { bytes }, ...facts }) {
    return bytes > secretBytes ? fail<Evidence>({ use: useOf(secretReference, facts), bytes }) : pass;
  },
  describe: ({ use: { secret }, bytes }) => ({
    title: `The secret ${secretNameOf(secret)} is larger than ${secretBytes.toLocaleString('en-US')} bytes`,
    evidence: [{ resource: secret, fact: `it has ${bytes.toLocaleString('en-US')} bytes` }],
  }),
  fixes: ({ use }) =>
    storePair(
      'Remove everything that is not part of the certificate chain: other certificates, comments, text before the PEM blocks',
    )(use),
});

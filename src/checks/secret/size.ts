import { secretBytes } from '../../aws/limits.js';
import { defineCheck, fail, pass } from '../define.js';
import { storePair, useFacts, useOf, type SecretUse } from '../support/secret-use.js';

interface Evidence {
  use: SecretUse;
  bytes: number;
}

export default defineCheck({
  id: 'secret.size',
  title: 'The secret is larger than Secrets Manager takes',
  severity: 'error',
  stage: 'secret',
  indicator: 'the secret is larger than 65,536 bytes',
  docs: ['https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html'],
  needs: ['secretReference', 'secretProfile'],
  mayUse: useFacts,
  judge({ secretReference, secretProfile: { bytes }, ...facts }) {
    return bytes > secretBytes ? fail<Evidence>({ use: useOf(secretReference, facts), bytes }) : pass;
  },
  describe: ({ use: { secret }, bytes }) => ({
    title: `The secret ${secret} holds ${bytes} bytes, more than the ${secretBytes} that are allowed`,
    evidence: [{ resource: secret, fact: `${bytes} bytes` }],
  }),
  fixes: ({ use }) =>
    storePair('Leave out what is not part of the chain: other certificates, comments, text before the PEM blocks')(use),
});

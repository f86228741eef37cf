import { secretBytes } from '../../aws/limits.js';
import { defineCheck, fail, pass } from '../define.js';

interface Evidence {
  secret: string;
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
  judge({ secretReference: { uri: secret }, secretProfile: { bytes } }) {
    return bytes > secretBytes ? fail<Evidence>({ secret, bytes }) : pass;
  },
  describe: ({ secret, bytes }) => ({
    title: `The secret ${secret} holds ${bytes} bytes, more than the ${secretBytes} that are allowed`,
    evidence: [{ resource: secret, fact: `${bytes} bytes` }],
  }),
  fixes: () => [
    {
      title: 'Leave out what is no part of the chain: other certificates, comments, text before the PEM blocks',
      safety: 'by-hand',
      changes: [],
    },
  ],
});

import { regionOf } from '../../aws/arn.js';
import type { Fix } from '../../fixes/fix.js';
import { known, valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass } from '../define.js';
import { invalidSecretArn, secretPremises } from '../support/premises.js';
import { otherSecrets, recreated } from './support/missing-secret.js';
import { useOf } from '../support/secret-use.js';

interface Evidence {
  secret: string;
  short: string;
  fact: string;
  fixes: Fix[];
  kind?: 'gone' | 'other-region';
}

export default defineCheck({
  id: 'secret.exists',
  title: 'The secret that the mapping names is not there',
  severity: 'error',
  stage: 'secret',
  indicator: 'DescribeSecret answers that there is none, or shows a DeletedDate',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
  ],
  needs: ['secretReference', 'secret', 'eventSource'],
  mayUse: ['secretKey', 'mapping', 'scramSecrets'],
  restsOn: [invalidSecretArn, ...secretPremises],
  judge({ secretReference, secret, eventSource, secretKey, mapping, scramSecrets }) {
    const { uri, type } = secretReference;
    const use = useOf(secretReference, { secret: known(secret), secretKey, eventSource: known(eventSource), mapping });
    const region = regionOf(uri);
    if (region !== null && region !== eventSource.region)
      return fail<Evidence>({
        secret: uri,
        short: `is in ${region}, and the mapping in ${eventSource.region}`,
        kind: 'other-region',
        fact: `its ARN names region ${region}; Lambda reads secrets of its own region only`,
        fixes: [recreated(use, type, `Create the secret in ${eventSource.region} and name it in the mapping`)],
      });
    if (secret === null)
      return fail<Evidence>({
        secret: uri,
        short: 'does not exist',
        kind: 'gone',
        fact: 'Secrets Manager has no secret of this name or ARN',
        fixes: [
          ...otherSecrets(use, type, valueOrNull(scramSecrets) ?? []),
          recreated(use, type, 'Create the secret again and name it in the mapping: its ARN is another one then'),
        ],
      });
    if (secret.DeletedDate === undefined) return pass;
    const restore = {
      service: 'secretsmanager',
      operation: 'RestoreSecret',
      input: { SecretId: secret.ARN },
      undo: {
        service: 'secretsmanager',
        operation: 'DeleteSecret',
        // The longest window (API reference, DeleteSecret).
        input: { SecretId: secret.ARN, RecoveryWindowInDays: 30 },
      },
    };
    return fail<Evidence>({
      secret: secret.ARN,
      short: 'is scheduled for deletion',
      fact: `it was deleted on ${secret.DeletedDate}, and cannot be read since`,
      fixes: [{ title: 'Restore the secret', safety: 'safe', changes: [restore] }],
    });
  },
  describe: ({ secret, short, fact }) => ({
    title: `The secret ${secret} ${short}`,
    evidence: [{ resource: secret, fact }],
  }),
  kind: ({ kind }) => kind,
  fixes: ({ fixes }) => fixes,
});

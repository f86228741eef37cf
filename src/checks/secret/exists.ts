import { regionOf } from '../../aws/arn.js';
import { secretNameOf } from '../../aws/secret-arn.js';
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
  title: 'The secret does not exist',
  severity: 'error',
  stage: 'secret',
  indicator: 'DescribeSecret returns ResourceNotFoundException, or shows a DeletedDate',
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
        short: `is in ${region}, but the mapping is in ${eventSource.region}`,
        kind: 'other-region',
        fact: 'Lambda reads only secrets of the mapping’s own region',
        fixes: [recreated(use, type, `Create the secret in ${eventSource.region} and use it in the mapping`)],
      });
    if (secret === null)
      return fail<Evidence>({
        secret: uri,
        short: 'does not exist',
        kind: 'gone',
        fact: 'Secrets Manager has no secret with this ARN; the mapping still names it',
        fixes: [
          ...otherSecrets(use, type, valueOrNull(scramSecrets) ?? []),
          recreated(use, type, 'Recreate the secret and use it in the mapping (the new secret has another ARN)'),
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
      fact: `it was deleted on ${secret.DeletedDate.slice(0, 10)} and cannot be read since then`,
      fixes: [{ title: `Restore the secret ${secretNameOf(secret.ARN)}`, safety: 'safe', changes: [restore] }],
    });
  },
  describe: ({ secret, short, fact }) => ({
    title: `The secret ${secretNameOf(secret)} ${short}`,
    evidence: [{ resource: secret, fact }],
  }),
  kind: ({ kind }) => kind,
  fixes: ({ fixes }) => fixes,
});

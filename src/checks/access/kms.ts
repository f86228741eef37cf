import { keyCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from '../support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeCalls, resourcePolicy } from '../support/access.js';

export default defineCheck({
  id: 'access.kms',
  title: 'The execution role may not decrypt with the secret’s key',
  severity: 'error',
  stage: 'secret',
  needs: [...accessNeeds, 'secret', 'secretKey', 'resourcePolicies'],
  judge(facts) {
    const { secret, secretKey: key } = facts;
    if (secret === null) return skip('the secret is gone: see secret.exists');
    if (key === null) return skip('the secret’s key is gone: see secret.kms');
    if (key.KeyManager === 'AWS') return skip('the secret is under a key that AWS manages, which asks no right of the role');
    if (key.Arn === undefined) return skip('AWS names no ARN for the secret’s key');
    return judgeCalls(keyCalls(key.Arn, secret.ARN), facts, resourcePolicy('key', `key ${key.KeyId}`, facts.resourcePolicies.secretKey));
  },
  describe: (refused) => describeRefusals(refused, 'with the key of the secret'),
  fixes: (refused) => fixRefusals(refused, 'kms'),
});

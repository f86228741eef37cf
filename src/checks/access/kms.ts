import { accountOf } from '../../aws/arn.js';
import { callsOfCheck } from '../../access/needed-calls.js';
import { ownKeyOf } from '../../subject/policy-subject-of-mapping.js';
import { judgeFilterKey } from '../support/filter-key.js';
import { defineCheck, fail, pass, skip, undecided, warn, type Judgement } from '../define.js';
import { foreignDefaultKey, otherSecret, secretKeyPremises } from '../support/premises.js';
import { accessNeeds, judgeCalls, type RefusedCalls } from './support/access.js';
import { describeKeyFault, fixKeyFault, type KeyFault } from './support/key-faults.js';

export default defineCheck({
  id: 'access.kms',
  title: 'The execution role may not decrypt the secret with its KMS key',
  severity: 'error',
  stage: 'secret',
  indicator: 'the secret is encrypted with a customer managed key, and the role may not call kms:Decrypt with it',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html',
  ],
  needs: [...accessNeeds, 'otherKeys', 'mapping', 'works'],
  mayUse: ['secret', 'secretKey'],
  restsOn: [otherSecret, foreignDefaultKey, ...secretKeyPremises],
  judge(facts) {
    const { secret, secretKey: key, otherKeys, mapping, works } = facts;
    const foreign =
      secret.is === 'known' && secret.value !== null && key.is === 'not-applicable' ? secret.value.ARN : null;
    const account = accountOf(facts.rolePolicies.roleArn) ?? '';
    // The AWS managed key for secrets can be used by its own account only (Secrets Manager user guide: access from
    // another account).
    if (foreign !== null && accountOf(foreign) !== account && !works)
      return fail<KeyFault>({ foreignSecret: foreign, account });
    const judged = judgeSecretKey();
    if (judged.status === 'fail' || otherKeys.filter === null) return judged;
    const refusal = judgeFilterKey(otherKeys.filter, facts);
    if (refusal !== null && mapping.FilterCriteriaError !== undefined) return fail<KeyFault>(refusal);
    // Lambda may have a grant on the key, and grants are not read: a filter that works is no risk.
    if (refusal !== null && !works && judged.status !== 'undecided') return warn<KeyFault>(refusal);
    return judged.status === 'skip' ? pass : judged;

    function judgeSecretKey(): Judgement<RefusedCalls> {
      if (key.is === 'not-applicable') return skip(key.because);
      if (key.is === 'unread') return undecided('the secret’s KMS key could not be read', key.missing);
      if (key.value === null) return skip('the secret’s KMS key does not exist: see secret.kms');
      if (key.value.KeyManager === 'AWS')
        return skip('the secret is encrypted with the AWS managed key, which needs no permission of the role');
      const keyArn = ownKeyOf(key);
      if (keyArn === null || secret.is !== 'known' || secret.value === null)
        return skip('AWS returned no ARN for the secret’s KMS key');
      return judgeCalls(callsOfCheck('access.kms', { keyArn, secretArn: secret.value.ARN }), facts);
    }
  },
  describe: describeKeyFault,
  kind: (fault) => ('foreignSecret' in fault ? 'default-key' : 'keyArn' in fault ? 'filter-key' : 'secret-key'),
  fixes: fixKeyFault,
});

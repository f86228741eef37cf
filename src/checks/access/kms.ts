import { keyCalls } from '../../access/needed-calls.js';
import { defineCheck, fail, pass, skip, undecided, warn, type Judgement } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import {
  accessNeeds,
  accountOf,
  describeRefusals,
  judgeCalls,
  secretKeyPolicy,
  type RefusedCalls,
} from './support/access.js';
import { fixFilterKey, judgeFilterKey, type FilterKeyRefusal } from '../support/filter-key.js';

interface ForeignDefaultKey {
  foreignSecret: string;
  account: string;
}

/** The secret's key, or else the one that encrypts the mapping's filter. */
type Evidence = RefusedCalls | FilterKeyRefusal | ForeignDefaultKey;

export default defineCheck({
  id: 'access.kms',
  title: 'The execution role may not decrypt with the secret’s key',
  severity: 'error',
  stage: 'secret',
  indicator: 'the secret has a key of its own, and the role may not kms:Decrypt with it',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html',
  ],
  needs: [...accessNeeds, 'resourcePolicies', 'otherKeys', 'mapping', 'works'],
  mayUse: ['secret', 'secretKey'],
  judge(facts) {
    const { secret, secretKey: key, otherKeys, mapping, works } = facts;
    const foreign =
      secret.is === 'known' && secret.value !== null && key.is === 'not-applicable' ? secret.value.ARN : null;
    const account = accountOf(facts.rolePolicies.roleArn);
    // The key that AWS makes for an account’s secrets serves that account only (Secrets Manager user guide: access from another account).
    if (foreign !== null && accountOf(foreign) !== account && !works)
      return fail<Evidence>({ foreignSecret: foreign, account });
    const judged = judgeSecretKey();
    if (judged.status === 'fail' || otherKeys.filter === null) return judged;
    const refusal = judgeFilterKey(otherKeys.filter, facts);
    if (refusal !== null && mapping.FilterCriteriaError !== undefined) return fail<Evidence>(refusal);
    // Lambda may have the key by a grant, which is not read: a filter that works is no risk.
    if (refusal !== null && !works && judged.status !== 'undecided') return warn<Evidence>(refusal);
    return judged.status === 'skip' ? pass : judged;

    function judgeSecretKey(): Judgement<RefusedCalls> {
      if (key.is === 'not-applicable') return skip(key.because);
      if (key.is === 'unread') return undecided('the secret’s key could not be read', key.missing);
      if (key.value === null) return skip('the secret’s key is gone: see secret.kms');
      if (key.value.KeyManager === 'AWS')
        return skip('the secret is under a key that AWS manages, which asks no right of the role');
      if (key.value.Arn === undefined || secret.is !== 'known' || secret.value === null)
        return skip('AWS names no ARN for the secret’s key');
      return judgeCalls(
        keyCalls(key.value.Arn, secret.value.ARN),
        facts,
        secretKeyPolicy(`key ${key.value.KeyId}`, facts.resourcePolicies),
      );
    }
  },
  describe: (evidence: Evidence) => {
    if ('foreignSecret' in evidence)
      return {
        title: 'The secret is another account’s, under the default key of Secrets Manager',
        evidence: [
          {
            resource: evidence.foreignSecret,
            fact: `only its own account may use that key, and the role is of account ${evidence.account}`,
          },
        ],
      };
    return 'keyArn' in evidence
      ? {
          title: `Lambda may not decrypt the mapping’s filter with key ${evidence.keyArn}`,
          evidence: [{ resource: evidence.keyArn, fact: evidence.because }],
        }
      : describeRefusals(evidence, 'with the key of the secret');
  },
  fixes(evidence) {
    if ('foreignSecret' in evidence)
      return [
        {
          title: 'Put the secret under a key of one’s own, whose policy lets the role call kms:Decrypt',
          safety: 'by-hand',
          changes: [],
        },
      ];
    return 'keyArn' in evidence ? fixFilterKey(evidence) : fixRefusals(evidence, 'kms');
  },
});

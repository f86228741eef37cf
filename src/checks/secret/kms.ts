import type { Fix } from '../../fixes/fix.js';
import { secretNameOf } from '../../aws/secret-arn.js';
import { known, valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, skip, undecided, warn } from '../define.js';
import { keyPremises } from '../support/premises.js';
import { secretGone } from '../support/words.js';
import { keyStateFault } from './support/key-state.js';
import { mayBeCopy } from './support/scram-secrets.js';
import { createPair, createUser, manual, underOwnKey, useOf } from '../support/secret-use.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

interface Evidence {
  secret: string;
  title: string;
  fact: string;
  fixes: Fix[];
  kind?: 'default-key';
}

/** The id of a key or the name of an alias, of what DescribeSecret returns: an ARN, an id or an alias. */
const shortKey = (key: string): string => (key.split(':').at(-1) ?? key).replace(/^key\//, '');

export default defineCheck({
  id: 'secret.kms',
  title: 'The secret’s KMS key is not usable',
  severity: 'error',
  stage: 'secret',
  indicator: 'DescribeSecret shows no KmsKeyId, or the key is disabled',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
  ],
  needs: ['auth', 'secret', 'eventSource', 'works'],
  mayUse: ['secretKey', 'scramSecrets', 'secretReference', 'secretProfile', 'mapping'],
  restsOn: keyPremises,
  judge({ auth, secret, secretKey: key, eventSource, works, scramSecrets, ...facts }) {
    if (secret === null) return skip(secretGone);
    const name = secretNameOf(secret.ARN);
    const id = secret.KmsKeyId ?? 'aws/secretsmanager';
    const evidence = (title: string, fixes: Fix[], fact = `encrypted with KMS key ${id}`): Evidence => ({
      secret: secret.ARN,
      title,
      fact,
      fixes,
    });
    const reference = valueOrNull(facts.secretReference) ?? { type: '', uri: secret.ARN };
    const use = useOf(
      reference,
      { secret: known(secret), secretKey: key, eventSource: known(eventSource), mapping: facts.mapping },
      valueOrNull(facts.secretProfile) ?? undefined,
    );
    const byDefault = key.is === 'not-applicable' || (key.is === 'known' && key.value?.KeyManager === 'AWS');
    if (byDefault) {
      // MSK does not associate such a secret. A certificate's secret, or a copy for another account, need not be
      // associated.
      if (auth.method !== 'scram' || eventSource.kind === 'vpc-connection') return pass;
      const title = `The secret ${name} uses the AWS managed key; MSK requires a customer managed key`;
      const fact = 'encrypted with aws/secretsmanager, the AWS managed key of Secrets Manager';
      const ruled: Evidence = { ...evidence(title, underOwnKey(use, secret.ARN), fact), kind: 'default-key' };
      return mayBeCopy(scramSecrets, secret.ARN) ? warn(ruled) : failUnlessItWorks(works, ruled);
    }
    if (key.is === 'unread') return undecided('the secret’s KMS key could not be read', key.missing);
    if (key.value === null)
      return fail(
        evidence(`KMS key ${shortKey(id)} of secret ${name} does not exist`, [
          manual(
            'Create a new secret with another customer managed key and use it in the mapping (without its key, the old secret cannot be decrypted)',
            auth.method === 'scram' ? createUser({ ...use, key: null }) : createPair(use),
          ),
        ]),
      );
    const fault = keyStateFault(key.value);
    return fault === null
      ? pass
      : fail(evidence(`KMS key ${shortKey(id)} of secret ${name} ${fault.state}`, fault.fixes));
  },
  describe: ({ secret, title, fact }) => ({ title, evidence: [{ resource: secret, fact }] }),
  kind: ({ kind }) => kind,
  fixes: ({ fixes }) => fixes,
});

import { scramPrefix } from '../../aws/msk.js';
import { secretNameOf } from '../../aws/secret-arn.js';
import { known, valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, skip, warn } from '../define.js';
import { authPremises, otherSecret } from '../support/premises.js';
import { secretGone } from '../support/words.js';
import { createUser, manual, useOf, type SecretUse } from '../support/secret-use.js';
import { mayBeCopy } from './support/scram-secrets.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

interface Evidence {
  name: string;
  use: SecretUse;
}

export default defineCheck({
  id: 'secret.name-prefix',
  title: `The name of the SASL/SCRAM secret does not begin with ${scramPrefix}`,
  severity: 'error',
  stage: 'login',
  indicator: 'the secret’s name does not begin with AmazonMSK_',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html'],
  needs: ['scramSecret', 'eventSource', 'works'],
  mayUse: ['scramSecrets', 'secretReference', 'scramProfile', 'secret', 'secretKey', 'mapping'],
  restsOn: [...authPremises, otherSecret],
  judge({ scramSecret: secret, eventSource, works, scramSecrets, secretReference, scramProfile, ...facts }) {
    if (eventSource.kind === 'vpc-connection')
      return skip('with a VPC connection, the mapping may use a copy of the secret with any name');
    if (secret === null) return skip(secretGone);
    const name = secret.Name ?? secretNameOf(secret.ARN);
    if (name.startsWith(scramPrefix)) return pass;
    const reference = valueOrNull(secretReference) ?? { type: '', uri: secret.ARN };
    const use = useOf(reference, { ...facts, eventSource: known(eventSource) }, valueOrNull(scramProfile) ?? undefined);
    return mayBeCopy(scramSecrets, secret.ARN)
      ? warn<Evidence>({ name, use })
      : failUnlessItWorks<Evidence>(works, { name, use });
  },
  describe: ({ name }) => ({
    title: `The name of secret ${name} does not begin with ${scramPrefix}`,
    evidence: [
      {
        resource: name,
        fact: `MSK associates only secrets whose name begins with ${scramPrefix} with a cluster`,
      },
    ],
  }),
  fixes: ({ name, use }) => [
    manual(
      `Create the secret ${scramPrefix}${name} with the same content and a customer managed key, associate it with the cluster, and use it in the mapping`,
      createUser(use, `${scramPrefix}${name}`),
    ),
  ],
});

import { isScramSecret } from '../../aws/msk.js';
import { clusterNameOf } from '../../aws/event-source.js';
import { isSameSecret, secretNameOf } from '../../aws/secret-arn.js';
import { known, valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, warn } from '../define.js';
import { contentPremises, refusedSecret } from '../support/premises.js';
import { associate, type Unassociated } from './support/associate.js';
import { useOf } from '../support/secret-use.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

interface Evidence extends Unassociated {
  others: string[];
}

export default defineCheck({
  id: 'secret.association',
  title: 'The secret is not associated with the cluster',
  severity: 'error',
  stage: 'login',
  indicator: 'aws kafka list-scram-secrets does not list the secret for the cluster',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html'],
  needs: ['eventSource', 'secretReference', 'scramSecrets', 'works'],
  mayUse: ['secret', 'secretKey', 'scramProfile', 'mapping'],
  restsOn: [...contentPremises, ...refusedSecret],
  judge({ eventSource, secretReference, scramSecrets, works, scramProfile, ...facts }) {
    const { uri } = secretReference;
    if (scramSecrets.some((arn) => isSameSecret(arn, uri))) return pass;
    const use = useOf(
      secretReference,
      { ...facts, eventSource: known(eventSource) },
      valueOrNull(scramProfile) ?? undefined,
    );
    const secret = use.arn ?? uri;
    const evidence: Evidence = {
      clusterArn: eventSource.arn,
      secret,
      others: scramSecrets,
      refused:
        !isScramSecret(secret) || (facts.secret.is === 'known' && facts.secretKey.is !== 'unread' && use.key === null),
      use,
    };
    // Brokers know users, not secrets: another associated secret may hold the same user.
    return scramSecrets.length > 0 ? warn(evidence) : failUnlessItWorks(works, evidence);
  },
  describe: ({ clusterArn, secret, others }: Evidence) => ({
    title: `The secret ${secretNameOf(secret)} is not associated with ${clusterNameOf(clusterArn) ?? 'the cluster'}`,
    evidence: [
      {
        resource: clusterArn,
        fact:
          others.length === 0
            ? 'no secret is associated with this cluster, so it has no users'
            : `${others.length === 1 ? 'another secret is' : `${others.length} other secrets are`} associated: ${others.map(secretNameOf).join(', ')}; the login works only if one of them contains the same user`,
      },
    ],
  }),
  fixes: associate,
});

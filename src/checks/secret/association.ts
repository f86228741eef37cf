import { isScramSecret, scramPrefix } from '../../aws/msk.js';
import { isSameSecret } from '../../aws/secret-arn.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, pass, warn } from '../define.js';
import { contentPremises } from '../support/premises.js';
import { failUnlessItWorks } from '../support/works.js';

interface Evidence {
  clusterArn: string;
  secret: string;
  others: string[];
}

export default defineCheck({
  id: 'secret.association',
  title: 'The secret is not associated with the cluster',
  severity: 'error',
  stage: 'login',
  indicator: 'ListScramSecrets of the cluster does not show the secret',
  docs: ['https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html'],
  needs: ['eventSource', 'secretReference', 'scramSecrets', 'works'],
  mayUse: ['secret'],
  restsOn: contentPremises,
  judge({ eventSource, secretReference: { uri }, secret, scramSecrets, works }) {
    if (scramSecrets.some((arn) => isSameSecret(arn, uri))) return pass;
    const evidence: Evidence = {
      clusterArn: eventSource.arn,
      secret: valueOrNull(secret)?.ARN ?? uri,
      others: scramSecrets,
    };
    // The brokers know users, not secrets: a sibling may hold the same user.
    return scramSecrets.length > 0 ? warn(evidence) : failUnlessItWorks(works, evidence);
  },
  describe: ({ clusterArn, secret, others }) => ({
    title: `The secret ${secret} is not associated with the cluster, ${others.length === 0 ? 'nor is any other' : 'though another one is'}`,
    evidence: [
      {
        resource: clusterArn,
        fact:
          others.length === 0
            ? 'no secret is associated with it, so it knows no user'
            : `associated with it: ${others.join(', ')}; it knows the mapping’s user only if one of them holds it`,
      },
    ],
  }),
  fixes: ({ clusterArn, secret }) => {
    const input = { ClusterArn: clusterArn, SecretArnList: [secret] };
    return secret.startsWith('arn:') && isScramSecret(secret)
      ? [
          {
            title: 'Associate the secret with the cluster',
            safety: 'care',
            changes: [
              {
                service: 'kafka',
                operation: 'BatchAssociateScramSecret',
                input,
                undo: { service: 'kafka', operation: 'BatchDisassociateScramSecret', input },
              },
            ],
          },
        ]
      : [
          {
            title: `Associate the secret with the cluster by its ARN; its name has to begin with ${scramPrefix}`,
            safety: 'by-hand',
            changes: [],
          },
        ];
  },
});

import { defineCheck, pass, skip, warn } from '../define.js';
import { authPremises } from '../support.js';
import { failUnlessItWorks, onlyScram } from '../support/secret.js';

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
  needs: ['auth', 'eventSource', 'secretReference', 'scramSecrets', 'works'],
  restsOn: [...authPremises, 'secret.exists'],
  judge({ auth, eventSource, secretReference: { uri }, scramSecrets, works }) {
    if (auth.method !== 'scram') return skip(onlyScram);
    if (eventSource.kind === 'vpc-connection') return skip('the secrets of another account’s cluster cannot be listed');
    if (scramSecrets.some((arn) => isSame(arn, uri))) return pass;
    const evidence: Evidence = { clusterArn: eventSource.arn, secret: uri, others: scramSecrets };
    // The brokers know users, not secrets: a sibling may hold the same user.
    return scramSecrets.length > 0 ? warn(evidence) : failUnlessItWorks(works, evidence);
  },
  describe: ({ clusterArn, secret, others }) => ({
    title: `The secret ${secret} is not associated with the cluster, ${others.length === 0 ? 'nor is any other' : 'though another one is'}`,
    evidence: [
      { resource: clusterArn, fact: others.length === 0 ? 'no secret is associated with it, so it knows no user' : `associated with it: ${others.join(', ')}; it knows the mapping’s user only if one of them holds it` },
    ],
  }),
  fixes: ({ clusterArn, secret }) => {
    const input = { ClusterArn: clusterArn, SecretArnList: [secret] };
    return secret.startsWith('arn:')
      ? [{ title: 'Associate the secret with the cluster', safety: 'care', changes: [{ service: 'kafka', operation: 'BatchAssociateScramSecret', input, undo: { service: 'kafka', operation: 'BatchDisassociateScramSecret', input } }] }]
      : [{ title: 'Associate the secret, by its ARN, with the cluster', safety: 'by-hand', changes: [] }];
  },
});

/** A mapping may name a secret by name, or by an ARN without the six characters at its end. */
const isSame = (arn: string, uri: string): boolean => {
  const withoutSuffix = arn.replace(/-[A-Za-z0-9]{6}$/, '');
  return arn === uri || withoutSuffix === uri || withoutSuffix.split(':secret:')[1] === uri;
};

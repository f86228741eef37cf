import { type AuthMethod, authNames } from '../../aws/msk.js';
import type { ClusterView } from '../../subject/cluster-view.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, skip } from '../define.js';
import { missingSecret, undecidedSecret } from '../support/premises.js';

export default defineCheck({
  id: 'cluster.auth',
  title: 'The authentication that Lambda picks is not on in the cluster',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'the login that the mapping leads to is off under the cluster’s ClientAuthentication',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html'],
  needs: ['eventSource', 'auth'],
  mayUse: ['cluster'],
  restsOn: [missingSecret, undecidedSecret],
  judge({ eventSource, auth, cluster }) {
    if (eventSource.kind === 'vpc-connection')
      return skip('a VPC connection is for one authentication: see cluster.policy');
    if (auth.enabled) return pass;
    return fail({
      source: eventSource.arn,
      method: auth.method,
      because: auth.because,
      offered: offered(valueOrNull(cluster)),
    });
  },
  describe: ({ source, method, because, offered: others }) => ({
    title: `Lambda picks ${authNames[method]}, which is off in the cluster`,
    evidence: [
      { resource: source, fact: `${authNames[method]} is not enabled` },
      { resource: source, fact: `Lambda picks it because ${because}; it does not try another` },
      ...(others.length === 0 ? [] : [{ resource: source, fact: `the cluster has on: ${others.join(', ')}` }]),
    ],
  }),
  fixes: ({ method }) => [
    method === 'tls' || method === 'plaintext'
      ? {
          title: 'Name a secret in the mapping for the authentication that the cluster has on',
          safety: 'by-hand',
          changes: [],
        }
      : {
          title: `Turn ${authNames[method]} on in the cluster, or take the secret out of the mapping`,
          safety: 'by-hand',
          changes: [],
        },
  ],
});

/** What the cluster has on, in words. */
const offered = (cluster: ClusterView | null): string[] => {
  if (cluster === null) return [];
  const { mtls, scram, iam, unauthenticatedTls, plaintext } = cluster;
  return Object.entries({ mtls, scram, iam, tls: unauthenticatedTls, plaintext }).flatMap(([method, on]) =>
    on ? [authNames[method as AuthMethod]] : [],
  );
};

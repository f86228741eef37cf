import { clusterNameOf } from '../../aws/event-source.js';
import { type AuthMethod, authNames } from '../../aws/msk.js';
import type { ClusterView } from '../../subject/cluster-view.js';
import { valueOrNull } from '../../subject/fact.js';
import { fixAuth, type OtherAuth } from './support/auth-fixes.js';
import { defineCheck, fail, pass, skip } from '../define.js';
import { missingSecret, undecidedSecret } from '../support/premises.js';

interface Evidence extends OtherAuth {
  because: string;
  offered: string[];
}

export default defineCheck({
  id: 'cluster.auth',
  title: 'The authentication method that Lambda selects is not enabled in the cluster',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'the authentication method that the mapping selects is disabled in the cluster’s ClientAuthentication',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html'],
  needs: ['eventSource', 'auth', 'mapping'],
  mayUse: ['cluster', 'scramCandidates'],
  restsOn: [missingSecret, undecidedSecret],
  judge({ eventSource, auth, mapping, cluster, scramCandidates }) {
    if (eventSource.kind === 'vpc-connection')
      return skip('a VPC connection has exactly one authentication method: see cluster.policy');
    if (auth.enabled) return pass;
    return fail<Evidence>({
      source: eventSource.arn,
      method: auth.method,
      because: auth.because,
      offered: offered(valueOrNull(cluster)),
      mapping,
      cluster: valueOrNull(cluster),
      candidates: valueOrNull(scramCandidates),
    });
  },
  describe: ({ source, method, because, offered: others }: Evidence) => ({
    title: `Lambda uses ${authNames[method]}, which is not enabled in ${clusterNameOf(source) ?? 'the cluster'}`,
    evidence: [
      { resource: source, fact: `Lambda selects ${authNames[method]} because ${because}; it tries no other method` },
      ...(others.length === 0 ? [] : [{ resource: source, fact: `enabled in the cluster: ${others.join(', ')}` }]),
    ],
  }),
  fixes: fixAuth,
});

/** The enabled methods of the cluster, for a sentence. */
const offered = (cluster: ClusterView | null): string[] => {
  if (cluster === null) return [];
  const { mtls, scram, iam, unauthenticatedTls, plaintext } = cluster;
  return Object.entries({ mtls, scram, iam, tls: unauthenticatedTls, plaintext }).flatMap(([method, on]) =>
    on ? [authNames[method as AuthMethod]] : [],
  );
};

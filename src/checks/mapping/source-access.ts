/** Judged in src/checks/support/source-access.ts. */
import { clusterNameOf } from '../../aws/event-source.js';
import { unknownAccessTypes } from '../../aws/msk.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, undecided, warn, type FailureKind } from '../define.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';
import { kindOf, namedSecret, secretMethods, sourceAccessFaults } from '../support/source-access.js';
import { contentKind, fixSourceAccess, type Misfit } from './support/source-access-fixes.js';

interface Evidence extends Misfit {
  faults: string[];
  kind: FailureKind | undefined;
}

export default defineCheck({
  id: 'mapping.source-access',
  title: 'The mapping’s authentication settings do not match the cluster',
  severity: 'error',
  stage: 'mapping',
  indicator:
    'SourceAccessConfigurations has no secret although the cluster accepts only SASL/SCRAM or mutual TLS, or has types that MSK does not support',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
    'https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html',
  ],
  needs: ['mapping', 'observedError', 'works'],
  mayUse: ['cluster', 'secretProfile', 'secret', 'scramCandidates'],
  judge({ mapping, observedError, works, cluster, secretProfile, secret, scramCandidates }) {
    const misfits = sourceAccessFaults(mapping, valueOrNull(cluster), valueOrNull(secretProfile));
    const { fault, partial, whole } = namedSecret(mapping, valueOrNull(secret));
    const named = fault === null || (partial && works) ? [] : [fault];
    const [added] = unknownAccessTypes(mapping.SourceAccessConfigurations);
    if (misfits.length === 0 && added === undefined && named.length === 0) return pass;
    const evidence: Evidence = {
      uuid: mapping.UUID,
      faults: [...misfits.map(({ fact }) => fact), ...named],
      kind: kindOf(misfits, named),
      before: mapping.SourceAccessConfigurations,
      whole: misfits.length === 0 && named.length > 0 ? whole : null,
      cluster: valueOrNull(cluster),
      clusterArn: mapping.EventSourceArn ?? '',
      holds: contentKind(valueOrNull(secretProfile)),
      candidates: valueOrNull(scramCandidates),
    };
    if (misfits.length > 0) return fail(evidence);
    if (added !== undefined) return undecided(`this version of msk-lambda does not know the type ${added}`);
    // Secrets Manager also finds a secret by such an ARN. Only a text about an unreadable secret proves that Lambda
    // refused it.
    return partial && observedError !== 'cannot-access-secret' ? warn(evidence) : failUnlessItWorks(works, evidence);
  },
  describe: ({ uuid, faults, kind, cluster, clusterArn }: Evidence) => ({
    title:
      kind === 'no-secret' && cluster !== null
        ? `The mapping has no secret, but ${clusterNameOf(clusterArn) ?? 'the cluster'} accepts only ${secretMethods(cluster)}`
        : (titles[kind ?? ''] ?? 'The mapping’s SourceAccessConfigurations has types that MSK does not support'),
    evidence: faults.map((fact) => ({
      resource: uuid,
      fact,
      ...(kind === 'no-secret' && faults.length === 1
        ? { afterTitle: 'SourceAccessConfigurations contains no secret' }
        : {}),
    })),
  }),
  kind: ({ kind }: Evidence) => kind,
  fixes: fixSourceAccess,
});

const titles: Partial<Record<string, string>> = {
  'several-secrets': 'The mapping has several secrets; MSK allows one',
  'wrong-secret': 'The type of the mapping’s secret does not match its content',
  'invalid-arn': 'The mapping does not name its secret by the complete ARN',
};

/** Judged in src/checks/support/source-access.ts. */
import { unknownAccessTypes } from '../../aws/msk.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, undecided, warn, type FailureKind } from '../define.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';
import { kindOf, namedSecret, sourceAccessFaults } from '../support/source-access.js';
import { contentKind, fixSourceAccess, type Misfit } from './support/source-access-fixes.js';

interface Evidence extends Misfit {
  faults: string[];
  kind: FailureKind | undefined;
}

export default defineCheck({
  id: 'mapping.source-access',
  title: 'SourceAccessConfigurations does not fit the cluster',
  severity: 'error',
  stage: 'mapping',
  indicator:
    'SourceAccessConfigurations has no secret where the cluster takes SCRAM or mutual TLS only, or types that MSK does not know',
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
    if (added !== undefined) return undecided(`the type ${added} is not known to this version`);
    // Secrets Manager also finds a secret by such an ARN. Only a text about an unreadable secret proves that Lambda
    // refused it.
    return partial && observedError !== 'cannot-access-secret' ? warn(evidence) : failUnlessItWorks(works, evidence);
  },
  describe: ({ uuid, faults }: Evidence) => ({
    title: `The mapping’s SourceAccessConfigurations does not fit: ${faults[0]!}`,
    evidence: faults.map((fact) => ({ resource: uuid, fact })),
  }),
  kind: ({ kind }: Evidence) => kind,
  fixes: fixSourceAccess,
});

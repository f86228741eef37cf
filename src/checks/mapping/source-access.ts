/** Judged in src/checks/support/source-access.ts. */
import { isSecretType, secretTypes } from '../../aws/msk.js';
import type { Fix } from '../../fixes/fix.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck, fail, pass, warn, type FailureKind } from '../define.js';
import { failUnlessItWorks } from '../support/works.js';
import { kindOf, namedSecret, passwordTypes, sourceAccessFaults } from '../support/source-access.js';
import { updateMapping } from '../support/update-mapping.js';

interface Evidence {
  uuid: string;
  faults: string[];
  kind: FailureKind | undefined;
  before: Mapping['SourceAccessConfigurations'];
  /** The secret's ARN, where that is what should stand there. */
  whole: string | null;
  /** The cluster takes SASL/SCRAM. */
  scram: boolean;
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
  mayUse: ['cluster', 'secretProfile', 'secret'],
  judge({ mapping, observedError, works, cluster, secretProfile, secret }) {
    const misfits = sourceAccessFaults(mapping, valueOrNull(cluster), valueOrNull(secretProfile));
    const { fault, partial, whole } = namedSecret(mapping, valueOrNull(secret));
    const named = fault === null || (partial && works) ? [] : [fault];
    const evidence: Evidence = {
      uuid: mapping.UUID,
      faults: [...misfits.map(({ fact }) => fact), ...named],
      kind: kindOf(misfits, named),
      before: mapping.SourceAccessConfigurations,
      whole: misfits.length === 0 && named.length > 0 ? whole : null,
      scram: valueOrNull(cluster)?.scram === true,
    };
    if (misfits.length > 0 || named.length === 0) return misfits.length > 0 ? fail(evidence) : pass;
    // Secrets Manager finds a secret by such an ARN too; Lambda has refused it only where it says that it cannot read the secret.
    return partial && observedError !== 'cannot-access-secret' ? warn(evidence) : failUnlessItWorks(works, evidence);
  },
  describe: ({ uuid, faults }) => ({
    title: `The mapping’s SourceAccessConfigurations does not fit: ${faults[0]!}`,
    evidence: faults.map((fact) => ({ resource: uuid, fact })),
  }),
  kind: ({ kind }) => kind,
  fixes({ uuid, before, whole, scram }): Fix[] {
    const replace = (title: string, after: Evidence['before']): Fix => ({
      title,
      safety: 'care',
      changes: [updateMapping(uuid, { SourceAccessConfigurations: after }, { SourceAccessConfigurations: before })],
    });
    if (whole !== null && before.length === 1)
      return [replace('Name the secret by its whole ARN', [{ ...before[0]!, URI: whole }])];
    const kept = before.filter(({ Type: type }) => isSecretType(type));
    const byHand: Fix = {
      title: `Give the mapping one secret of the type that the cluster takes: ${secretTypes.scram} or ${secretTypes.mtls} (none with IAM)`,
      safety: 'by-hand',
      changes: [],
    };
    if (kept.length === before.length || kept.length > 1) return [byHand];
    const [password, ...others] = before.filter(({ Type: type = '' }) => passwordTypes.has(type));
    if (scram && kept.length === 0 && password !== undefined && others.length === 0)
      return [
        replace(`Name the secret under ${secretTypes.scram}, the type of user names and passwords that MSK knows`, [
          { ...password, Type: secretTypes.scram },
        ]),
      ];
    return [replace('Take out what MSK does not know', kept), byHand];
  },
});

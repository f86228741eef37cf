import type { Fix } from '../../fixes/fix.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { defineCheck, fail, pass } from '../define.js';
import { mskTypes, sourceAccessFaults } from '../support/source-access.js';

interface Evidence {
  uuid: string;
  found: string[];
  before: Mapping['SourceAccessConfigurations'];
}

export default defineCheck({
  id: 'mapping.source-access',
  title: 'SourceAccessConfigurations does not fit the cluster',
  severity: 'error',
  stage: 'mapping',
  needs: ['mapping', 'clusterIfRead', 'secretProfileIfRead'],
  judge({ mapping, clusterIfRead, secretProfileIfRead }) {
    const found = sourceAccessFaults(mapping, clusterIfRead, secretProfileIfRead);
    return found.length === 0 ? pass : fail<Evidence>({ uuid: mapping.UUID, found, before: mapping.SourceAccessConfigurations });
  },
  describe: ({ uuid, found }) => ({
    title: `The mapping’s SourceAccessConfigurations does not fit: ${found[0]!}`,
    evidence: found.map((fact) => ({ resource: uuid, fact })),
  }),
  fixes({ uuid, before }): Fix[] {
    const kept = before.filter(({ Type: type = '' }) => mskTypes.has(type));
    const byHand: Fix = { title: 'Give the mapping one secret of the type that the cluster takes: SASL_SCRAM_512_AUTH or CLIENT_CERTIFICATE_TLS_AUTH (none with IAM)', safety: 'by-hand', changes: [] };
    if (kept.length === before.length || kept.length > 1) return [byHand];
    const update = (SourceAccessConfigurations: Evidence['before']) => ({ service: 'lambda', operation: 'UpdateEventSourceMapping', input: { UUID: uuid, SourceAccessConfigurations } });
    return [{ title: 'Take out what MSK does not know', safety: 'care', changes: [{ ...update(kept), undo: update(before) }] }, byHand];
  },
});

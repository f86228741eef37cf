/** The findings of `doctor` for every format. */
import type { Diagnosis, LeftOutDiagnosis, MappingDiagnosis } from '../../diagnosis/diagnosis.js';
import type { Finding } from '../../checks/run.js';
import type { ResourceNames } from '../../snapshot/resource-names.js';
import { answerOf, functionOf } from '../doctor-head-line.js';
import { visible } from '../../text/visible.js';
import { reportFinding } from './report-finding.js';
import type { ReportFinding, ReportMapping } from './report.js';

/** The mappings of a diagnosis, and those on self-managed Kafka for which checks ran. */
export const mappingsOfDiagnosis = (diagnosis: Diagnosis): ReportMapping[] => [
  ...diagnosis.mappings.map((mapping) => toMapping(mapping, diagnosis)),
  ...diagnosis.leftOut.flatMap((mapping) => {
    const { verdict } = mapping;
    return verdict === null ? [] : [toMapping(asMapping({ ...mapping, verdict }), diagnosis)];
  }),
];

const asMapping = (mapping: LeftOutDiagnosis & Pick<MappingDiagnosis, 'verdict'>): MappingDiagnosis => ({
  ...mapping,
  eventSourceArn: mapping.clusterArn,
  likely: [],
  hints: [],
});

function toMapping(mapping: MappingDiagnosis, diagnosis: Diagnosis): ReportMapping {
  const { uuid, topic, functionArn, eventSourceArn, verdict, observed, causes, findings } = mapping;
  return {
    id: uuid,
    name: `${functionOf(mapping)}${topic === null ? '' : ` ← ${visible(topic)}`}`,
    region: diagnosis.region,
    functionId: functionArn,
    sourceId: eventSourceArn,
    verdict,
    answer: answerOf(mapping, diagnosis),
    lastProcessingResult: observed.lastProcessingResult,
    error: observed.error,
    causes: causes.map(({ check }) => check),
    findings: [
      ...findings.map((finding) => accountFinding(finding, diagnosis.names)),
      ...(diagnosis.suppressed ?? [])
        .filter((entry) => entry.mapping === uuid && entry.isHidden)
        .map(({ finding, reason, until }) => ({
          ...accountFinding(finding, diagnosis.names),
          suppression: { reason, until, kind: 'external' as const },
        })),
    ],
    location: null,
    isKnown: false,
  };
}

const accountFinding = (finding: Finding, names: ResourceNames): ReportFinding =>
  reportFinding(finding, { names, location: null, related: [] });

/** Mappings with one cause: the same failing resources with the same facts. Such a cause is reported once. */
import { groupBy } from '../text/group-by.js';
import type { MappingDiagnosis } from '../diagnosis/diagnosis.js';

/** Groups in the order of their first mapping. */
export const groupByCause = (mappings: readonly MappingDiagnosis[]): MappingDiagnosis[][] => [
  ...groupBy(mappings, causeKey).values(),
];

/** Equal for mappings of a cluster whose reports would differ in nothing but the function, topic and UUID. */
function causeKey({ uuid, verdict, eventSourceArn, observed, causes, findings }: MappingDiagnosis): string {
  const [first] = causes;
  const cause = findings.find(({ check }) => check === first?.check);
  const open = findings.filter(({ status }) => status === 'unknown' || status === 'warn');
  return JSON.stringify([
    verdict,
    eventSourceArn,
    observed.state,
    observed.error,
    causes.map(({ check }) => check),
    cause === undefined ? (verdict === 'unknown' ? '' : uuid) : [cause.title, cause.evidence],
    open.map(({ check, status, missingActions }) => [check, status, missingActions]),
  ]);
}

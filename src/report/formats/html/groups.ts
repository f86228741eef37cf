/** Mappings with one answer, so that a thousand mappings with one cause are shown once. */
import { groupBy } from '../../../text/group-by.js';
import type { ReportFinding, ReportMapping } from '../report.js';

/** In the order of the first of each. */
export const groupsOf = (mappings: readonly ReportMapping[]): ReportMapping[][] => [
  ...groupBy(mappings, keyOf).values(),
];

/** Healthy and disabled mappings differ in their metrics only, and an unexplained error is about one mapping. */
function keyOf({ id, verdict, region, sourceId, causes, findings, lastProcessingResult }: ReportMapping): string {
  const facts = ({ check, title, evidence, suppression, isKnown }: ReportFinding) => [
    check,
    title,
    evidence,
    suppression,
    isKnown,
  ];
  const open = findings.filter(({ status }) => status === 'unknown').map(({ check, evidence }) => [check, evidence]);
  const cause = findings.find(({ check }) => check === causes[0]);
  const warnings = findings.filter(({ status, severity }) => status === 'warn' && severity !== 'info');
  const shared =
    cause !== undefined
      ? facts(cause)
      : verdict === 'at-risk'
        ? warnings.map(facts)
        : verdict === 'unknown'
          ? [lastProcessingResult]
          : [id];
  return JSON.stringify([verdict, region, sourceId, causes, shared, open]);
}

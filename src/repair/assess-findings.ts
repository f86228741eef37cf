/** The safety of fixes in a diagnosis, by the rule that the repair plan applies to the same calls. */
import type { Finding } from '../checks/run.js';
import type { MappingDiagnosis } from '../diagnosis/diagnosis.js';
import type { Fix, Safety } from '../fixes/fix.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { assess } from './assess-safety.js';

const gravity: readonly Safety[] = ['safe', 'care', 'risky', 'by-hand'];

/** The diagnosis with the safety of each fix as in a plan: a check sees one mapping, the plan also who else is affected. */
export function withAssessedFixes(snapshot: Snapshot, mapping: MappingDiagnosis): MappingDiagnosis {
  const findings = mapping.findings.map((finding) =>
    finding.fixes.length === 0 ? finding : assessFinding(snapshot, finding, mapping.uuid),
  );
  return findings.every((finding, index) => finding === mapping.findings[index]) ? mapping : { ...mapping, findings };
}

function assessFinding(snapshot: Snapshot, finding: Finding, uuid: string): Finding {
  const fixes = finding.fixes.map((fix) => assessFix(snapshot, fix, uuid));
  return fixes.every((fix, index) => fix === finding.fixes[index]) ? finding : { ...finding, fixes };
}

function assessFix(snapshot: Snapshot, fix: Fix, uuid: string): Fix {
  const levels = fix.changes.map((change) => gravity.indexOf(assess(snapshot, change, [uuid]).safety));
  const safety = levels.length === 0 ? fix.safety : gravity[Math.max(...levels)]!;
  return safety === fix.safety ? fix : { ...fix, safety };
}

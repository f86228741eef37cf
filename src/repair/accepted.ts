/** Findings that the project accepts: no step repairs them, and they do not count in the simulated result. */
import type { Finding } from '../checks/run.js';
import type { Diagnosis, LeftOutDiagnosis, MappingDiagnosis, SuppressedFinding } from '../diagnosis/diagnosis.js';
import { withoutFindings } from '../diagnosis/suppress.js';
import { groupBy } from '../text/group-by.js';

type Judged = MappingDiagnosis | LeftOutDiagnosis;

export class Accepted {
  private readonly byMapping: ReadonlyMap<string, SuppressedFinding[]>;

  constructor({ suppressed = [] }: Pick<Diagnosis, 'suppressed'>) {
    this.byMapping = groupBy(suppressed, ({ mapping }) => mapping);
  }

  /** The mapping without them, judged again. Also after a change of the account: not where another resource has the fault. */
  without<Mapping extends Judged>(mapping: Mapping): Mapping {
    const accepted = this.byMapping.get(mapping.uuid);
    if (accepted === undefined) return mapping;
    const checks = mapping.findings.filter((finding) => accepted.some((entry) => covers(entry, finding)));
    return withoutFindings(mapping, new Set(checks.map(({ check }) => check)));
  }

  /** Whether the first cause of what Lambda shows is accepted: the mapping stays broken without its repair. */
  explains({ causes: [first], uuid }: Judged): boolean {
    return first !== undefined && (this.byMapping.get(uuid) ?? []).some(({ finding }) => finding.check === first.check);
  }
}

/** No worse, and about no other resource. */
const covers = ({ finding: accepted }: SuppressedFinding, { check, status, evidence }: Finding): boolean => {
  const resources = new Set(accepted.evidence.map(({ resource }) => resource));
  return (
    check === accepted.check &&
    (status === 'warn' || (status === 'fail' && accepted.status === 'fail')) &&
    evidence.every(({ resource }) => resources.has(resource))
  );
};

/** Takes the findings that a project accepts out of a diagnosis, without calling a mapping healthy that is not. */
import { clusterNameOf } from '../aws/event-source.js';
import { qualifiedNameOf } from '../aws/function-arn.js';
import { hasExpired, matchesCheck, matchesResource, type ProjectSuppression } from '../config/suppression.js';
import { byGravity } from './diagnose.js';
import {
  type Diagnosis,
  type LeftOutDiagnosis,
  type MappingDiagnosis,
  type SuppressedFinding,
  type Verdict,
} from './diagnosis.js';
import { isDisabledByUser, judgeVerdict } from './verdict.js';

export interface SuppressRequest {
  suppressions: readonly ProjectSuppression[];
  /** The configuration file, for warnings. */
  file: string;
  now: Date;
  /** Every mapping of the region was diagnosed with every check: what matches nothing is not needed any more. */
  isWhole: boolean;
}

/** The same diagnosis, with `suppressed` and `warnings`. */
export function withoutSuppressed(diagnosis: Diagnosis, request: SuppressRequest): Diagnosis {
  const { now, file } = request;
  const entries = request.suppressions.filter(({ command }) => command !== 'lint');
  const used = new Set<ProjectSuppression>();
  const active = entries.filter((entry) => !hasExpired(entry, now));
  const suppressed: SuppressedFinding[] = [];
  const apply = <Judged extends MappingDiagnosis | LeftOutDiagnosis>(mapping: Judged): Judged => {
    const hidden = new Set<string>();
    const mayHide = !showsError(mapping);
    for (const finding of mapping.findings) {
      if (finding.status !== 'fail' && finding.status !== 'warn') continue;
      const entry = active.find(
        ({ check, resource }) =>
          matchesCheck(check, finding.check) && matchesResource(resource, namesOf(mapping), finding.evidence),
      );
      if (entry === undefined) continue;
      used.add(entry);
      if (mayHide) hidden.add(finding.check);
      const { reason, until } = entry;
      suppressed.push({ mapping: mapping.uuid, finding, reason, until, isHidden: mayHide });
    }
    return withoutFindings(mapping, hidden);
  };
  /** An undecided check may still find what is accepted. */
  const isOpen = (pattern: string): boolean =>
    diagnosis.mappings.some(({ findings }) =>
      findings.some(({ status, check }) => status === 'unknown' && matchesCheck(pattern, check)),
    );
  const mappings = diagnosis.mappings.map(apply).toSorted(byGravity);
  const leftOut = diagnosis.leftOut.map(apply);
  const count = (verdict: Verdict) => mappings.filter((mapping) => mapping.verdict === verdict).length;
  return {
    ...diagnosis,
    mappings,
    leftOut,
    summary: {
      healthy: count('healthy'),
      atRisk: count('at-risk'),
      broken: count('broken'),
      disabled: count('disabled'),
      unknown: count('unknown'),
    },
    suppressed: suppressed.toSorted((a, b) => compare(a.mapping, b.mapping)),
    warnings: entries.flatMap((entry) => {
      const { check, resource, until, line } = entry;
      const name = `${file}:${line}: the suppression of ${check} for ${resource}`;
      if (hasExpired(entry, now)) return [`${name} expired on ${until}.`];
      return request.isWhole && !used.has(entry) && !isOpen(check)
        ? [`${name} matches no finding in ${diagnosis.region}.`]
        : [];
    }),
  };
}

/** The mapping without the findings of these checks, judged again. */
export function withoutFindings<Judged extends MappingDiagnosis | LeftOutDiagnosis>(
  mapping: Judged,
  checks: ReadonlySet<string>,
): Judged {
  if (checks.size === 0) return mapping;
  const findings = mapping.findings.filter(({ check }) => !checks.has(check));
  const causes = mapping.causes.filter(({ check }) => !checks.has(check));
  const verdict =
    mapping.verdict === 'unknown' || mapping.verdict === null
      ? mapping.verdict
      : judgeVerdict({ observed: mapping.observed, clues: [], causes, findings });
  return { ...mapping, findings, causes, verdict };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lambda shows an error, or does not poll although no user disabled the mapping. */
const showsError = ({ observed }: Pick<MappingDiagnosis, 'observed'>): boolean =>
  observed.error !== null ||
  (['Disabled', 'Disabling', 'Deleting'].includes(observed.state ?? '') && !isDisabledByUser(observed));

/** The names by which a suppression can mean a mapping. */
function namesOf(mapping: MappingDiagnosis | LeftOutDiagnosis): (string | null)[] {
  const source = 'eventSourceArn' in mapping ? mapping.eventSourceArn : mapping.clusterArn;
  return [
    mapping.uuid,
    mapping.functionArn,
    qualifiedNameOf(mapping.functionArn ?? undefined) ?? null,
    source,
    clusterNameOf(source ?? undefined) ?? null,
    mapping.topic,
  ];
}

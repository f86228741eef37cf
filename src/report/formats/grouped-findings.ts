/** The findings of a report, each once with the mappings that it concerns. */
import type { Report, ReportFinding, ReportMapping } from './report.js';

export interface GroupedFinding {
  finding: ReportFinding;
  /** Empty for a finding that belongs to no mapping. */
  mappings: ReportMapping[];
}

/** Mappings of a template can share a role or a network: the same finding at the same location is one finding. */
export function groupedFindings({ mappings, findings }: Report): GroupedFinding[] {
  const groups = new Map<string, GroupedFinding>();
  const add = (finding: ReportFinding, mapping: ReportMapping | null): void => {
    const { check, status, title, location, evidence, suppression } = finding;
    const key = JSON.stringify(
      location === null && mapping !== null
        ? [check, mapping.id]
        : [check, status, title, location, evidence, suppression],
    );
    const group = groups.get(key) ?? { finding, mappings: [] };
    groups.set(key, group);
    if (mapping !== null) group.mappings.push(mapping);
  };
  for (const finding of findings) add(finding, null);
  for (const mapping of mappings) for (const finding of mapping.findings) add(finding, mapping);
  return [...groups.values()];
}

/** A mapping that is broken although no check fails: Lambda shows an error that no check explains, or it is stopped. */
export const isUnexplained = ({ verdict, findings }: ReportMapping): boolean =>
  verdict === 'broken' && !findings.some(({ status, suppression }) => status === 'fail' && suppression === null);

/** A mapping about which AWS could not tell enough: the command exits 3. A template is often open until the deployment. */
export const isUnread = ({ verdict }: ReportMapping, { command }: Pick<Report, 'command'>): boolean =>
  verdict === 'unknown' && command !== 'lint';

/** The checks of a mapping that could not be decided, with the reasons, each once. */
export interface UndecidedChecks {
  mapping: ReportMapping;
  checks: string[];
  /** Failed reads and other reasons. */
  reasons: string[];
}

/** One entry for each mapping that has any: most of its undecided checks have one reason. */
export const undecidedChecks = ({ mappings }: Report): UndecidedChecks[] =>
  mappings.flatMap((mapping) => {
    const open = mapping.findings.filter(({ status, suppression }) => status === 'unknown' && suppression === null);
    const reasons = open.flatMap(({ evidence }) => evidence.map(({ resource, fact }) => `${resource}: ${fact}`));
    return open.length === 0
      ? []
      : [{ mapping, checks: open.map(({ check }) => check), reasons: [...new Set(reasons)] }];
  });

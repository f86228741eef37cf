/** A baseline: the findings that are known, so that only new ones fail. */

/** The checks of accounts and of templates have baselines of their own, in one file. */
export type BaselineCommand = 'doctor' | 'lint';

export interface BaselineFinding {
  check: string;
  status: 'fail' | 'warn';
  /** The UUID of a mapping or its address in a template; file and path of a finding that belongs to no mapping. */
  subject: string;
  /** The ids and ARNs, or addresses, that the evidence names. */
  resources: string[];
}

export interface BaselineSubject {
  subject: string;
  verdict: string;
  /** The id of the error text that Lambda shows. */
  error: string | null;
}

export interface BaselineSection {
  /** Of the findings; absent for templates, and where it is unknown. */
  account?: string | undefined;
  subjects: BaselineSubject[];
  findings: BaselineFinding[];
}

export type Baseline = { schemaVersion: 1 } & Partial<Record<BaselineCommand, BaselineSection>>;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted, so that two baselines of one state are the same bytes. */
export function sortedSection({ account, subjects, findings }: BaselineSection): BaselineSection {
  const unique = new Map(
    findings.map((finding) => {
      const sorted = { ...finding, resources: [...new Set(finding.resources)].toSorted(compare) };
      return [JSON.stringify(sorted), sorted];
    }),
  );
  return {
    ...(account === undefined ? {} : { account }),
    subjects: subjects.toSorted((a, b) => compare(a.subject, b.subject)),
    findings: [...unique].toSorted(([a], [b]) => compare(a, b)).map(([, finding]) => finding),
  };
}

/** Whether it is in the baseline: no worse, and about no other resource. */
export const isKnownFinding = (section: BaselineSection, finding: BaselineFinding): boolean =>
  section.findings.some(
    (known) =>
      known.check === finding.check &&
      known.subject === finding.subject &&
      (known.status === finding.status || known.status === 'fail') &&
      finding.resources.every((resource) => known.resources.includes(resource)),
  );

/** From the least severe. `unknown` is not among them: what could not be read is never known. */
const severities = ['healthy', 'at-risk', 'disabled', 'broken'];

/** Whether the subject was no better before, and Lambda showed the same error. */
export const isKnownSubject = (section: BaselineSection, { subject, verdict, error }: BaselineSubject): boolean =>
  verdict !== 'unknown' &&
  section.subjects.some(
    (known) =>
      known.subject === subject &&
      known.error === error &&
      severities.indexOf(known.verdict) >= severities.indexOf(verdict),
  );

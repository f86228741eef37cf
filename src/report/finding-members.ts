/** What every document and format says of a finding. */
import type { Finding } from '../checks/run.js';
import type { ResourceNames } from '../snapshot/resource-names.js';
import { withName } from './resource-mentions.js';

/** Also of a check on templates. */
export type AnyFinding = Pick<Finding, 'status' | 'severity' | 'title' | 'evidence' | 'fixes'> & { check: string };

/** `names`: of the account; null leaves the evidence without names. */
export const findingMembers = (
  { check, status, severity, title, evidence, fixes }: AnyFinding,
  names: ResourceNames | null,
) => ({
  check,
  status,
  severity,
  title,
  evidence: names === null ? evidence : evidence.map((item) => withName(item, names)),
  fixes,
});

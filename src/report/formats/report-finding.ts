import type { ResourceNames } from '../../snapshot/resource-names.js';
import { findingMembers, type AnyFinding } from '../finding-members.js';
import type { ReportFinding } from './report.js';

/** A finding for every format, neither suppressed nor in the baseline. `names`: see `findingMembers`. */
export const reportFinding = (
  finding: AnyFinding,
  { names, ...where }: { names: ResourceNames | null } & Pick<ReportFinding, 'location' | 'related'>,
): ReportFinding => ({ ...findingMembers(finding, names), ...where, suppression: null, isKnown: false });

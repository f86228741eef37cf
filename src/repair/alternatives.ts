/** Which fixes of a finding exclude one another, so that a user has to choose. */
import type { Finding } from '../checks/run.js';
import type { CheckId } from '../catalogue/check-ids.js';
import type { Fix } from '../fixes/fix.js';
import { isNewGrant } from './role-grants.js';

/**
 * Checks whose fixes are all needed, one after another: permissions of several policies, rules of several groups,
 * faults of one registry. For all other checks each fix is enough.
 */
const complementary = /^access\.|^network\.(?!aws-path$|subnet-capacity$)|^mapping\.schema-registry$|^cluster\.policy$/;

export const isManual = ({ changes }: Pick<Fix, 'changes'>): boolean => changes.length === 0;

/** The fixes of the finding of which one is enough, the recommended one first. */
export function alternativesOf({ check, fixes }: Pick<Finding, 'check' | 'fixes'>): Fix[] {
  if (complementary.test(check)) return [statementSet(fixes) ?? fixes[0] ?? []].flat();
  const [first, ...others] = fixes;
  if (first === undefined) return [];
  // Without a call among them nothing has to be chosen: the first is shown.
  return fixes.every(isManual) ? [first] : [first, ...others];
}

/** The exact statements, where AWS's managed policy would grant more. */
const statementSet = (fixes: readonly Fix[]): Fix | undefined =>
  fixes[0]?.changes.some(({ operation }) => operation === 'AttachRolePolicy') === true
    ? fixes.find(({ changes }) => changes.some(isNewGrant))
    : undefined;

/**
 * The same for mappings with the same cause on the same resources: equal but for the mapping itself, which a fix may
 * change.
 */
export const choiceKey = (check: CheckId, fixes: readonly Fix[], uuid: string): string =>
  `${check} ${JSON.stringify(fixes.map(({ changes }) => changes)).replaceAll(uuid, '')}`;

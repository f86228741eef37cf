/** A refused permission in a pasted text: whose it is, and the policy statement that allows it. */
import { statementFor, policyOf } from '../../../access/policy.js';
import { parseArn } from '../../../aws/arn.js';
import { findDenial, whoseDenial, type Denial } from '../../../catalogue/denial.js';
import type { DeniedPermission } from '../../../report/explanation-text.js';

/** Undefined for a text without a refused permission. */
export function deniedAnswer(text: string): DeniedPermission | undefined {
  const denial = findDenial(text);
  if (denial === null) return undefined;
  const { principal, action, resource, decider, explicit } = denial;
  return {
    principal,
    whose: whoseDenial(denial).kind,
    action,
    resource,
    decidedBy: decider,
    explicit,
    policy: explicit ? null : policyOf(statementFor({ action, resources: [resourceToGrant(denial)] })),
  };
}

/** The resource in a policy's form: an ARN, or `*` where the text has none. */
function resourceToGrant({ principal, action, resource }: Denial): string {
  if (resource === null) return '*';
  if (resource === '*' || resource.startsWith('arn:')) return resource;
  const { partition, account } = parseArn(principal) ?? { partition: 'aws', account: '*' };
  // MSK's calls need an ARN; if a name was passed, this is the intended ARN.
  return action.startsWith('kafka:') ? `arn:${partition}:kafka:*:${account}:cluster/${resource}/*` : '*';
}

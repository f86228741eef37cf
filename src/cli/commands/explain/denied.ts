/** A refused permission in a pasted text: whose it is, and the statement that allows it. */
import { statementFor, policyOf, type Policy } from '../../../access/policy.js';
import { parseArn } from '../../../aws/arn.js';
import { findDenial, whoseDenial, type Denial } from '../../../catalogue/denial.js';

export interface DeniedAnswer {
  principal: string;
  /** `role`: perhaps the function's execution role; the text alone cannot tell. */
  whose: 'caller' | 'role' | 'service';
  action: string;
  resource: string | null;
  /** The kind of policy that decided, where AWS names it. */
  decidedBy: string | null;
  explicit: boolean;
  /** Allows the action. Null where a Deny decided: no statement helps against it. */
  policy: Policy | null;
}

/** Undefined for a text that tells of no refused permission. */
export function deniedAnswer(text: string): DeniedAnswer | undefined {
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

/** The resource as a policy names it: an ARN, or `*` where the text has none. */
function resourceToGrant({ principal, action, resource }: Denial): string {
  if (resource === null) return '*';
  if (resource === '*' || resource.startsWith('arn:')) return resource;
  const { partition, account } = parseArn(principal) ?? { partition: 'aws', account: '*' };
  // MSK's calls take an ARN; where a name was passed, this is the ARN that was meant.
  return action.startsWith('kafka:') ? `arn:${partition}:kafka:*:${account}:cluster/${resource}/*` : '*';
}

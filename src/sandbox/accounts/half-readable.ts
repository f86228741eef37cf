/** Accounts that the caller's credentials can read only in part. */
import type { Keyed } from '../../snapshot/read.js';
import type { CollectionName, Snapshot } from '../../snapshot/snapshot.js';
import { broken, healthy, type SandboxAccount } from '../account.js';
import { problem } from './texts.js';

/** Denies these calls to the caller. */
function deny(snapshot: Snapshot, ...calls: [CollectionName, service: string, operation: string][]): void {
  for (const [collection, service, operation] of calls) {
    const reads = snapshot[collection] as Keyed<unknown>;
    for (const key of Object.keys(reads))
      reads[key] = {
        outcome: 'denied',
        service,
        operation,
        action: `${service}:${operation}`,
        resource: key,
        error: `AccessDeniedException: User: ${snapshot.caller ?? ''} is not authorized to perform: ${service}:${operation} because no identity-based policy allows the action`,
      };
  }
}

const role: [CollectionName, string, string][] = [
  ['roles', 'iam', 'GetRole'],
  ['inlinePolicyNames', 'iam', 'ListRolePolicies'],
  ['attachedPolicies', 'iam', 'ListAttachedRolePolicies'],
];

export const halfReadableAccounts: readonly SandboxAccount[] = [
  healthy(
    'works-half-readable',
    'The mapping works; your credentials may not read network ACLs, topics and the role',
    {},
    (snapshot) =>
      deny(snapshot, ['networkAcls', 'ec2', 'DescribeNetworkAcls'], ['topics', 'kafka', 'ListTopics'], ...role),
  ),
  {
    ...broken(
      'half-readable',
      'The cluster denies access, and your credentials may not read the execution role',
      '',
      problem('cluster-failed-to-authorize'),
      {},
      (snapshot) => deny(snapshot, ['networkAcls', 'ec2', 'DescribeNetworkAcls'], ...role),
    ),
    firstCause: null,
    verdict: 'unknown',
  },
];

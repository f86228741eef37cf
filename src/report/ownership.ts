/** Which tool owns a resource, in words. */
import type { Owner } from '../snapshot/owner-of-tags.js';

/** “belongs to stack orders-app (OrderRole): change its template”. */
export function ownership({ tool, name, logicalId }: Owner): string {
  const resource = logicalId === null ? '' : ` (${logicalId})`;
  if (tool === 'terraform') return `is managed by Terraform${resource}: change its configuration`;
  const stack = name === null ? 'a CloudFormation stack' : `stack ${name}`;
  return `belongs to ${stack}${resource}: change its template`;
}

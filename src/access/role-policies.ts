import type * as r from '../snapshot/resources/index.js';
import type { ReadFailure } from '../snapshot/read.js';

/** A role with all its identity policies, each as far as it was read. Documents are JSON text. */
export interface RolePolicies {
  roleArn: string;
  role: r.Role;
  identity: { name: string; kind: 'inline' | 'managed'; arn: string | null; document: string }[];
  boundary: { arn: string; document: string } | null;
  /** Parts that could not be read: a missing identity policy may contain the permission. */
  unreadable: { what: 'identity' | 'boundary'; failure: ReadFailure }[];
}

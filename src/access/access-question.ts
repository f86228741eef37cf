/** The question to the policy evaluator, and its answer. */
import type { ReadFailure } from '../snapshot/read.js';

/**
 * One call as AWS evaluates it. `context`: the known condition keys. An absent key is unknown, null is not in the
 * request, and `among` is one of these values, or between them.
 */
export interface AccessRequest {
  action: string;
  /** An ARN, in which `*` is an unknown part; `*` alone where the action takes no resource. */
  resource: string;
  /** `{aws: roleArn}` for the execution role, `{service}` for a service principal. */
  principal: { aws: string } | { service: string };
  context: Record<string, string | string[] | null | { among: (string | null)[] }>;
}

export type Layer =
  | 'identity'
  | 'boundary'
  | 'service-control'
  | 'resource-control'
  | 'resource'
  | 'endpoint'
  | 'trust';

/** The statement that decided, or the layer that had none. */
export interface Decision {
  layer: Layer;
  effect: 'allow' | 'deny' | 'no-match' | 'cannot-tell';
  /** Name or ARN of the policy. */
  policy: string;
  /** Its Sid, or its position counting from 0; null for a whole policy. */
  statement: string | null;
  /** The reason: an unknown condition key, a resource that does not match. */
  because: string;
}

export interface AccessAnswer {
  answer: 'allowed' | 'denied' | 'cannot-tell';
  trace: Decision[];
  /** Failed reads that would decide a `cannot-tell`. */
  missing: ReadFailure[];
}

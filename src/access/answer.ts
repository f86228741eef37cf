/** What the access reasoner is asked and answers. */
import type { ReadFailure } from '../snapshot/read.js';

/** One call as AWS would judge it. Context values are those known; a key that is absent is not known, null says "not in the request"; `among`: it is one of these, or lies between them. */
export interface AccessRequest {
  action: string;
  /** An ARN, in which `*` stands for a part that is not known; `*` alone where the action is about no resource. */
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
  /** Its Sid, or its place counting from 0. */
  statement: string | null;
  /** In words, why: a condition key that is not known, a resource that does not match. */
  because: string;
}

export interface AccessAnswer {
  answer: 'allowed' | 'denied' | 'cannot-tell';
  trace: Decision[];
  /** Reads that would decide a `cannot-tell`. */
  missing: ReadFailure[];
}

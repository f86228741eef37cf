/** Whom a policy is written for: the principal that holds it, or the resource that it is attached to. */
export const audiences = [
  'role',
  'creator',
  'invoker',
  'doctor',
  'probe',
  'secret',
  'key',
  'cluster',
  'lambda-endpoint',
  'sts-endpoint',
  'secretsmanager-endpoint',
  'acls',
] as const;
export type Audience = (typeof audiences)[number];

/** A healthy account with one thing changed: what every test of a check starts from. */
import { healthyAccount, type HealthyOptions } from '../../src/sandbox/healthy.js';
import { isOk, type Keyed, type ReadFailure } from '../../src/snapshot/read.js';
import type { CollectionName, Snapshot } from '../../src/snapshot/snapshot.js';

export * from '../../src/sandbox/healthy.js';

/** A healthy account after `change`. */
export function accountWith(change: (snapshot: Snapshot) => void, options: HealthyOptions = {}): Snapshot {
  const snapshot = healthyAccount(options);
  change(snapshot);
  return snapshot;
}

/** The value of a read that the healthy account has; throws where there is none, so that a test does not pass by accident. */
export function value<T>(reads: Keyed<T>, key?: string): T {
  const read = key === undefined ? Object.values(reads)[0] : reads[key];
  if (read === undefined || !isOk(read)) throw new Error(`no such read: ${key ?? 'first'}`);
  return read.value;
}

export const denied = (service: string, operation: string, resource?: string): ReadFailure => ({
  outcome: 'denied',
  service,
  operation,
  action: `${service}:${operation}`,
  resource,
  error: 'AccessDeniedException',
});

export const notFound = (service: string, operation: string, resource?: string): ReadFailure => ({
  ...denied(service, operation, resource),
  outcome: 'not-found',
  error: 'ResourceNotFoundException',
});

/** Every read of a collection denied, as for a caller without the right. */
export function deny(snapshot: Snapshot, collection: CollectionName, service: string, operation: string): void {
  const reads = snapshot[collection] as Keyed<unknown>;
  for (const key of Object.keys(reads)) reads[key] = denied(service, operation, key);
}

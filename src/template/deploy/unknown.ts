/** Reads that have no value because nothing is deployed yet. */
import type { ReadFailure } from '../../snapshot/read.js';

/** The reason of every such read: `lint` recognizes by it what only the deployment decides. */
export const untilDeployment = 'known after deployment';

export const knownAfterDeployment = (service: string, operation: string, resource: string): ReadFailure => ({
  outcome: 'failed',
  service,
  operation,
  action: `${service}:${operation}`,
  resource,
  error: untilDeployment,
});

/** Checks about the past of a mapping, not its settings: state, text, past invocations, lag, records. */
import type { CheckId } from '../catalogue/check-ids.js';

/** They tell nothing of a mapping that does not exist yet. */
export const checksOfThePast = [
  'mapping.state',
  'cluster.acl',
  'function.errors',
  'lag.traffic',
  'lag.trend',
  'lag.consumers',
  'records.dropped',
  'records.filtered',
  'records.polling',
  'records.undelivered',
] as const satisfies readonly CheckId[];

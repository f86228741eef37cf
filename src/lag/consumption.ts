/** What a mapping is known to do in an hour: lag, pollers, invocations. Each null where it is not known. */

export interface Consumption {
  lag: readonly number[];
  /** The permission that is missing to read the metrics; null where nothing is. */
  missingPermission: string | null;
  /** The lag of the partition that is furthest behind. */
  largestLag: number | null;
  partitions: number | null;
  /** Null: on-demand mode, whose pollers are not shown. */
  provisioned: { pollers: number | null; maximum: number | null } | null;
  /** Reserved concurrency; null: nothing is reserved, or it is not known. */
  reservedConcurrency: number | null;
  batchSize: number;
  /** Milliseconds that an invocation takes on average. */
  duration: number | null;
  invocations: number | null;
  errors: number | null;
  throttles: number | null;
  /** Records per invocation on average, from metrics that the mapping may not publish. */
  recordsPerInvocation: number | null;
}

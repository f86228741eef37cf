/** How long a backlog takes with the calls that a replay measured. Pure. */
import type { BatchLine } from './batch-line.js';

export interface Estimate {
  /** Mean duration of a successful call, in milliseconds. */
  duration: number;
  /** Mean number of records of a call. */
  records: number;
  /** Records a second of one partition: one call at a time. */
  perPartition: number;
  /** Records that wait in all partitions, and in the one with most. */
  backlog: number;
  largest: number;
  /** Seconds until the partition with most is done. */
  seconds: number;
  /** The setting that limits it. */
  by: 'batch' | 'partitions' | 'duration';
}

/** From this share of BatchSize on, batches are full. */
const full = 0.9;
/** From this share of the backlog on, a single partition decides. */
const oneSided = 0.8;

/** Null where no call succeeded or nothing waits. */
export function estimateOf(
  lines: readonly Pick<BatchLine, 'result' | 'records' | 'ms' | 'attempt'>[],
  backlog: ReadonlyMap<number, number> | null,
  batchSize: number,
): Estimate | null {
  const calls = lines.filter(({ result, records, attempt }) => result === 'ok' && records > 0 && attempt > 0);
  const waiting = [...(backlog?.values() ?? [])];
  const total = waiting.reduce((sum, count) => sum + count, 0);
  if (calls.length === 0 || total === 0) return null;
  const sum = (of: (line: (typeof calls)[number]) => number): number => calls.reduce((all, each) => all + of(each), 0);
  const duration = Math.max(1, sum(({ ms }) => ms) / calls.length);
  const records = sum((line) => line.records) / calls.length;
  const perPartition = (1000 * records) / duration;
  const largest = Math.max(...waiting);
  const isOneSided = waiting.length > 1 && largest >= oneSided * total;
  const by = isOneSided ? 'partitions' : records >= full * batchSize ? 'batch' : 'duration';
  return { duration, records, perPartition, backlog: total, largest, seconds: largest / perPartition, by };
}

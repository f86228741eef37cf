/** How long a backlog takes with the calls that a replay measured, and which setting limits it. Pure. */
import { eventPoller } from '../aws/limits.js';
import { fullBatchShare, oneSidedShare } from '../subject/lag.js';
import type { BatchLine } from './batch-line.js';

/** What limits how many calls run at the same time. */
export interface Capacity {
  /** Provisioned mode; null: on-demand mode, with up to one consumer for each partition. */
  pollers: { minimum: number; maximum: number } | null;
  /** Of the function; null: nothing is reserved, or it is not known. */
  reservedConcurrency: number | null;
}

export interface Estimate {
  /** Mean duration of a successful call, in milliseconds. */
  duration: number;
  /** Mean number of records of a call. */
  records: number;
  /** Records a second that one partition gets past, filtered ones included: one call at a time. */
  perPartition: number;
  /** Records that wait in all partitions, and in the one with most. */
  backlog: number;
  largest: number;
  /** Seconds until all partitions are done, once Lambda runs as many pollers as it may. */
  seconds: number;
  /** The setting that limits it. */
  by: 'batch' | 'partitions' | 'duration' | 'pollers' | 'concurrency';
  /** Seconds with the minimum pollers; null where it is the same, and in on-demand mode. */
  atMinimum: number | null;
}

interface EstimateInput {
  /** Records that wait in each partition; null where that is not known. */
  backlog: ReadonlyMap<number, number> | null;
  settings: { batchSize: number };
  capacity: Capacity;
  /** Mean bytes of a record in the topic; null where none was read. */
  recordBytes: number | null;
}

/** Null where no call succeeded, nothing waits, or the function may not run at all. */
export function estimateOf(
  lines: readonly Pick<BatchLine, 'result' | 'records' | 'filtered' | 'ms' | 'attempt'>[],
  { backlog, settings, capacity, recordBytes }: EstimateInput,
): Estimate | null {
  const calls = lines.filter(({ result, records, attempt }) => result === 'ok' && records > 0 && attempt > 0);
  const waiting = [...(backlog?.values() ?? [])].filter((count) => count > 0);
  if (calls.length === 0 || waiting.length === 0 || capacity.reservedConcurrency === 0) return null;
  const milliseconds = Math.max(
    calls.length,
    sumOf(calls, ({ ms }) => ms),
  );
  const called = sumOf(calls, ({ records }) => records);
  // Records that the filter excludes cost no call.
  const perPartition = (1000 * (called + sumOf(lines, ({ filtered }) => filtered))) / milliseconds;
  const records = called / calls.length;
  const isFull = records >= fullBatchShare * settings.batchSize;
  const work = { waiting, perPartition, recordBytes, isFull, reserved: capacity.reservedConcurrency };
  const { minimum = null, maximum = null } = capacity.pollers ?? {};
  const atMost = timeWith(maximum, work);
  const atMinimum = minimum === null ? null : timeWith(minimum, work).seconds;
  return {
    duration: milliseconds / calls.length,
    records,
    perPartition,
    backlog: sumOf(waiting, (count) => count),
    largest: Math.max(...waiting),
    ...atMost,
    atMinimum: atMinimum === atMost.seconds ? null : atMinimum,
  };
}

interface Work {
  waiting: readonly number[];
  perPartition: number;
  recordBytes: number | null;
  isFull: boolean;
  reserved: number | null;
}

/**
 * A partition is read by one poller and has one call at a time; a poller has a limit of calls and of bytes.
 * `pollers`: null in on-demand mode.
 */
function timeWith(
  pollers: number | null,
  { waiting, perPartition, recordBytes, isFull, reserved }: Work,
): Pick<Estimate, 'seconds' | 'by'> {
  const total = sumOf(waiting, (count) => count);
  const largest = Math.max(...waiting);
  const isOneSided = waiting.length > 1 && largest >= oneSidedShare * total;
  const running = Math.min(pollers ?? waiting.length, waiting.length);
  const offered = Math.min(
    waiting.length,
    pollers === null ? waiting.length : running * eventPoller.concurrentInvocations,
  );
  const parallel = Math.min(offered, reserved ?? offered);
  const limits: Pick<Estimate, 'seconds' | 'by'>[] = [
    { seconds: largest / perPartition, by: isOneSided ? 'partitions' : isFull ? 'batch' : 'duration' },
  ];
  if (parallel < waiting.length)
    limits.push({ seconds: total / (perPartition * parallel), by: parallel < offered ? 'concurrency' : 'pollers' });
  if (pollers !== null && recordBytes !== null)
    limits.push({ seconds: (total * recordBytes) / (eventPoller.bytesPerSecond * running), by: 'pollers' });
  return limits.reduce((worst, limit) => (limit.seconds > worst.seconds ? limit : worst));
}

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

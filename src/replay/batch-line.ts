/** What a replay reports: a line for each call of the handler, and a summary. */

/**
 * What Lambda does after a call. `partial`: it retries the records that the function reports as failed. `bisected`: it
 * splits the batch and retries both halves. `dropped`, `destination`: it gives the records up.
 */
export type BatchResult = 'ok' | 'failed' | 'partial' | 'bisected' | 'dropped' | 'destination';

export interface BatchLine {
  partition: number;
  /** First and last offset of the batch, filtered records included. */
  from: number;
  to: number;
  /** Records that the handler received. */
  records: number;
  /** Records that the patterns excluded; counted with the first call of a batch. */
  filtered: number;
  /** Counts from 1; 0 where nothing was left to call the handler with. */
  attempt: number;
  result: BatchResult;
  /** A sentence without a period; null for a success. */
  because: string | null;
  /** Duration of the call in milliseconds. */
  ms: number;
}

/** A partition that Lambda does not get past. */
export interface StoppedPartition {
  partition: number;
  /** Of the record, where bisect or a partial response identifies it; otherwise of the first record of its batch. */
  offset: number;
  because: string;
}

export interface ReplaySummary {
  /** Records that the handler received, each counted once. */
  records: number;
  filtered: number;
  /** Batches without their retries and halves. */
  batches: number;
  stopped: StoppedPartition[];
  /** Records that Lambda gives up without a destination. */
  dropped: { partition: number; offset: number }[];
  /** Only where the filter of the mapping could not be read: no record was filtered out. */
  filterUnknown?: true;
}

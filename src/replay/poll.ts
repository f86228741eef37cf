/** The poller: partitions take turns, one call of the handler each. Lambda may put several partitions in one payload. */
import { buildEvent } from '../event/build-event.js';
import type { KafkaEvent } from '../event/kafka-event.js';
import { BatchReader, type BatchRules } from './batch-reader.js';
import type { BatchLine, ReplaySummary } from './batch-line.js';
import { PartitionRun } from './partition-run.js';
import type { CallOutcome } from './after-call.js';
import type { PollerSettings } from './poller-settings.js';
import type { RecordSource, SourcePartition } from './record-source.js';

/** Calls the function; never rejects because of the function. */
export type CallFunction = (event: KafkaEvent) => Promise<CallOutcome & { ms: number }>;

export interface PollInput {
  source: RecordSource;
  partitions: readonly SourcePartition[];
  settings: PollerSettings;
  rules: BatchRules;
  /** Null: batches are only formed. */
  call: CallFunction | null;
  /** The reason of a failure as it may be shown: the function may repeat what the records of the event hold. */
  reason: (because: string, event: KafkaEvent) => Promise<string>;
  /** Records to read at most, all partitions together. */
  most: number;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Waits before the topic is asked again, where the replay follows it. */
  wait: () => Promise<void>;
}

/** Yields a line for each call, in the order of the calls; changes `summary` as it goes. */
export async function* poll(input: PollInput, summary: ReplaySummary): AsyncGenerator<BatchLine> {
  const { source, partitions, rules, settings, call } = input;
  const budget = { left: input.most };
  let runs = partitions.map(
    (partition) =>
      new PartitionRun(partition.id, new BatchReader(partition, source, rules, budget), {
        settings,
        summary,
        now: input.now,
        reason: input.reason,
        call: async (records) => {
          if (call === null) return { outcome: { returned: null, ms: 0 }, event: null };
          const event = buildEvent(records, rules.origin);
          return { outcome: await call(event), event };
        },
      }),
  );
  while (runs.length > 0) {
    let progress = false;
    for (const run of runs)
      for (const line of await run.turn()) {
        progress = true;
        yield line;
      }
    runs = runs.filter((run) => !run.done);
    if (!progress && runs.length > 0) await input.wait();
  }
}

export const emptySummary = (): ReplaySummary => ({ records: 0, filtered: 0, batches: 0, stopped: [], dropped: [] });

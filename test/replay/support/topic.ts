/** A topic in memory, and a handler that fails at given records. */
import type { KafkaRecord } from '../../../src/event/build-event.js';
import type { KafkaEvent } from '../../../src/event/kafka-event.js';
import { compileFilter } from '../../../src/filter/record-filter.js';
import type { BatchLine, ReplaySummary } from '../../../src/replay/batch-line.js';
import { emptySummary, poll, type CallFunction } from '../../../src/replay/poll.js';
import type { DecodeRecord, PollerSettings } from '../../../src/replay/poller-settings.js';
import type { RecordSource } from '../../../src/replay/record-source.js';

export const settings: PollerSettings = {
  batchSize: 10,
  batchingWindow: 0,
  retries: null,
  bisect: false,
  reportsItemFailures: false,
  maximumAge: null,
  hasDestination: false,
};

export interface TestTopic {
  /** Number of records of each partition. */
  lengths: readonly number[];
  value?: (partition: number, offset: number) => string | Buffer;
  /** Records that one read returns. */
  chunk?: number;
}

export function sourceOf({ lengths, value = (p, o) => `${p}/${o}`, chunk = 7 }: TestTopic): RecordSource {
  return {
    read: async (partition, offset) => {
      const end = Math.min(lengths[partition]!, offset + chunk);
      const records: KafkaRecord[] = [];
      for (let at = offset; at < end; at++)
        records.push({
          topic: 't',
          partition,
          offset: at,
          timestamp: 1000 * at,
          key: null,
          value: Buffer.from(value(partition, at)),
          headers: [],
        });
      return { records, next: Math.max(offset, end) };
    },
  };
}

export interface Run {
  lines: BatchLine[];
  summary: ReplaySummary;
  /** `partition/offset` of each record, in the order in which the handler received them. */
  delivered: string[];
}

interface RunOptions extends TestTopic {
  settings?: Partial<PollerSettings>;
  patterns?: readonly string[];
  decode?: DecodeRecord;
  /** Null: no handler. Returns the response, or throws. */
  handler?: ((event: KafkaEvent) => unknown) | null;
  most?: number;
  from?: number;
  to?: number;
  /** Milliseconds since 1970, also asked for before each call. */
  now?: number | (() => number);
}

export async function replayed({ handler = () => null, ...options }: RunOptions): Promise<Run> {
  const delivered: string[] = [];
  const call: CallFunction = async (event) => {
    for (const { partition, offset } of Object.values(event.records).flat()) delivered.push(`${partition}/${offset}`);
    try {
      return { returned: await handler!(event), ms: 1 };
    } catch (error) {
      return { error: String(error), ms: 1 };
    }
  };
  const summary = emptySummary();
  const lines: BatchLine[] = [];
  const all = { ...settings, ...options.settings };
  for await (const line of poll(
    {
      source: sourceOf(options),
      partitions: options.lengths.map((length, id) => ({
        id,
        from: options.from ?? 0,
        end: Math.min(length, (options.to ?? length) + 1),
      })),
      settings: all,
      rules: {
        batchSize: all.batchSize,
        window: 0,
        follow: false,
        filter: compileFilter(options.patterns ?? []),
        decode: options.decode ?? null,
        origin: { bootstrapServers: 'b:9092' },
        topic: 't',
      },
      call: handler === null ? null : call,
      reason: async (because) => because,
      most: options.most ?? Number.POSITIVE_INFINITY,
      now: typeof options.now === 'function' ? options.now : () => (options.now as number | undefined) ?? 0,
      wait: async () => {},
    },
    summary,
  ))
    lines.push(line);
  return { lines, summary, delivered };
}

/** Throws for a batch that holds one of these records. */
export const failsAt =
  (...poison: readonly string[]) =>
  (event: KafkaEvent): null => {
    for (const { partition, offset } of Object.values(event.records).flat())
      if (poison.includes(`${partition}/${offset}`)) throw new TypeError(`no orders in ${offset}`);
    return null;
  };

/** Reports these records as failed. */
export const reports =
  (...poison: readonly string[]) =>
  (event: KafkaEvent): unknown => ({
    batchItemFailures: Object.entries(event.records).flatMap(([name, records]) =>
      records
        .filter(({ partition, offset }) => poison.includes(`${partition}/${offset}`))
        .map(({ offset }) => ({ itemIdentifier: { partition: name, offset } })),
    ),
  });

/** `0: 0-9 10 ok`: partition, span, records, filtered, attempt from the second on, result. */
export const short = ({ partition, from, to, records, filtered, attempt, result }: BatchLine): string =>
  `${partition}: ${from}-${to} ${records}${filtered === 0 ? '' : ` (${filtered} filtered)`} ${result}${attempt > 1 ? ` #${attempt}` : ''}`;

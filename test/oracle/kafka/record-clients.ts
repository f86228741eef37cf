/** Records of a topic by Kafka's own producer and consumer in Java, and by this program: one notation for both. */
import { createHash } from 'node:crypto';
import type { EventRecord } from '../../../src/event/kafka-event.js';
import type { KafkaRecord } from '../../../src/event/build-event.js';
import { KafkaSource } from '../../../src/replay/kafka-source.js';
import { plaintext } from './probing.js';
import type { RealKafka } from './real-kafka.js';

/** A record to write; the producer gives it the time where it names none. */
export interface Written {
  key: Buffer | null;
  value: Buffer | null;
  headers?: readonly (readonly [name: string, value: Buffer | null])[];
  timestamp?: number;
}

/** A record as a client has read it; bytes in Base64, of many bytes their number and digest. */
export interface Seen {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  timestampType: 'CreateTime' | 'LogAppendTime';
  key: string | null;
  value: string | null;
  headers: [name: string, value: string | null][];
}

/** Settings of a producer whose records share batches, and of one that sends each record by itself. */
export const together = { 'linger.ms': '1000', 'batch.size': '1000000' };
export const apart = { 'linger.ms': '0', 'batch.size': '0' };

/** Writes by the Java producer with these settings, all records as many `times`; a named one stays open, with the transaction that it begins. */
export const write = (
  kafka: RealKafka,
  [topic, partition]: readonly [string, number],
  records: readonly Written[],
  config: Record<string, string> = {},
  producer = '',
  times = 1,
): Promise<unknown> =>
  kafka.tell({
    do: 'write',
    topic,
    partition,
    producer,
    times,
    config,
    records: records.map(({ key, value, headers = [], timestamp }) => ({
      key: base64(key),
      value: base64(value),
      headers: headers.map(([name, bytes]) => [name, base64(bytes)]),
      ...(timestamp === undefined ? {} : { timestamp }),
    })),
  });

/** Ends the transaction of a named producer. */
export const endTransaction = (kafka: RealKafka, producer: string, end: 'commit' | 'abort'): Promise<unknown> =>
  kafka.tell({ do: 'transaction', producer, commit: end === 'commit' });

/** All that the Java consumer is given, by partition; `from`: the first offset of each. */
export const readByJava = async (kafka: RealKafka, topic: string, from: readonly number[] = []): Promise<Seen[]> =>
  (await kafka.tell<Seen[]>({ do: 'read', topic, from })).toSorted((a, b) => a.partition - b.partition);

/** What the Java consumer finds, by partition: first offset, end of the decided records, first offset from a time on. */
export const positionsByJava = (
  kafka: RealKafka,
  topic: string,
  time: number,
): Promise<[first: number, end: number, from: number | null][]> => kafka.tell({ do: 'positions', topic, time });

/** All that the source of `replay` reads, before it is an event. */
export async function readBySource(kafka: RealKafka, topic: string): Promise<Seen[]> {
  const source = new KafkaSource(plaintext(kafka, { topic, group: null }), () => {}, 100);
  try {
    const found: KafkaRecord[] = [];
    for (const [id, { first, last }] of await source.ranges())
      for (let offset = first; offset < last;) {
        const { records, next } = await source.read(id, offset);
        found.push(...records);
        if (next === offset) break;
        offset = next;
      }
    return found
      .map(({ headers, key, value, timestampType, ...rest }) => ({
        ...rest,
        timestampType: typeNames[timestampType ?? 'CREATE_TIME'],
        key: shown(key),
        value: shown(value),
        headers: headers.map(({ name, value: bytes }): [string, string | null] => [name, shown(bytes)]),
      }))
      .toSorted((a, b) => a.partition - b.partition);
  } finally {
    source.close();
  }
}

/** Records of an event. A header without a value is empty there. */
export const seenInEvent = (records: readonly EventRecord[]): Seen[] =>
  records
    .map(({ topic, partition, offset, timestamp, timestampType, key, value, headers }) => ({
      topic,
      partition,
      offset,
      timestamp,
      timestampType: typeNames[timestampType],
      key: shown(key === null ? null : Buffer.from(key, 'base64')),
      value: shown(value === null ? null : Buffer.from(value, 'base64')),
      headers: headers.flatMap((header) =>
        Object.entries(header).map(([name, bytes]): [string, string | null] => [name, shown(Buffer.from(bytes))]),
      ),
    }))
    .toSorted((a, b) => a.partition - b.partition);

/** What an event can hold of these records. */
export const inEvent = (records: readonly Seen[]): Seen[] =>
  records.map((record) => ({ ...record, headers: record.headers.map(([name, value]) => [name, value ?? '']) }));

export const offsetsOf = (records: readonly Seen[], partition = 0): number[] =>
  records.filter((record) => record.partition === partition).map(({ offset }) => offset);

const typeNames = { CREATE_TIME: 'CreateTime', LOG_APPEND_TIME: 'LogAppendTime' } as const;

const base64 = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null;

function shown(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  if (bytes.length <= 32) return Buffer.from(bytes).toString('base64');
  return `${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`;
}

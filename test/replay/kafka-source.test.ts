/** Answers of brokers that are not yet the last word: a quota, records in tiered storage, an open transaction. */
import { afterEach, expect, test } from 'vitest';
import { KafkaSource } from '../../src/replay/kafka-source.js';
import { batch2 } from '../kafka/support/batches.js';
import type { ResponseOfApi } from '../kafka/support/scripted-broker.js';
import { fetched, startCluster, topic, type Cluster } from '../probe/support/cluster.js';
import { probeInput } from '../probe/support/input.js';

let cluster: Cluster;
let source: KafkaSource;
afterEach(async () => {
  source.close();
  await cluster.stop();
});

const empty = Buffer.alloc(0);
const records = batch2({
  firstOffset: 12,
  timestamp: 1,
  records: [{ key: null, value: Buffer.from('late'), headers: [] }],
});
const throttled: ResponseOfApi<'fetch'> = { throttleTimeMs: 20, errorCode: 0, sessionId: 0, responses: [] };

/** Reads offset 12 of a partition that ends at 30. Returns what was read, and how long the broker was asked to wait. */
async function readWith(...answers: ResponseOfApi<'fetch'>[]) {
  const waits: number[] = [];
  cluster = await startCluster({
    answers: {
      fetch: ({ request }) => {
        waits.push(request.maxWaitMs);
        return answers[Math.min(waits.length, answers.length) - 1]!;
      },
    },
  });
  const notes: string[] = [];
  source = new KafkaSource(probeInput({ bootstrap: cluster.bootstrap, topic }), (note) => notes.push(note), 100);
  source.expectEnds(await source.ranges());
  const { records: found, next } = await source.read(0, 12);
  return { offsets: found.map(({ offset }) => offset), next, waits, notes };
}

test('no records before the end: the broker is given more time', async () =>
  expect(await readWith(fetched(0, empty), fetched(0, empty), fetched(0, records))).toEqual({
    offsets: [12],
    next: 13,
    waits: [100, 500, 2500],
    notes: [],
  }));

test('a broker that never sends records that it has is no end of the topic', async () => {
  await expect(readWith(fetched(0, empty))).rejects.toThrow(
    /^Partition 0 of the topic orders could not be read: the broker has records from offset 12 on/u,
  );
});

test('an open transaction is the end for now', async () => {
  const undecided = fetched(0, empty);
  undecided.responses[0]!.partitions[0]!.lastStableOffset = 12;
  const { offsets, next, waits, notes } = await readWith(undecided);
  expect([offsets, next, waits]).toEqual([[], 12, [100]]);
  expect(notes).toEqual([expect.stringContaining('a transaction from offset 12 on is still open')]);
});

test('a quota is waited for, as often as it throttles', async () => {
  const { offsets, notes } = await readWith(...Array.from({ length: 12 }, () => throttled), fetched(0, records));
  expect(offsets).toEqual([12]);
  expect(notes).toEqual([expect.stringContaining('quota')]);
});

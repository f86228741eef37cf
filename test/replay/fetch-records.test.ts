/** Transactions as a consumer sees them, and texts of records in errors. */
import { expect, test } from 'vitest';
import type { RecordBatch } from '../../src/kafka/record-batch.js';
import { deliveredWith } from '../../src/replay/fetch-records.js';

const batch = (offset: number, producerId: number | null, marker?: 'abort' | 'commit'): RecordBatch => ({
  firstOffset: offset,
  lastOffset: offset,
  bytes: 1,
  codec: 'none',
  control: marker !== undefined,
  transaction: producerId === null ? null : { producerId },
  timestamp: 0,
  records:
    marker === undefined
      ? []
      : [
          {
            offset,
            timestamp: 0,
            appended: false,
            key: Buffer.from([0, 0, 0, marker === 'abort' ? 0 : 1]),
            value: Buffer.alloc(6),
            headers: [],
          },
        ],
});

test('aborted transactions and markers are left out', () => {
  const batches = [
    batch(0, null),
    batch(1, 7),
    batch(2, 8),
    batch(3, 7, 'abort'),
    batch(4, 7),
    batch(5, 8, 'commit'),
    batch(6, 7, 'commit'),
    batch(7, 9),
    batch(8, 9, 'abort'),
  ];
  const aborted = [
    { producerId: 9, firstOffset: 7 },
    { producerId: 7, firstOffset: 1 },
  ];
  expect(batches.filter(deliveredWith(aborted)).map(({ firstOffset }) => firstOffset)).toEqual([0, 2, 4]);
});

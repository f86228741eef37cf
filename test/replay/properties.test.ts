/** What holds of every replay, whatever the handler does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failsAt, replayed, reports } from './support/topic.js';

const cases = fc.record({
  lengths: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  chunk: fc.integer({ min: 1, max: 15 }),
  retries: fc.option(fc.nat(3)),
  bisect: fc.boolean(),
  reportsItemFailures: fc.boolean(),
  hasDestination: fc.boolean(),
  poison: fc.array(fc.tuple(fc.nat(3), fc.nat(40)), { maxLength: 4 }),
  /** Every n-th record is excluded; 0 for none. */
  excluded: fc.nat(4),
});

test('every record is delivered, filtered, given up, or in a stopped partition; order holds', () =>
  fc.assert(
    fc.asyncProperty(cases, async ({ lengths, chunk, poison, excluded, ...settings }) => {
      const names = poison.map(([partition, offset]) => `${partition}/${offset}`);
      const isExcluded = (offset: number): boolean => excluded > 0 && offset % excluded === 0;
      const { lines, summary, delivered } = await replayed({
        lengths,
        chunk,
        settings,
        value: (_, offset) => JSON.stringify({ keep: !isExcluded(offset) }),
        patterns: ['{"value":{"keep":[true]}}'],
        handler: settings.reportsItemFailures ? reports(...names) : failsAt(...names),
      });
      const seen = new Set(delivered);
      const stopped = new Map(summary.stopped.map(({ partition, offset }) => [partition, offset]));
      for (const [partition, length] of lengths.entries()) {
        const until = stopped.get(partition) ?? length;
        for (let offset = 0; offset < until; offset++)
          expect(seen.has(`${partition}/${offset}`), `${partition}/${offset}`).toBe(!isExcluded(offset));
      }
      // A stopped partition holds a record that fails, at the offset or in the batch that begins there.
      for (const [partition, offset] of stopped)
        expect(names.some((name) => name.startsWith(`${partition}/`) && Number(name.split('/')[1]) >= offset)).toBe(
          true,
        );
      // Only records of failed batches are given up, each once.
      expect(new Set(summary.dropped.map(({ partition, offset }) => `${partition}/${offset}`)).size).toBe(
        summary.dropped.length,
      );
      // In a partition, the first delivery of each record comes in the order of the offsets.
      const first = [...seen].map((name) => name.split('/').map(Number) as [number, number]);
      for (const partition of lengths.keys()) {
        const offsets = first.filter(([id]) => id === partition).map(([, offset]) => offset);
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      }
      expect(lines.reduce((sum, { filtered }) => sum + filtered, 0)).toBe(summary.filtered);
      expect(summary.records).toBe(seen.size);
    }),
    { numRuns: 300 },
  ));

test('each record is delivered, filtered or reported as given up, also where schemas do not decode it or it is too old', () =>
  fc.assert(
    fc.asyncProperty(
      cases,
      fc.nat(4),
      fc.option(fc.nat(40)),
      async ({ lengths, chunk, poison, excluded, ...settings }, undecodable, oldest) => {
        const names = poison.map(([partition, offset]) => `${partition}/${offset}`);
        const decodes = ({ offset }: { offset: number }): boolean => undecodable === 0 || offset % undecodable !== 1;
        const keeps = (offset: number): boolean => excluded === 0 || offset % excluded !== 0;
        const { lines, summary, delivered } = await replayed({
          lengths,
          chunk,
          // The record at an offset is as many seconds old.
          settings: { ...settings, maximumAge: oldest === null ? null : 60 },
          now: 60_000 + 1000 * (oldest ?? 0),
          value: (_, offset) => JSON.stringify({ keep: keeps(offset) }),
          patterns: ['{"value":{"keep":[true]}}'],
          decode: (record) => (decodes(record) ? { sent: record, data: record } : { problem: 'it does not decode' }),
          handler: settings.reportsItemFailures ? reports(...names) : failsAt(...names),
        });
        const seen = new Set(delivered);
        const dropped = new Set(summary.dropped.map(({ partition, offset }) => `${partition}/${offset}`));
        const stopped = new Map(summary.stopped.map(({ partition, offset }) => [partition, offset]));
        const sentAway = (partition: number, offset: number): boolean =>
          lines.some(
            (line) =>
              line.result === 'destination' && line.partition === partition && line.from <= offset && offset <= line.to,
          );
        for (const [partition, length] of lengths.entries())
          for (let offset = 0; offset < (stopped.get(partition) ?? length); offset++) {
            const name = `${partition}/${offset}`;
            const isGone = dropped.has(name) || sentAway(partition, offset);
            const isFiltered = decodes({ offset }) && !keeps(offset);
            expect(seen.has(name) || isGone || isFiltered, name).toBe(true);
            // What does not decode never reaches the function.
            if (!decodes({ offset })) expect(seen.has(name), name).toBe(false);
          }
        if (settings.hasDestination) expect(summary.dropped).toEqual([]);
      },
    ),
    { numRuns: 200 },
  ));

test('a batch is over before the next one of its partition begins', () =>
  fc.assert(
    fc.asyncProperty(cases, async ({ lengths, chunk, poison, excluded, ...settings }) => {
      const names = poison.map(([partition, offset]) => `${partition}/${offset}`);
      const { lines } = await replayed({
        lengths,
        chunk,
        settings,
        value: (_, offset) => JSON.stringify({ keep: excluded === 0 || offset % excluded !== 0 }),
        patterns: ['{"value":{"keep":[true]}}'],
        handler: settings.reportsItemFailures ? reports(...names) : failsAt(...names),
      });
      for (const partition of lengths.keys()) {
        let batch = { from: 0, to: -1 };
        for (const { from, to } of lines.filter((line) => line.partition === partition)) {
          if (from > batch.to) batch = { from, to };
          expect(from).toBeGreaterThanOrEqual(batch.from);
          expect(to).toBeLessThanOrEqual(batch.to);
        }
      }
    }),
    { numRuns: 200 },
  ));

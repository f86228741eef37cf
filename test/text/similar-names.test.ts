import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearNames } from '../../src/text/similar-names.js';

/** Edits between two words, by the whole table: a letter changed, removed or inserted, or two that change places. */
function editsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const [row, next] = [rows[i - 1]!, [i]];
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min(
          next[j - 1]! + 1,
          row[j]! + 1,
          row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
          isSwapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
        ),
      );
    }
    rows.push(next);
  }
  return rows[a.length]![b.length]!;
}

describe('similar names', () => {
  test.each([
    { name: 'orders', other: 'order', near: true },
    { name: 'orders', other: 'ORDERS', near: true },
    { name: 'orders-v1', other: 'orders.v1', near: true },
    { name: 'orders', other: 'roders', near: true },
    { name: 'ordres', other: 'Orders', near: true },
    { name: 'or.ders', other: 'orders', near: true },
    { name: 'audit-trial-evnets', other: 'audit.trail.events', near: true },
    { name: 'orders', other: 'ordxxs', near: true },
    { name: 'orders', other: 'orxxxs', near: false },
    { name: 'orders', other: 'orders-new', near: false },
    { name: 'orders', other: 'orders', near: false },
  ])('$name and $other: $near', ({ name, other, near }) =>
    expect(nearNames(name, [other])).toEqual(near ? [other] : []),
  );

  test('near is two edits at most', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        fc.pre(a !== b);
        expect(nearNames(a, [b]).length === 1).toBe(editsBetween(a, b) <= 2);
      }),
      { numRuns: 2000 },
    );
  });
});

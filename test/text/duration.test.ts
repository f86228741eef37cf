import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duration, inLargestUnit } from '../../src/text/duration.js';

const minute = 60_000;
test.each([
  [1_598_188 * minute, '1,110 days'],
  [3 * 1440 * minute, '3 days'],
  [1440 * minute, '24 hours'],
  [90 * minute, '90 minutes'],
  [minute, '60 seconds'],
  [1000, '1 second'],
  [0, '0 seconds'],
  [-5, '0 seconds'],
])('%d ms is %s', (milliseconds, expected) => expect(inLargestUnit(milliseconds)).toBe(expected));

test('a duration has at most three digits below 1,000 days', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 * 1440 * minute }), (milliseconds) =>
      /^\d{1,3} (day|hour|minute|second)s?$/.test(inLargestUnit(milliseconds)),
    ),
  ));

test.each([
  [90_000, '1 min 30 s'],
  [60_000, '1 min'],
  [0, '0 s'],
])('waiting %d ms is %s', (milliseconds, expected) => expect(duration(milliseconds)).toBe(expected));

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printAnswer } from '../../src/cli/print-answer.js';
import type { Io } from '../../src/cli/io.js';
import { toJson, toJsonPieces } from '../../src/report/json.js';

describe('a document in pieces', () => {
  test('is the text that it would be as a whole', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'binary' }),
          fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constant(undefined)),
        ),
        (document) => {
          expect([...toJsonPieces(document)].join('')).toBe(toJson(document));
        },
      ),
    ));

  test('has a piece for each item of its lists', () => {
    const longest = (items: number) =>
      Math.max(
        ...[...toJsonPieces({ mappings: Array.from({ length: items }, () => ({ uuid: 'x'.repeat(100) })) })].map(
          ({ length }) => length,
        ),
      );
    expect(longest(1000)).toBe(longest(2));
  });

  test('waits for a reader that is slower', async () => {
    const waiting: (() => void)[] = [];
    let written = 0;
    const stdout = {
      write: (text: string, gone?: () => void) =>
        gone === undefined ? ((written += text.length), false) : waiting.push(gone),
    };
    const whole = printAnswer(
      { stdout } as unknown as Io,
      { output: 'json' },
      { text: () => '', json: () => ({ mappings: [1, 2, 3] }) },
    );
    expect(written).toBeLessThan(20);
    for (let turn = 0; turn < 20; turn++) {
      waiting.shift()?.();
      await Promise.resolve();
      await Promise.resolve();
    }
    await whole;
    expect(written).toBe(toJson({ mappings: [1, 2, 3] }).length);
  });
});

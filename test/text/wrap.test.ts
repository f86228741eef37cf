import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { wrap } from '../../src/text/wrap.js';

const ascii = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(33 + index));

test.each([...ascii, '‘', '’', '“', '”', '–', '…', '—', 'é', '世', '가', '👍', '1\u20E3', '\u200B'])(
  'a word of %j is as wide as it looks',
  (character) => {
    const word = character.repeat(3);
    const columns = stringWidth(word) + 2;
    expect(wrap(`${word} x`, { columns })).toBe(`${word} x`);
    expect(wrap(`${word} x`, { columns: columns - 1 })).toBe(`${word}\nx`);
  },
);

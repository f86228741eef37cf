import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedBesideValue, filterFaults } from '../../src/filter/pattern-faults.js';

const word = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(...'abcXYZ_-09é') });
const number = fc.integer({ min: -1e6, max: 1e6 });
const range = fc
  .tuple(fc.constantFrom('>', '>='), number, fc.constantFrom('<', '<='), fc.integer({ min: 1, max: 1000 }))
  .map(([from, low, to, width]) => [from, low, to, low + width]);
/** Every operator with an argument of its kind. */
const operator = fc.oneof(
  fc.record({ prefix: word }),
  fc.record({ suffix: word }),
  fc.record({ 'equals-ignore-case': word }),
  fc.record({ wildcard: word }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ prefix: fc.record({ 'equals-ignore-case': word }) }),
  fc.record({ numeric: fc.oneof(range, fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), number)) }),
  fc.record({
    'anything-but': fc.oneof(
      word,
      number,
      fc.array(fc.oneof(word, number), { minLength: 1, maxLength: 3 }),
      fc.record({ prefix: word }),
    ),
  }),
);
const leaf = fc.array(fc.oneof(word, number, fc.boolean(), fc.constant(null), operator), {
  minLength: 1,
  maxLength: 4,
});
const { node } = fc.letrec<{ node: object }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.dictionary(word, leaf, { minKeys: 1, maxKeys: 3 }),
    fc.dictionary(word, tie('node'), { minKeys: 1, maxKeys: 2 }),
    fc.record({ $or: fc.array(tie('node'), { minLength: 2, maxLength: 3 }) }),
  ),
}));
const fits = (pattern: object) => JSON.stringify(pattern).length <= 4096;

test('a pattern by the grammar has no fault, and asks for nothing beside value', () =>
  fc.assert(
    fc.property(
      node.filter((value) => fits({ value })),
      (value) => {
        const pattern = JSON.stringify({ value });
        expect(filterFaults(pattern)).toEqual([]);
        expect(askedBesideValue(pattern)).toEqual({ absent: [], unsupported: [] });
      },
    ),
  ));

test('one wrong thing anywhere in it is told', () => {
  const wrong = fc.constantFrom<unknown>(
    [],
    'text',
    5,
    null,
    [['x']],
    [{ like: 'x' }],
    [{ prefix: 'x', suffix: 'y' }],
    [{ exists: 1 }],
    [{ numeric: ['>', 5, '<', 5] }],
    [{ 'anything-but': { cidr: 'x' } }],
    [{}],
  );
  fc.assert(
    fc.property(node, fc.array(word, { minLength: 1, maxLength: 3 }), wrong, (value, path, fault) => {
      const broken = path.reduceRight<unknown>((inner, name) => ({ [`${name}!`]: inner }), fault);
      const pattern = JSON.stringify({ value: { ...value, ...(broken as object) } });
      fc.pre(pattern.length <= 4096);
      expect(filterFaults(pattern)).toHaveLength(1);
    }),
  );
});

test('any text is judged, none makes it fail', () =>
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const faults = filterFaults(text);
      if (faults.length === 0) expect(Object.keys(askedBesideValue(text))).toEqual(['absent', 'unsupported']);
      else expect(faults.every((fault) => fault.length > 0)).toBe(true);
    }),
  ));

test('members that a record lacks are told by name, but for those that may be absent', () =>
  fc.assert(
    fc.property(word, (name) => {
      expect(askedBesideValue(JSON.stringify({ value: ['x'], [`x${name}`]: ['y'] })).absent).toEqual([`x${name}`]);
      expect(askedBesideValue(JSON.stringify({ [`x${name}`]: [{ exists: false }] })).absent).toEqual([]);
    }),
  ));

/** The order of keys in a template means nothing: of resources, properties and members of policies. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isObject, type Json } from '../../src/template/resource.js';
import type { LintResult } from '../../src/template/lint-result.js';
import { runs } from '../random/seed.js';
import { faults } from './support/faults.js';
import { healthy, lintTexts, type Template } from './support/healthy.js';

/** The same value with the keys of every object in an order that `draw` chooses. */
function shuffled(value: Json, draw: () => number): Json {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, draw));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => ({ key, item, rank: draw() }))
      .toSorted((left, right) => left.rank - right.rank)
      .map(({ key, item }) => [key, shuffled(item, draw)]),
  );
}

/** What a user reads, without the places in the file. */
const judged = ({ mappings }: LintResult) => ({
  mappings: mappings.map(({ address, verdict, causes, findings }) => ({
    address,
    verdict,
    causes: causes.map(({ check }) => check),
    failing: findings
      .filter(({ status }) => status !== 'pass' && status !== 'skip')
      // A title names resources in the order of the file.
      .map(({ check, status, title }) => [check, status, title.split(' ').toSorted().join(' ')])
      .toSorted(),
  })),
});

const lintJson = (template: Json) => judged(lintTexts({ 'template.json': JSON.stringify(template) }));

test('templates with and without a fault', () => {
  fc.assert(
    fc.property(fc.constantFrom(null, ...faults), fc.infiniteStream(fc.nat()), (fault, numbers) => {
      const template: Template = healthy({
        ...(fault?.auth === undefined ? {} : { auth: fault.auth }),
        ...(fault?.network === undefined ? {} : { network: fault.network }),
      });
      fault?.change(template);
      const draw = (): number => numbers.next().value as number;
      expect(lintJson(shuffled(template as unknown as Json, draw))).toEqual(lintJson(template as unknown as Json));
    }),
    { numRuns: runs(60) },
  );
});

/** What an error text repeats of a record is not shown, in whatever form; what says where the fault is stays. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { buildEvent } from '../../src/event/build-event.js';
import { withoutContents } from '../../src/replay/hide-content.js';

const order = {
  customer: { name: 'Alice Miller', age: 41234 },
  note: 'say "hi" to Bob\tnow',
  raw: '{"card":"4111222233334444"}',
};
const key = Buffer.from('key-123');
const trace = Buffer.from('trace-99');

const eventOf = (values: readonly string[]) =>
  buildEvent(
    values.map((value, offset) => ({
      topic: 't',
      partition: 0,
      offset,
      timestamp: 0,
      key,
      value: Buffer.from(value),
      headers: [{ name: 'trace', value: trace }],
    })),
    { bootstrapServers: 'b' },
  );

const json = JSON.stringify(order);
const event = eventOf(['hello world, this is no JSON', json, '', 'BAD', 'null']);
const inBase64 = Buffer.from(json).toString('base64');

test.each([
  [
    `SyntaxError: Unexpected token 'h', "hello worl"... is not valid JSON`,
    `SyntaxError: Unexpected token 'h', (not shown)... is not valid JSON`,
  ],
  [
    `SyntaxError: Unexpected token 'B', "BAD" is not valid JSON`,
    `SyntaxError: Unexpected token 'B', (not shown) is not valid JSON`,
  ],
  [`Unrecognized token 'BAD': was expecting JSON`, `Unrecognized token '(not shown)': was expecting JSON`],
  ['Error: no customer Alice Miller', 'Error: no customer (not shown)'],
  ['Error: no customer ALICE MILLER', 'Error: no customer (not shown)'],
  ['Error: no customer Alice Mil...', 'Error: no customer (not shown)...'],
  ['Error: key-123 and trace-99 and 41234', 'Error: (not shown) and (not shown) and (not shown)'],
  [`Error: ${json}`, 'Error: (not shown)'],
  [`Error: ${json.slice(0, 30)}...`, 'Error: (not shown)...'],
  [`Error: ${JSON.stringify(json)}!`, 'Error: "(not shown)"!'],
  [`Error: ${json.replaceAll('"', "'")}`, 'Error: (not shown)'],
  [`Error: card 41112222`, 'Error: card (not shown)'],
  [`Error: ${inBase64.slice(8, 40)}`, 'Error: (not shown)'],
  [
    `Error: <Buffer ${Buffer.from(json).subarray(0, 9).toString('hex').replaceAll(/../g, '$& ')}...>`,
    'Error: <Buffer (not shown) ...>',
  ],
  [`Error: [${[...trace].join(',')}]`, 'Error: [(not shown)]'],
  [`TypeError: Cannot read properties of undefined (reading 'customer')`, null],
  [`TypeError: Cannot read properties of null (reading 'id')`, null],
  ['SyntaxError: "undefined" is not valid JSON', null],
  ['Error: monkey-1234 is another word', null],
])('%s', (text, shown) => expect(withoutContents(text, event)).toBe(shown ?? text));

test('every record of a large batch is looked at, and a long error is cut', () => {
  const values = Array.from({ length: 30_000 }, (_, index) => `{"id":"customer-number-${index}"}`);
  expect(withoutContents('Error: customer-number-29999', eventOf(values))).toBe('Error: (not shown)');
  const long = withoutContents(`Error: ${'-'.repeat(10_000)}`, event);
  expect(long.length).toBeLessThan(4100);
});

test('no part of a value is shown, wherever an error is cut', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789-') }),
      fc.nat(40),
      fc.nat(40),
      (secret, from, length) => {
        const part = secret.slice(from % (secret.length - 8)).slice(0, 8 + length);
        expect(withoutContents(`E: <${part}>`, eventOf([JSON.stringify({ secret })]))).toBe('E: <(not shown)>');
      },
    ),
  );
});

/** The cases of AWS’s pages on filter rules and on filtering Kafka events, and of its event pattern library. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterFaults } from '../../src/filter/pattern-faults.js';
import { compileFilter } from '../../src/filter/record-filter.js';
import { matchesParts, wildcardParts } from '../../src/filter/wildcard.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const judge = (pattern: unknown, value: Uint8Array | null, rest: object = {}) => {
  const text = JSON.stringify(pattern);
  expect(filterFaults(text)).toEqual([]);
  return compileFilter([text]).judge({ value, ...rest });
};
/** Whether a JSON document, as text, matches a rule for its members. */
const matches = (rule: unknown, document: string) => judge({ value: rule }, bytes(document)).because === 'match';

describe('operators', () => {
  const rows: [rule: unknown, yes: string[], no: string[]][] = [
    [{ UserID: [null] }, ['{"UserID":null}'], ['{"UserID":""}', '{"UserID":"null"}', '{}', '{"UserID":0}']],
    [{ LastName: [''] }, ['{"LastName":""}'], ['{"LastName":null}', '{"LastName":" "}', '{}']],
    [{ Name: ['Alice'] }, ['{"Name":"Alice"}'], ['{"Name":"alice"}', '{"Name":"Alicen"}', '{"name":"Alice"}']],
    [{ Name: [{ 'equals-ignore-case': 'alice' }] }, ['{"Name":"ALiCE"}'], ['{"Name":"alicia"}', '{"Name":5}']],
    [
      { Location: ['New York'], Day: ['Monday'] },
      ['{"Location":"New York","Day":"Monday","Hour":5}'],
      ['{"Location":"New York"}', '{"Location":"New York","Day":"Sunday"}'],
    ],
    [
      { PaymentType: ['Credit', 'Debit'] },
      ['{"PaymentType":"Credit"}', '{"PaymentType":"Debit"}'],
      ['{"PaymentType":"Cash"}'],
    ],
    [
      { $or: [{ Location: ['New York'] }, { Day: ['Monday'] }] },
      ['{"Location":"New York"}', '{"Day":"Monday","Location":"Rome"}'],
      ['{"Location":"Rome","Day":"Sunday"}', '{}'],
    ],
    [
      { source: ['s'], $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: [4] }] }] },
      ['{"source":"s","a":1}', '{"source":"s","b":2,"d":4}'],
      ['{"a":1}', '{"source":"s","b":2}', '{"source":"s","d":4}'],
    ],
    [
      { Weather: [{ 'anything-but': ['Raining'] }] },
      ['{"Weather":"Sunny"}', '{"Weather":5}', '{"Weather":null}', '{"Weather":["Raining","Sunny"]}'],
      ['{"Weather":"Raining"}', '{}', '{"Weather":{"a":1}}', '{"Weather":["Raining"]}'],
    ],
    [{ x: [{ 'anything-but': [100, 200] }] }, ['{"x":300}', '{"x":"100"}'], ['{"x":100}', '{"x":200}']],
    [{ x: [{ 'anything-but': { prefix: 'init' } }] }, ['{"x":"running"}'], ['{"x":"initial"}']],
    [{ x: [{ 'anything-but': { suffix: ['.png', '.jpg'] } }] }, ['{"x":"a.txt"}'], ['{"x":"a.jpg"}']],
    [{ x: [{ 'anything-but': { 'equals-ignore-case': ['INIT'] } }] }, ['{"x":"b"}'], ['{"x":"init"}']],
    [{ x: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, ['{"x":"/bin/"}'], ['{"x":"a/lib/b"}']],
    [{ Price: [{ numeric: ['=', 100] }] }, ['{"Price":100}', '{"Price":1e2}', '{"Price":100.0}'], ['{"Price":"100"}']],
    [
      { Price: [{ numeric: ['>', 10, '<=', 20] }] },
      ['{"Price":10.5}', '{"Price":20}', '{"Price":[1,15]}'],
      ['{"Price":10}', '{"Price":20.01}', '{"Price":"15"}', '{"Price":null}', '{}'],
    ],
    [{ Price: [{ numeric: ['<', 0] }] }, ['{"Price":-1}'], ['{"Price":0}']],
    [
      { ProductName: [{ exists: true }] },
      ['{"ProductName":"x"}', '{"ProductName":null}', '{"ProductName":false}'],
      ['{}', '{"ProductName":{"a":1}}', '{"ProductName":[]}'],
    ],
    [
      { ProductName: [{ exists: false }] },
      ['{}', '{"ProductName":{"a":1}}', '{"other":1}'],
      ['{"ProductName":"x"}', '{"ProductName":null}'],
    ],
    [{ a: { b: [{ exists: false }] } }, ['{}', '{"a":5}', '{"a":{"c":1}}'], ['{"a":{"b":1}}', '{"a":[{},{"b":1}]}']],
    [{ a: [{ exists: false }, 'x'] }, ['{}', '{"a":"x"}'], ['{"a":"y"}']],
    [{ Region: [{ prefix: 'us-' }] }, ['{"Region":"us-east-1"}'], ['{"Region":"eu"}', '{"Region":["eu"]}']],
    [{ Service: [{ prefix: { 'equals-ignore-case': 'EventB' } }] }, ['{"Service":"eventbridge"}'], ['{"Service":"e"}']],
    [{ FileName: [{ suffix: '.png' }] }, ['{"FileName":"a.png"}'], ['{"FileName":"a.PNG"}']],
    [{ FileName: [{ suffix: { 'equals-ignore-case': '.png' } }] }, ['{"FileName":"a.PNG"}'], ['{"FileName":"png"}']],
    [{ p: [{ wildcard: 'dir/*.p*g' }] }, ['{"p":"dir/a/b.png"}', '{"p":"dir/.pg"}'], ['{"p":"dir/a.pn"}']],
    [{ p: [{ wildcard: String.raw`\**` }] }, ['{"p":"*a"}', '{"p":"*"}'], ['{"p":"a*"}']],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, ['{"ip":"10.0.0.255"}'], ['{"ip":"10.0.1.0"}', '{"ip":"x"}', '{"ip":1}']],
    [{ ip: [{ cidr: '2001:db8::/32' }] }, ['{"ip":"2001:db8:1::1"}'], ['{"ip":"2001:db9::1"}', '{"ip":"10.0.0.1"}']],
    [{ ok: [true] }, ['{"ok":true}'], ['{"ok":"true"}', '{"ok":false}', '{"ok":1}']],
    [{ dynamodb: { Keys: { Id: { N: ['101'] } } } }, ['{"dynamodb":{"Keys":{"Id":{"N":"101"}}}}'], ['{"dynamodb":1}']],
    // Any value of a list is enough, and members of one object in a list belong together.
    [{ tags: ['a'] }, ['{"tags":["b","a"]}', '{"tags":[["a"]]}'], ['{"tags":["b"]}', '{"tags":[]}']],
    [
      { items: { name: ['Anna'], city: ['Rome'] } },
      ['{"items":[{"name":"Bo"},{"name":"Anna","city":"Rome"}]}', '{"items":{"name":"Anna","city":"Rome"}}'],
      ['{"items":[{"name":"Anna","city":"Oslo"},{"name":"Bo","city":"Rome"}]}'],
    ],
    [{ a: [1] }, ['[{"a":2},{"a":1}]'], ['[]', '[{"b":1}]', '{"a":{"a":1}}']],
    // Names of members are data.
    [{ constructor: [{ exists: true }] }, ['{"constructor":1}'], ['{}']],
    [{ $or: { a: [1] } }, ['{"$or":{"a":1}}'], ['{"a":1}']],
  ];
  test.each(rows)('%j', (rule, yes, no) => {
    for (const document of yes) expect(matches(rule, document), document).toBe(true);
    for (const document of no) expect(matches(rule, document), document).toBe(false);
  });

  test('numbers are equal by their text: 300, 300.0 and 3.0e2 differ', () => {
    const texts = ['300', '300.0', '3.0e2', '3e2', '12345678901234567890', '12345678901234567000', '0', '-0'];
    for (const text of texts) {
      const filter = compileFilter([`{"value":{"n":[${text}]}}`]);
      const opposite = compileFilter([`{"value":{"n":[{"anything-but":[${text}]}]}}`]);
      for (const other of texts) {
        expect(filter.sends({ value: bytes(`{"n": ${other} }`) }), `${text} ${other}`).toBe(text === other);
        expect(opposite.sends({ value: bytes(`{"n":[${other}]}`) }), `${text} ${other}`).toBe(text !== other);
      }
    }
  });
});

describe('the format of the record and of the pattern', () => {
  const json = { value: { device_ID: [{ prefix: 'AB' }] } };
  const plain = { value: [{ 'anything-but': ['error'] }] };
  const rows: [pattern: object, value: Uint8Array | null, sent: boolean, because: string][] = [
    [json, bytes('{"device_ID":"AB1234"}'), true, 'match'],
    [json, bytes(' \n{"device_ID":"XY"}'), false, 'no-match'],
    [json, bytes('AB plain'), true, 'format'],
    [json, bytes('"AB"'), true, 'format'],
    [json, bytes('{"device_ID":"AB"'), true, 'format'],
    [json, Buffer.from([0xff, 0xfe, 0x41]), true, 'format'],
    [json, null, true, 'format'],
    [plain, bytes('hello'), true, 'match'],
    [plain, bytes('error'), false, 'no-match'],
    [plain, bytes(''), true, 'match'],
    [plain, bytes('{"a":"error"}'), true, 'format'],
    [{ value: ['42'] }, bytes('42'), true, 'match'],
    [{ value: [42] }, bytes('42'), false, 'no-match'],
    // The other parts of the pattern still decide.
    [{ ...json, partition: [3] }, bytes('plain'), true, 'format'],
    [{ ...json, partition: [4] }, bytes('plain'), false, 'no-match'],
    [{ ...json, body: ['x'] }, bytes('plain'), false, 'no-match'],
    [{ body: [{ exists: false }] }, bytes('plain'), true, 'match'],
    [{ topic: ['orders'] }, null, true, 'match'],
    // A pattern with rules for both formats is compared in the format of the record.
    [{ $or: [{ value: { a: [1] } }, { value: ['x'] }] }, bytes('x'), true, 'match'],
    [{ $or: [{ value: { a: [1] } }, { value: ['x'] }] }, bytes('y'), false, 'no-match'],
  ];
  test.each(rows)('%j on %s', (pattern, value, sent, because) => {
    expect(judge(pattern, value, { topic: 'orders', partition: 3 })).toMatchObject({ sent, because });
  });

  test('patterns are joined by OR, and the verdict names the pattern', () => {
    const filter = compileFilter(['{"value":{"a":[1]}}', '{"value":{"a":[2]}}']);
    expect(filter.judge({ value: bytes('{"a":2}') })).toEqual({ sent: true, because: 'match', pattern: 1 });
    expect(filter.judge({ value: bytes('{"a":3}') })).toEqual({ sent: false, because: 'no-match' });
    expect(compileFilter([]).judge({ value: null })).toEqual({ sent: true, because: 'no-filter' });
  });

  test('a key, with a schema registry', () => {
    const pattern = { key: [{ prefix: 'eu-' }], value: { a: [1] } };
    expect(judge(pattern, bytes('{"a":1}'), { key: bytes('eu-7') }).sent).toBe(true);
    expect(judge(pattern, bytes('{"a":1}'), { key: bytes('us-7') }).sent).toBe(false);
    expect(judge(pattern, bytes('{"a":1}')).sent).toBe(false);
  });
});

test('a value of any bytes, and JSON of any depth, is judged', () => {
  const filter = compileFilter(['{"value":{"a":{"b":[1,{"exists":false}]}}}', '{"value":["x"]}']);
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (value) => {
      expect(['match', 'format', 'no-match']).toContain(filter.judge({ value }).because);
    }),
  );
  const deep = `${'[1.0,'.repeat(50_000)}1${']'.repeat(50_000)}`;
  expect(filter.judge({ value: bytes(deep) }).because).toBe('match');
  expect(filter.judge({ value: bytes('['.repeat(200_000)) }).because).toBe('format');
});

test('a wildcard matches as a regular expression does', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '*') }),
      fc.string({ unit: fc.constantFrom('a', 'b') }),
      (pattern, text) => {
        const parts = wildcardParts(pattern);
        expect(parts === null).toBe(pattern.includes('**'));
        if (parts !== null)
          expect(matchesParts(parts, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      },
    ),
  ));

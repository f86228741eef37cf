import { describe, expect, test } from 'vitest';
import { denied, uuid } from '../../accounts/account.js';
import { ok } from '../../../src/snapshot/read.js';
import { all, expectHarmless, expectMended, judge, mapping, textOf, shows, type Change } from '../judging.js';

const filters = (...patterns: (string | object)[]) =>
  mapping({
    FilterCriteria: {
      Filters: patterns.map((pattern) => ({
        Pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
      })),
    },
  });

describe('valid patterns', () => {
  test.each<{ name: string; pattern: object }>([
    { name: 'a plain value', pattern: { value: ['error'] } },
    { name: 'null and empty text', pattern: { value: { name: [null, ''] } } },
    { name: 'nested members', pattern: { value: { order: { total: [{ numeric: ['>', 0, '<=', 100] }] } } } },
    { name: 'numbers', pattern: { value: { total: [{ numeric: ['=', 5] }, { numeric: ['<', 1e6] }, 7] } } },
    { name: 'a range of one number', pattern: { value: { total: [{ numeric: ['>=', 5, '<=', 5] }] } } },
    {
      name: 'anything but a value, a list, a prefix',
      pattern: {
        value: {
          a: [{ 'anything-but': 'x' }],
          b: [{ 'anything-but': ['x', 2] }],
          c: [{ 'anything-but': { prefix: 'x' } }],
          d: [{ 'anything-but': 3 }],
        },
      },
    },
    { name: 'exists', pattern: { value: { a: [{ exists: true }], b: [{ exists: false }] } } },
    {
      name: 'without regard to case',
      pattern: {
        value: { a: [{ 'equals-ignore-case': 'X' }, { prefix: { 'equals-ignore-case': 'y' } }, { suffix: '.png' }] },
      },
    },
    { name: 'either', pattern: { value: { $or: [{ a: [1] }, { b: [2] }] } } },
    { name: 'asks that something else is absent', pattern: { value: { a: [1] }, body: [{ exists: false }] } },
  ])('$name', ({ pattern }) => expectHarmless('mapping.filter', 'pass', filters(pattern)));
});

describe('patterns that are none', () => {
  test.each<[string, string | object, RegExp]>([
    ['no JSON', '{value:', /not valid JSON/],
    ['no object', '["error"]', /not a JSON object/],
    ['too long', JSON.stringify({ value: ['x'.repeat(5000)] }), /at most 4096/],
    ['a value without its list', { value: { name: 'x' } }, /value\.name is neither a list/],
    ['an empty list', { value: { name: [] } }, /empty list/],
    ['a list in a list', { value: { name: [['x']] } }, /list inside a list/],
    ['an operator that is none', { value: { name: [{ matches: 'x' }] } }, /“matches”, which is not an operator/],
    ['two operators in one', { value: { name: [{ prefix: 'x', suffix: 'y' }] } }, /operator object with 2 keys/],
    ['exists with a text', { value: { name: [{ exists: 'true' }] } }, /“exists” needs true or false/],
    ['numeric with a text', { value: { name: [{ numeric: '> 5' }] } }, /“numeric” needs a comparison/],
    ['numeric without a number', { value: { name: [{ numeric: ['>', '5'] }] } }, /“numeric” needs/],
    ['a range from above', { value: { name: [{ numeric: ['<', 5, '>', 1] }] } }, /“numeric” needs/],
    ['an empty range', { value: { name: [{ numeric: ['>', 10, '<', 5] }] } }, /has an empty range/],
    ['a prefix that is a number', { value: { name: [{ prefix: 5 }] } }, /“prefix” needs a string/],
    ['anything but nothing', { value: { name: [{ 'anything-but': [] }] } }, /needs strings or numbers/],
    ['anything but an object', { value: { name: [{ 'anything-but': { exists: true } }] } }, /needs a value, a list/],
    ['$or with one alternative', { value: { $or: [{ a: [1] }] } }, /needs two or more objects/],
  ])('%s', (_, pattern, says) => {
    const finding = judge('mapping.filter', filters(pattern));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toMatch(says);
  });

  test('one of several is enough to refuse them all, and their number is told', () => {
    const finding = judge(
      'mapping.filter',
      filters({ value: ['a'] }, { value: ['b'] }, { value: ['c'] }, { value: ['d'] }, { value: ['e'] }, '{'),
    );
    expect(textOf(finding)).toContain('6 patterns; the default quota');
    expect(
      textOf(
        judge('mapping.filter', filters({ value: ['a'] }, { value: ['b'] }, { value: ['c'] }, { value: ['d'] }, '{')),
      ),
    ).not.toContain('patterns;');
  });
});

describe('more patterns than the default quota', () => {
  const several = (count: number) =>
    filters(...Array.from({ length: count }, (_, index) => ({ value: { kind: [`k${index}`] } })));
  test.each([6, 7, 10, 20])('%i', (count) => {
    expectHarmless('mapping.filter', 'warn', several(count));
    const finding = judge('mapping.filter', several(count));
    expect(textOf(finding)).toMatch(new RegExp(`${count} patterns; the default quota is 5`));
    expect(finding.fixes).toMatchObject([{ safety: 'by-hand', title: expect.stringMatching(/^Combine patterns/) }]);
  });
  test.each([1, 4, 5])('%i: no alarm', (count) => expectHarmless('mapping.filter', 'pass', several(count)));
  test('patterns of which none can match are the fault that is textOf', () =>
    expect(judge('mapping.filter', filters(...Array.from({ length: 6 }, () => ({ body: ['x'] }))))).toMatchObject({
      status: 'fail',
      title: expect.stringContaining('never matches a Kafka record'),
    }));
});

describe('patterns that match nothing', () => {
  test.each(['body', 'data', 'dynamodb', 'Value'])('%s is no member of a Kafka record', (name) => {
    const finding = judge('mapping.filter', filters({ [name]: { type: ['order'] } }));
    expect(finding.status).toBe('fail');
    expect(textOf(finding)).toContain(`“${name}”, which a Kafka record does not have`);
  });
  test('key and topic are there, and not supported', () =>
    expect(judge('mapping.filter', filters({ key: ['a'] }))).toMatchObject({
      status: 'warn',
      title: expect.stringContaining('may never match a record'),
    }));
  test('a schema registry that validates the key lets a filter ask for it', () => {
    const validating = (...attributes: string[]) =>
      mapping({
        AmazonManagedKafkaEventSourceConfig: {
          SchemaRegistryConfig: {
            SchemaRegistryURI: 'https://registry.example.com',
            EventRecordFormat: 'JSON',
            AccessConfigs: [],
            SchemaValidationConfigs: attributes.map((Attribute) => ({ Attribute })),
          },
        },
      });
    expectHarmless(
      'mapping.filter',
      'pass',
      all(filters({ key: { id: ['a'] }, value: { type: ['order'] } }), validating('KEY', 'VALUE')),
      { provisioned: true },
    );
    expect(
      judge('mapping.filter', all(filters({ key: { id: ['a'] } }), validating('VALUE')), { provisioned: true }).status,
    ).toBe('warn');
  });
  test('one pattern that can match is enough', () =>
    expectHarmless('mapping.filter', 'pass', filters({ body: ['x'] }, { value: ['x'] })));
});

describe('an encrypted filter', () => {
  const error = (ErrorCode: string) =>
    mapping({ FilterCriteriaError: { ErrorCode, Message: 'The key is of no use.' } });
  test('whose error says nothing has none', () =>
    expectHarmless('mapping.filter', 'skip', mapping({ FilterCriteriaError: {} })));
  test('whose key is disabled stops the mapping', () =>
    expect(judge('mapping.filter', error('KMSDisabledException'))).toMatchObject({
      status: 'fail',
      evidence: [{ resource: uuid, fact: expect.stringContaining('KMSDisabledException') }],
    }));
  test('that only your credentials may not decrypt is not known, on a mapping that works', () =>
    expectHarmless('mapping.filter', 'unknown', error('KMSAccessDeniedException')));
  test('that the key’s own policy lets Lambda decrypt is hidden from your credentials alone', () => {
    const keyed = (principal: object): Change =>
      all(
        error('KMSAccessDeniedException'),
        shows('PROBLEM: Connection error.'),
        mapping({ KMSKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/filter' }),
        (snapshot) =>
          void (snapshot.keyPolicies['arn:aws:kms:eu-west-1:111122223333:key/filter'] = ok(
            JSON.stringify({
              Statement: [{ Effect: 'Allow', Principal: principal, Action: 'kms:Decrypt', Resource: '*' }],
            }),
          )),
      );
    expectHarmless('mapping.filter', 'unknown', keyed({ Service: 'lambda.amazonaws.com' }));
    const refused = keyed({ AWS: 'arn:aws:iam::111122223333:root' });
    expect(judge('access.kms', refused).status).toBe('fail');
    expect(judge('mapping.filter', refused).consequence).toMatchObject({ of: 'access.kms', isResolved: true });
  });
  test('that is denied on a mapping that does not work is a cause', () =>
    expect(judge('mapping.filter', all(error('KMSAccessDeniedException'), shows('No records processed'))).status).toBe(
      'fail',
    ));
});

test('without a filter it does not apply', () => {
  expectHarmless('mapping.filter', 'skip', () => {});
  expectHarmless('mapping.filter', 'skip', filters());
});

test('unread', () =>
  expect(
    judge('mapping.filter', (snapshot) => void (snapshot.mappings[uuid] = denied('lambda', 'GetEventSourceMapping')))
      .status,
  ).toBe('unknown'));

test('found first, taken out, healthy', () =>
  expectMended('mapping.filter', all(filters({ body: { type: ['order'] } }), shows('No records processed'))));

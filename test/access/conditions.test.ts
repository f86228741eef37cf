import { expect, test } from 'vitest';
import { judgeConditions } from '../../src/access/conditions.js';

const context = {
  s: 'Abc', n: '5', d: '2026-11-24T10:00:00Z', b: 'true', ip: '10.1.2.3', six: 'fd00::1', arn: 'arn:aws:iam::111122223333:role/app/x', bin: 'aGk=', many: ['a', 'b'], none: null, empty: [], perhaps: { among: [null, 'false'] }, since: { among: ['2026-11-24T00:00:00Z', '2026-11-24T12:00:00Z'] },
};
const judge = (operator: string, key: string, ...values: string[]) => judgeConditions([{ operator, key, values }], { context, variables: true }).is;

test.each([
  ['StringEquals', 's', 'Abc', 'yes'], ['StringEquals', 's', 'abc', 'no'], ['stringequals', 'S', 'Abc', 'yes'], ['StringEquals', 's', 'A*', 'no'], ['StringNotEquals', 's', 'Abc', 'no'], ['StringNotEquals', 's', 'x', 'yes'],
  ['StringEqualsIgnoreCase', 's', 'aBC', 'yes'], ['StringNotEqualsIgnoreCase', 's', 'aBC', 'no'], ['StringLike', 's', 'A*', 'yes'], ['StringLike', 's', 'a*', 'no'], ['StringLike', 's', 'A?c', 'yes'], ['StringNotLike', 's', 'A*', 'no'], ['StringNotLike', 's', 'z*', 'yes'],
  ['NumericEquals', 'n', '5.0', 'yes'], ['NumericNotEquals', 'n', '5', 'no'], ['NumericLessThan', 'n', '6', 'yes'], ['NumericLessThan', 'n', '5', 'no'], ['NumericLessThanEquals', 'n', '5', 'yes'], ['NumericGreaterThan', 'n', '4', 'yes'], ['NumericGreaterThan', 'n', '5', 'no'], ['NumericGreaterThanEquals', 'n', '5', 'yes'], ['NumericEquals', 's', '5', 'no'], ['NumericEquals', 'n', 'x', 'no'], ['NumericEquals', 'n', '', 'no'],
  ['DateEquals', 'd', '2026-11-24T10:00:00.000Z', 'yes'], ['DateNotEquals', 'd', '2026-11-24T10:00:00Z', 'no'], ['DateLessThan', 'd', '2027-01-01', 'yes'], ['DateLessThan', 'd', '2026-01-01', 'no'], ['DateLessThanEquals', 'd', '2026-11-24T10:00:00Z', 'yes'], ['DateGreaterThan', 'd', '2026-01-01T00:00:00Z', 'yes'], ['DateGreaterThan', 'd', '1764000000', 'yes'], ['DateGreaterThanEquals', 'd', '2026-11-24T11:00:00+01:00', 'yes'], ['DateLessThan', 'd', 'soon', 'no'],
  ['Bool', 'b', 'true', 'yes'], ['Bool', 'b', 'TRUE', 'yes'], ['Bool', 'b', 'false', 'no'], ['Bool', 'none', 'false', 'no'], ['BoolIfExists', 'none', 'true', 'yes'], ['BoolIfExists', 'b', 'false', 'no'],
  ['BinaryEquals', 'bin', 'aGk=', 'yes'], ['BinaryEquals', 'bin', 'aGo=', 'no'],
  ['IpAddress', 'ip', '10.0.0.0/8', 'yes'], ['IpAddress', 'ip', '10.1.2.3', 'yes'], ['IpAddress', 'ip', '10.1.2.4', 'no'], ['IpAddress', 'ip', '11.0.0.0/8', 'no'], ['NotIpAddress', 'ip', '10.0.0.0/8', 'no'], ['NotIpAddress', 'ip', '11.0.0.0/8', 'yes'], ['IpAddress', 'six', 'fd00::/8', 'yes'], ['IpAddress', 'six', '0.0.0.0/0', 'no'], ['IpAddress', 'ip', '10.0.0.0/33', 'no'], ['IpAddress', 'ip', 'x', 'no'],
  ['ArnEquals', 'arn', 'arn:aws:iam::111122223333:role/app/x', 'yes'], ['ArnLike', 'arn', 'arn:aws:iam::*:role/*', 'yes'], ['ArnEquals', 'arn', 'arn:aws:iam::*:role/*', 'yes'], ['ArnLike', 'arn', 'arn:aws:*:role/*', 'no'], ['ArnNotLike', 'arn', 'arn:aws:iam::*:role/*', 'no'], ['ArnNotEquals', 'arn', 'arn:aws:iam::1:role/y', 'yes'],
  ['Null', 'none', 'true', 'yes'], ['Null', 'none', 'false', 'no'], ['Null', 's', 'true', 'no'], ['Null', 's', 'false', 'yes'], ['Null', 'empty', 'true', 'yes'], ['Null', 'elsewhere', 'true', 'unknown'],
  ['StringEquals', 'none', 'x', 'no'], ['StringNotEquals', 'none', 'x', 'yes'], ['StringLike', 'none', '*', 'no'], ['StringNotLike', 'none', '*', 'yes'], ['StringEqualsIfExists', 'none', 'x', 'yes'], ['StringEqualsIfExists', 's', 'x', 'no'], ['NumericLessThan', 'none', '1', 'no'], ['NotIpAddress', 'none', '0.0.0.0/0', 'yes'], ['ArnNotLike', 'none', '*', 'yes'],
  ['ForAllValues:StringEquals', 'none', 'x', 'yes'], ['ForAnyValue:StringEquals', 'none', 'x', 'no'], ['ForAnyValue:StringNotEquals', 'none', 'x', 'no'], ['ForAnyValue:StringEquals', 'many', 'a', 'yes'], ['ForAnyValue:StringEquals', 'many', 'z', 'no'], ['ForAllValues:StringEquals', 'many', 'a', 'no'], ['ForAllValues:StringLike', 'many', '?', 'yes'], ['ForAnyValue:StringNotEquals', 'many', 'a', 'yes'], ['ForAllValues:StringNotEquals', 'many', 'a', 'no'], ['ForAllValues:StringNotEquals', 'many', 'z', 'yes'], ['ForAllValues:StringEquals', 'empty', 'x', 'yes'], ['ForAnyValue:StringEquals', 'empty', 'x', 'no'],
  ['StringEquals', 'elsewhere', 'x', 'unknown'], ['StringNotEquals', 'elsewhere', 'x', 'unknown'], ['StringEqualsIfExists', 'elsewhere', 'x', 'unknown'], ['ForAllValues:StringEquals', 'elsewhere', 'x', 'unknown'], ['Bogus', 's', 'x', 'unknown'],
  ['Bool', 'perhaps', 'false', 'unknown'], ['Bool', 'perhaps', 'true', 'no'], ['BoolIfExists', 'perhaps', 'false', 'yes'], ['BoolIfExists', 'perhaps', 'true', 'unknown'], ['Null', 'perhaps', 'true', 'unknown'],
  ['DateLessThan', 'since', '2026-11-23T00:00:00Z', 'no'], ['DateLessThan', 'since', '2026-11-24T06:00:00Z', 'unknown'], ['DateLessThan', 'since', '2026-11-25T00:00:00Z', 'yes'],
  ['StringEquals', 's', '${s}', 'yes'], ['StringEquals', 's', '${n}', 'no'], ['StringEquals', 's', '${elsewhere}', 'unknown'], ['StringEquals', 's', '${none}', 'no'],
] as const)('%s %s %s: %s', (operator, key, value, expected) => expect(judge(operator, key, value)).toBe(expected));

test('one of several values is enough, and none may match a negation', () => {
  expect(judge('StringEquals', 's', 'x', 'Abc')).toBe('yes');
  expect(judge('StringNotEquals', 's', 'x', 'Abc')).toBe('no');
});
test('a clause that is surely false decides, whatever is unknown', () => {
  const clauses = [{ operator: 'StringEquals', key: 'elsewhere', values: ['x'] }, { operator: 'StringEquals', key: 's', values: ['x'] }];
  expect(judgeConditions(clauses, { context, variables: true }).is).toBe('no');
  expect(judgeConditions(clauses.slice(0, 1), { context, variables: true })).toMatchObject({ because: expect.stringContaining('elsewhere') });
});

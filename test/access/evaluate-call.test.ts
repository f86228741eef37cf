/** One needed call with all its forms and resources. */
import { expect, test } from 'vitest';
import type { Layers } from '../../src/access/authorize.js';
import { evaluateCall } from '../../src/access/evaluate-call.js';
import type { CallRequest, NeededCall } from '../../src/access/needed-calls.js';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/orders`;
const queue = (name: string, owner = account) => `arn:aws:sqs:eu-west-1:${owner}:${name}`;
const allow = (more: object) => ({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*', ...more });
const deny = (more: object = {}) => ({ Sid: 'Never', Effect: 'Deny', Action: '*', Resource: '*', ...more });
const perhaps = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };

const layersOf = (statements: object[], more: Partial<Layers> = {}): Layers => ({
  role: {
    roleArn: role,
    role: { RoleName: 'orders', Arn: role, Tags: [] },
    identity: [
      {
        name: 'own',
        kind: 'inline',
        arn: null,
        document: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
      },
    ],
    boundary: null,
    unreadable: [],
  },
  organization: { service: null, resource: null },
  resource: null,
  ...more,
});
const request = (...resources: string[]): CallRequest => ({ action: 'sqs:SendMessage', resources });
const call = (first: CallRequest, ...others: CallRequest[]): NeededCall => ({
  anyOf: [first, ...others],
  weight: 'needed',
});
const evaluate = (needed: NeededCall, statements: object[]) => evaluateCall(needed, layersOf(statements), {});

test.each<{ name: string; needed: NeededCall; statements: object[]; expected: string }>([
  {
    name: 'a second form that is allowed is enough',
    needed: call(request(queue('a')), request(queue('b'))),
    statements: [allow({ Resource: queue('b') })],
    expected: 'allowed',
  },
  {
    name: 'a second form that may be allowed leaves it undecided',
    needed: call(request(queue('a')), request(queue('b'))),
    statements: [allow({ Resource: queue('b'), ...perhaps })],
    expected: 'cannot-tell',
  },
  {
    name: 'no form is allowed',
    needed: call(request(queue('a')), request(queue('b'))),
    statements: [allow({ Resource: queue('c') })],
    expected: 'denied',
  },
  {
    name: 'all resources of a request are allowed',
    needed: call(request(queue('a'), queue('b'))),
    statements: [allow({ Resource: [queue('a'), queue('b')] })],
    expected: 'allowed',
  },
  {
    name: 'some resources of a request are not allowed',
    needed: call(request(queue('a'), queue('b'))),
    statements: [allow({ Resource: queue('b') })],
    expected: 'cannot-tell',
  },
  {
    name: 'some resources of a request are denied by a statement',
    needed: call(request(queue('a'), queue('b'))),
    statements: [allow({}), deny({ Resource: queue('a') })],
    expected: 'denied',
  },
  {
    name: 'no resource of a request is allowed',
    needed: call(request(queue('a'), queue('b'))),
    statements: [],
    expected: 'denied',
  },
  {
    name: 'a resource is denied by a statement, and of the other it is not known',
    needed: call(request(queue('a'), queue('b'))),
    statements: [deny({ Resource: queue('a') }), allow(perhaps)],
    expected: 'denied',
  },
  {
    name: 'one resource may be allowed, the other is',
    needed: call(request(queue('a'), queue('b'))),
    statements: [allow({ Resource: queue('a') }), allow({ Resource: queue('b'), ...perhaps })],
    expected: 'cannot-tell',
  },
])('$name', ({ needed, statements, expected }) => expect(evaluate(needed, statements).answer).toBe(expected));

const refusalOf = (needed: NeededCall, statements: object[]) => {
  const result = evaluate(needed, statements);
  if (result.answer !== 'denied') throw new Error(`it is ${result.answer}`);
  return result.refusal;
};

test('the statements that deny are named alone, each of them', () => {
  const { decisions, nearMisses } = refusalOf(call(request(queue('a'))), [
    allow({ Resource: queue('b') }),
    deny(),
    deny({ Sid: 'Neither' }),
  ]);
  expect(decisions.map(({ effect, statement }) => [effect, statement])).toEqual([
    ['deny', 'Never'],
    ['deny', 'Neither'],
  ]);
  expect(nearMisses).toEqual([]);
});

test('without a denial the layer that does not allow is named, with what looks like the right', () => {
  const {
    decisions,
    nearMisses,
    request: refused,
  } = refusalOf(call(request(queue('a'), queue('c'))), [allow({ Resource: queue('b') })]);
  expect(decisions).toMatchObject([{ layer: 'identity', effect: 'no-match' }]);
  expect(decisions[0]!.because).toContain(queue('a'));
  expect(nearMisses).toMatchObject([{ policy: 'own', statement: '1' }]);
  expect(refused.resources).toEqual([queue('a'), queue('c')]);
});

test('the context knows whose the resource is, and the call knows better', () => {
  const owned = { Condition: { StringEquals: { 'aws:ResourceAccount': account } } };
  expect(evaluate(call(request(queue('a'))), [allow(owned)]).answer).toBe('allowed');
  expect(evaluate(call(request(queue('a', '444455556666'))), [allow(owned)]).answer).toBe('denied');
  expect(evaluate(call(request(queue('a', '*'))), [allow(owned)]).answer).toBe('cannot-tell');
  const bucket = { ...call(request('arn:aws:s3:::dead')), context: { 'aws:ResourceAccount': account } };
  expect(evaluate(bucket, [allow(owned)]).answer).toBe('allowed');
  const other = { ...call(request(queue('a'))), context: { 'aws:ResourceAccount': '444455556666' } };
  expect(evaluate(other, [allow(owned)]).answer).toBe('denied');
});

test('a doubt says which statement, or which policy was not read', () => {
  const doubtful = evaluate(call(request(queue('a'))), [allow(perhaps)]);
  expect(doubtful).toMatchObject({ because: expect.stringContaining('statement 1 of own') as string });
  const failure = {
    outcome: 'denied',
    service: 'iam',
    operation: 'GetRolePolicy',
    action: 'iam:GetRolePolicy',
    error: 'AccessDenied',
  } as const;
  const layers = layersOf([]);
  const unread = evaluateCall(
    call(request(queue('a'))),
    { ...layers, role: { ...layers.role, unreadable: [{ what: 'identity', failure }] } },
    {},
  );
  expect(unread).toEqual({
    answer: 'cannot-tell',
    because: 'a policy that may allow or deny sqs:SendMessage could not be read',
    missing: [failure],
  });
});

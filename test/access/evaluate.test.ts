import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccessRequest } from '../../src/access/access-question.js';
import { evaluateDocument } from '../../src/access/evaluate.js';

const role = 'arn:aws:iam::111122223333:role/app';
const asRole: AccessRequest = {
  action: 'sqs:SendMessage',
  resource: 'arn:aws:sqs:eu-west-1:111122223333:q',
  principal: { aws: role },
  context: {},
};
const asService: AccessRequest = { ...asRole, principal: { service: 'lambda.amazonaws.com' } };
const text = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const answer = (document: string, request = asRole, layer: 'endpoint' | 'identity' = 'endpoint') =>
  evaluateDocument(document, request, { layer, policy: 'p' }).answer;
const allow = (more: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });

describe('whom a statement speaks of', () => {
  test.each([
    ['*', 'allowed', 'allowed'],
    [{ AWS: '*' }, 'allowed', 'allowed'],
    [{ AWS: role }, 'allowed', 'denied'],
    [{ AWS: ['x', role] }, 'allowed', 'denied'],
    [{ AWS: '111122223333' }, 'allowed', 'denied'],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, 'allowed', 'denied'],
    [{ AWS: '444455556666' }, 'denied', 'denied'],
    [{ AWS: `${role}2` }, 'denied', 'denied'],
    [{ AWS: 'arn:aws:iam::111122223333:role/*' }, 'denied', 'denied'],
    [{ AWS: 'arn:aws:sts::111122223333:assumed-role/app/s' }, 'cannot-tell', 'denied'],
    [{ AWS: 'arn:aws:sts::111122223333:assumed-role/other/s' }, 'denied', 'denied'],
    [{ Service: 'lambda.amazonaws.com' }, 'denied', 'allowed'],
    [{ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }, 'denied', 'allowed'],
    [{ Service: 'ec2.amazonaws.com' }, 'denied', 'denied'],
    [{ Service: 'lambda.amazonaws.com.cn' }, 'denied', 'cannot-tell'],
    [{ Service: 'lambda.eu-west-1.amazonaws.com' }, 'denied', 'cannot-tell'],
    [{ Federated: 'x' }, 'denied', 'denied'],
  ] as const)('%j: role %s, service %s', (Principal, forRole, forService) => {
    expect(answer(text(allow({ Principal })))).toBe(forRole);
    expect(answer(text(allow({ Principal })), asService)).toBe(forService);
  });

  test('NotPrincipal leaves out only what it surely names', () => {
    const denies = (NotPrincipal: unknown) =>
      answer(text(allow({ Principal: '*' }), { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal }));
    expect(denies({ AWS: '444455556666' })).toBe('denied');
    expect(denies({ AWS: role })).toBe('cannot-tell');
  });
});

describe('documents as they are found', () => {
  test.each([
    {
      name: 'one statement, no list',
      document: JSON.stringify({ Statement: allow({ Principal: '*' }) }),
      expected: 'allowed',
    },
    { name: 'a byte-order mark', document: `\uFEFF${text(allow({ Principal: '*' }))}`, expected: 'allowed' },
    { name: 'percent-encoded', document: encodeURIComponent(text(allow({ Principal: '*' }))), expected: 'allowed' },
    { name: 'no statement at all', document: JSON.stringify({ Statement: [] }), expected: 'denied' },
    { name: 'no JSON', document: '{', expected: 'cannot-tell' },
    { name: 'empty', document: '', expected: 'cannot-tell' },
    { name: 'a list', document: '[]', expected: 'cannot-tell' },
    { name: 'no Statement', document: '{}', expected: 'cannot-tell' },
    { name: 'an odd Effect', document: text(allow({ Principal: '*', Effect: 'Maybe' })), expected: 'cannot-tell' },
    { name: 'a statement that is null', document: text(null), expected: 'cannot-tell' },
    {
      name: 'a deny beside the allow',
      document: text(allow({ Principal: '*' }), { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }),
      expected: 'denied',
    },
    {
      name: 'a deny that may hold',
      document: text(allow({ Principal: '*' }), {
        Effect: 'Deny',
        Principal: '*',
        Action: '*',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:SourceVpc': 'v' } },
      }),
      expected: 'cannot-tell',
    },
    {
      name: 'a deny of another action',
      document: text(allow({ Principal: '*' }), { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
      expected: 'allowed',
    },
    {
      name: 'NotResource',
      document: text({ Effect: 'Allow', Principal: '*', Action: '*', NotResource: asRole.resource }),
      expected: 'denied',
    },
    {
      name: 'NotAction',
      document: text({ Effect: 'Allow', Principal: '*', NotAction: 's3:*', Resource: '*' }),
      expected: 'allowed',
    },
  ])('$name', ({ document, expected }) => expect(answer(document)).toBe(expected));

  test('an unparsable document is named', () =>
    expect(evaluateDocument('{', asRole, { layer: 'endpoint', policy: 'vpce-1' }).trace).toMatchObject([
      { policy: 'vpce-1', effect: 'cannot-tell' },
    ]));
  test('whatever the text, an answer comes back', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (document) =>
        ['allowed', 'denied', 'cannot-tell'].includes(answer(document)),
      ),
    ));
});

describe('what holds for every policy', () => {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.constantFrom('*', 'sqs:*', 'sqs:Send*', 's3:*'),
    Resource: fc.constantFrom('*', asRole.resource, 'arn:aws:sqs:*:*:other'),
    Condition: fc.constantFrom({}, { StringEquals: { 'aws:SourceVpc': 'v' } }, { Null: { 'aws:username': 'true' } }),
  });
  const statements = fc.array(statement, { maxLength: 6 });
  const identity = (list: unknown[]) => answer(text(...list), asRole, 'identity');
  const rank = { denied: 0, 'cannot-tell': 1, allowed: 2 } as const;

  test('one more allow never takes away, one more deny never grants', () => {
    fc.assert(
      fc.property(statements, statement, (list, extra) => {
        const [before, after] = [rank[identity(list)], rank[identity([...list, extra])]];
        return extra.Effect === 'Allow' ? after >= before : after <= before;
      }),
    );
  });
  test('the order of statements does not matter', () => {
    fc.assert(fc.property(statements, (list) => identity(list) === identity(list.toReversed())));
  });
});

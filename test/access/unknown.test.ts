/** What is not known stays unknown: no answer follows from a policy that could not be read, and no denial is lost beside one. */
import { describe, expect, test } from 'vitest';
import type { AccessRequest, Layer } from '../../src/access/access-question.js';
import { authorize, type Layers, type ResourcePolicy } from '../../src/access/authorize.js';
import { evaluateConditions } from '../../src/access/conditions.js';
import { evaluateDocument, evaluateStatements } from '../../src/access/evaluate.js';
import { matchArn, matchOpenResource, matchResource, matchText } from '../../src/access/pattern.js';
import { isDenied, matchPrincipal } from '../../src/access/principal.js';
import { isOpen } from '../../src/access/statement.js';
import { allTrue, anyTrue, every, negate, no, some, unknown, yes } from '../../src/access/tri-state.js';
import type { ReadFailure } from '../../src/snapshot/read.js';

const account = '111122223333';
const other = '444455556666';
const role = `arn:aws:iam::${account}:role/orders`;
const root = `arn:aws:iam::${account}:root`;
const session = `arn:aws:sts::${account}:assumed-role/orders/poller`;
const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:orders-a1b2c3`;
const foreignSecret = secret.replace(account, other);
const key = `arn:aws:kms:eu-west-1:${account}:key/k`;
const read = 'secretsmanager:GetSecretValue';
const failure = (operation: string): ReadFailure => ({
  outcome: 'denied',
  service: 'iam',
  operation,
  action: `iam:${operation}`,
  error: 'AccessDenied',
});

type Statement = Record<string, unknown>;
const document = (...Statement: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (more: Statement = {}): Statement => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const deny = (more: Statement = {}): Statement => ({ Effect: 'Deny', Action: '*', Resource: '*', ...more });
const perhaps = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };

interface Setting {
  identity?: unknown[];
  /** Statements; a text stands for a document that is no policy. */
  boundary?: unknown[] | string;
  scp?: unknown[][];
  rcp?: unknown[][];
  resource?: unknown[] | null;
  grants?: unknown[];
  kind?: ResourcePolicy['kind'];
  unread?: ('identity' | 'boundary' | 'resource')[];
}

function ask(
  action: string,
  resource: string,
  setting: Setting,
  principal: AccessRequest['principal'] = { aws: role },
) {
  const { unread = [], boundary, grants } = setting;
  const levels = (each: unknown[][] | undefined) =>
    each === undefined
      ? null
      : {
          levels: each.map((statements, index) => ({
            target: `ou-${index}`,
            policies: [{ id: 'p', document: document(...statements) }],
          })),
        };
  const layers: Layers = {
    role: {
      roleArn: role,
      role: { RoleName: 'orders', Arn: role, Tags: [] },
      identity: [{ name: 'own', kind: 'inline', arn: null, document: document(...(setting.identity ?? [])) }],
      boundary:
        boundary === undefined
          ? null
          : { arn: 'boundary', document: typeof boundary === 'string' ? boundary : document(...boundary) },
      unreadable: unread.flatMap((what) => (what === 'resource' ? [] : [{ what, failure: failure(what) }])),
    },
    organization: { service: levels(setting.scp), resource: levels(setting.rcp) },
    resource:
      setting.resource === undefined && grants === undefined && !unread.includes('resource')
        ? null
        : {
            kind: setting.kind ?? 'ordinary',
            name: 'resource',
            document:
              setting.resource === undefined || setting.resource === null ? null : document(...setting.resource),
            grants: grants === undefined ? null : document(...grants),
            unread: unread.includes('resource') ? [failure('GetResourcePolicy')] : [],
          },
  };
  return authorize({ action, resource, principal, context: {} }, layers);
}

interface Row {
  name: string;
  action?: string;
  resource?: string;
  setting: Setting;
  expected: 'allowed' | 'denied' | 'cannot-tell';
}

describe('layers together', () => {
  test.each<Row>([
    {
      name: 'a boundary that is no policy may deny what it does not surely allow',
      setting: { identity: [allow()], boundary: '{' },
      expected: 'cannot-tell',
    },
    {
      name: 'a boundary that may allow',
      setting: { identity: [allow()], boundary: [allow(perhaps)] },
      expected: 'cannot-tell',
    },
    {
      name: 'an identity policy that was not read may deny what the resource grants',
      setting: { identity: [], unread: ['identity'], resource: [allow({ Principal: { AWS: role } })] },
      expected: 'cannot-tell',
    },
    {
      name: 'a boundary that was not read, beside a denial',
      setting: { identity: [allow(), deny()], unread: ['boundary'] },
      expected: 'denied',
    },
    {
      name: 'across accounts a boundary binds what a resource grants to a session',
      resource: foreignSecret,
      setting: {
        identity: [allow()],
        boundary: [allow({ Action: 'sqs:*' })],
        resource: [allow({ Principal: { AWS: session } })],
      },
      expected: 'denied',
    },
    {
      name: 'across accounts a boundary binds what a resource grants to everyone',
      resource: foreignSecret,
      setting: {
        identity: [allow()],
        boundary: [allow({ Action: 'sqs:*' })],
        resource: [allow({ Principal: '*' })],
      },
      expected: 'denied',
    },
    {
      name: 'a resource policy that is no policy may grant to a session, past the boundary',
      setting: { identity: [], boundary: [allow({ Action: 'sqs:*' })], resource: [null] },
      expected: 'cannot-tell',
    },
    {
      name: 'a resource policy that was not read may grant to a session, past the boundary',
      setting: { identity: [], boundary: [allow({ Action: 'sqs:*' })], unread: ['resource'] },
      expected: 'cannot-tell',
    },
    {
      name: 'a resource policy that was not read may grant to the role',
      setting: { identity: [], unread: ['resource'] },
      expected: 'cannot-tell',
    },
    {
      name: 'a key whose policy was not read may leave the word to the account',
      action: 'kms:Decrypt',
      resource: key,
      setting: { identity: [allow()], kind: 'key', unread: ['resource'] },
      expected: 'cannot-tell',
    },
    {
      name: 'an organization without a policy on any level binds nothing',
      setting: { identity: [allow()], scp: [] },
      expected: 'allowed',
    },
    {
      name: 'a denial on a lower level of the organization',
      setting: { identity: [allow()], scp: [[allow()], [allow(), deny()]] },
      expected: 'denied',
    },
    {
      name: 'resource control policies do not bind another account’s secret',
      resource: foreignSecret,
      setting: {
        identity: [allow()],
        resource: [allow({ Principal: { AWS: role } })],
        rcp: [[allow({ Principal: '*' }), deny({ Principal: '*' })]],
      },
      expected: 'allowed',
    },
    {
      name: 'resource control policies bind an action in any spelling',
      action: 'SecretsManager:GetSecretValue',
      setting: { identity: [allow()], rcp: [[allow({ Principal: '*' }), deny({ Principal: '*' })]] },
      expected: 'denied',
    },
    {
      name: 'a grant on a key counts beside its policy',
      action: 'kms:Decrypt',
      resource: key,
      setting: { kind: 'key', resource: [], grants: [allow({ Principal: { AWS: role } })] },
      expected: 'allowed',
    },
    {
      name: 'an ARN that names no account is of the role’s own',
      action: 's3:PutObject',
      resource: 'arn:aws:s3:::dead/x',
      setting: { identity: [allow()], resource: [] },
      expected: 'allowed',
    },
    {
      name: 'a statement of a resource policy that names nobody',
      setting: { identity: [], resource: [allow()] },
      expected: 'cannot-tell',
    },
    {
      name: 'a denial in a resource policy that names nobody',
      setting: { identity: [allow()], resource: [deny()] },
      expected: 'cannot-tell',
    },
    {
      name: 'a grant to the account on another resource is none',
      resource: foreignSecret,
      setting: { identity: [allow()], resource: [allow({ Principal: { AWS: root }, Resource: `${foreignSecret}x` })] },
      expected: 'denied',
    },
    {
      name: 'a grant to a session under a condition that is not known, past the boundary',
      setting: {
        boundary: [allow({ Action: 'sqs:*' })],
        resource: [allow({ Principal: '*', Condition: { Null: { 'aws:SourceVpc': 'true' } } })],
      },
      expected: 'cannot-tell',
    },
    {
      name: 'a grant to all but others may be one to a session, past the boundary',
      setting: {
        boundary: [allow({ Action: 'sqs:*' })],
        resource: [allow({ NotPrincipal: { AWS: `arn:aws:iam::${other}:root` } })],
      },
      expected: 'cannot-tell',
    },
  ])('$name', ({ action = read, resource = secret, setting, expected }) =>
    expect(ask(action, resource, setting).answer).toBe(expected),
  );

  test('what could not be read is named where it would decide, and only there', () => {
    const missing = (setting: Setting) => ask(read, secret, setting).missing.map(({ operation }) => operation);
    expect(missing({ unread: ['identity', 'resource'] })).toEqual(['identity', 'GetResourcePolicy']);
    expect(missing({ identity: [deny()], unread: ['identity'] })).toEqual([]);
  });

  test('a service is of no account, so that no resource is of another one', () => {
    const setting: Setting = { resource: [allow({ Principal: '*' })] };
    expect(ask(read, foreignSecret, setting, { service: 'lambda.amazonaws.com' }).answer).toBe('allowed');
  });

  test('a boundary that may allow is no layer that does not', () => {
    const { trace } = ask(read, secret, { identity: [allow()], boundary: [allow(perhaps)] });
    expect(trace.map(({ layer, effect }) => [layer, effect])).toEqual([
      ['identity', 'allow'],
      ['boundary', 'cannot-tell'],
    ]);
  });
});

describe('what a denial is laid to', () => {
  const gapsOf = (action: string, resource: string, setting: Setting) =>
    ask(action, resource, setting)
      .trace.filter(({ effect }) => effect === 'no-match')
      .map(({ layer, policy }) => `${layer} ${policy}`);
  const [identityLevel, theirs] = ['identity the execution role’s policies', 'resource resource'];
  const toRole = allow({ Principal: { AWS: role } });
  const toAccount = allow({ Principal: { AWS: root } });

  test.each<{ name: string; action?: string; resource?: string; setting: Setting; expected: string[] }>([
    {
      name: 'neither grants across accounts',
      resource: foreignSecret,
      setting: { resource: [] },
      expected: [identityLevel, theirs],
    },
    {
      name: 'only the resource grants',
      resource: foreignSecret,
      setting: { resource: [toRole] },
      expected: [identityLevel],
    },
    {
      name: 'only the role’s policies grant',
      resource: foreignSecret,
      setting: { identity: [allow()], resource: [] },
      expected: [theirs],
    },
    {
      name: 'the role’s policies may grant, the resource does not',
      resource: foreignSecret,
      setting: { identity: [allow(perhaps)], resource: [] },
      expected: [theirs],
    },
    {
      name: 'the resource may grant, the role’s policies do not',
      resource: foreignSecret,
      setting: { resource: [allow({ Principal: { AWS: role }, ...perhaps })] },
      expected: [identityLevel],
    },
    { name: 'nobody grants in one account', setting: { resource: [] }, expected: [identityLevel] },
    {
      name: 'a key’s policy speaks of nobody',
      action: 'kms:Decrypt',
      resource: key,
      setting: { kind: 'key', identity: [allow()], resource: [] },
      expected: [theirs],
    },
    {
      name: 'a key’s policy leaves the word to the account',
      action: 'kms:Decrypt',
      resource: key,
      setting: { kind: 'key', resource: [toAccount] },
      expected: [identityLevel],
    },
    {
      name: 'a key’s policy may leave the word to the account',
      action: 'kms:Decrypt',
      resource: key,
      setting: { kind: 'key', resource: [allow({ Principal: { AWS: root }, ...perhaps })] },
      expected: [identityLevel],
    },
    {
      name: 'one level of the organization does not allow, another may',
      setting: { identity: [allow()], scp: [[allow({ Action: 'sqs:*' })], [allow(perhaps)], [allow()]] },
      expected: ['service-control ou-0'],
    },
  ])('$name', ({ action = read, resource = secret, setting, expected }) =>
    expect(gapsOf(action, resource, setting)).toEqual(expected),
  );

  test('a boundary past which a session may be granted is a doubt, not a denial', () => {
    const { trace } = ask(read, secret, {
      boundary: [allow({ Action: 'sqs:*' })],
      resource: [allow({ Principal: '*' })],
    });
    expect(trace.find(({ layer }) => layer === 'boundary')).toMatchObject({
      effect: 'cannot-tell',
      because: expect.stringContaining('a session of the role') as string,
    });
  });
});

describe('one document', () => {
  const request: AccessRequest = { action: read, resource: secret, principal: { aws: role }, context: {} };
  const source = { layer: 'resource', policy: 'p' } as const;
  const sides = (text: string) => {
    const { deny: denies, allow: allows, allowAccount, allowSession } = evaluateStatements(text, request, source);
    return { denies, allows, allowAccount, allowSession };
  };
  const nothingKnown = { denies: 'unknown', allows: 'unknown', allowAccount: 'unknown', allowSession: 'unknown' };

  test.each([
    ['a text that is no policy', '{'],
    ['a statement that cannot be read', document(null)],
    ['one beside statements that speak of others', document(allow({ Action: 's3:*', Principal: '*' }), null)],
  ])('%s may hold anything', (_, text) => expect(sides(text)).toEqual(nothingKnown));

  test('a denial beside what cannot be read is sure', () => {
    expect(sides(document(null, deny({ Principal: '*' }))).denies).toBe('yes');
    expect(sides(document(deny({ Principal: '*' }), null)).denies).toBe('yes');
  });

  test('whom a statement allows it, each for itself', () => {
    expect(sides(document(allow({ Principal: { AWS: role } })))).toMatchObject({ allows: 'yes', allowSession: 'no' });
    expect(sides(document(allow({ Principal: { AWS: root } })))).toMatchObject({ allows: 'no', allowAccount: 'yes' });
    expect(sides(document(allow({ Principal: { AWS: session } })))).toMatchObject({
      allows: 'unknown',
      allowSession: 'unknown',
    });
    for (const Principal of ['*', { AWS: role }, { AWS: root }])
      expect(sides(document(allow({ Principal, Resource: 'arn:aws:sqs:*:*:*' })))).toEqual({
        denies: 'no',
        allows: 'no',
        allowAccount: 'no',
        allowSession: 'no',
      });
  });

  test('under a condition that is not known it is not known whom a statement allows it', () => {
    expect(sides(document(allow({ Principal: '*', ...perhaps })))).toMatchObject({
      allows: 'unknown',
      allowSession: 'unknown',
    });
    expect(sides(document(allow({ Principal: { AWS: role }, ...perhaps }))).allows).toBe('unknown');
    expect(sides(document(allow({ Principal: { AWS: root }, ...perhaps }))).allowAccount).toBe('unknown');
    expect(sides(document(deny({ Principal: { AWS: root }, ...perhaps }))).denies).toBe('unknown');
    const someoneElse = { Principal: { AWS: `${role}2` }, ...perhaps };
    expect(sides(document(allow(someoneElse), deny(someoneElse)))).toEqual({
      denies: 'no',
      allows: 'no',
      allowAccount: 'no',
      allowSession: 'no',
    });
  });

  test('a statement that is attached to a role speaks of nobody else', () => {
    const {
      allow: allows,
      allowAccount,
      allowSession,
    } = evaluateStatements(document(allow()), request, {
      layer: 'identity',
      policy: 'p',
    });
    expect({ allows, allowAccount, allowSession }).toEqual({ allows: 'yes', allowAccount: 'no', allowSession: 'no' });
  });

  test('each decision says whether it allows or denies', () => {
    const { trace } = evaluateStatements(
      document(allow({ Principal: '*' }), deny({ Principal: '*' }), null),
      request,
      source,
    );
    expect(trace.map(({ effect, because }) => `${effect}: ${because}`)).toEqual([
      `allow: allows ${read} on ${secret}`,
      `deny: denies ${read} on ${secret}`,
      'cannot-tell: it is not an object',
    ]);
  });

  test('a doubt keeps its reason', () => {
    const { trace } = evaluateStatements(document(allow({ Principal: { AWS: session } })), request, source);
    expect(trace).toMatchObject([{ effect: 'cannot-tell', because: expect.stringContaining('session') as string }]);
  });

  const answerOf = (layer: Layer, statement: Statement, resource = secret) =>
    evaluateDocument(
      document(statement),
      { ...request, resource, context: { 'aws:username': null } },
      { layer, policy: 'p' },
    ).answer;
  test.each<[Layer, string]>([
    ['endpoint', 'allowed'],
    ['resource', 'cannot-tell'],
    ['trust', 'cannot-tell'],
    ['identity', 'allowed'],
  ])('in a policy of the layer %s a statement without a principal: %s', (layer, expected) =>
    expect(answerOf(layer, allow())).toBe(expected),
  );
  test.each<[Layer, string]>([
    ['identity', 'cannot-tell'],
    ['resource', 'allowed'],
    ['trust', 'allowed'],
  ])('in a policy of the layer %s a statement without a resource: %s', (layer, expected) => {
    const { Resource: _, ...statement } = allow({ Principal: { AWS: role } });
    expect(answerOf(layer, statement)).toBe(expected);
  });
  test('a variable without a value decides neither way where the statement leaves a resource out', () =>
    expect(
      answerOf('identity', {
        Effect: 'Allow',
        Action: '*',
        NotResource: 'arn:aws:secretsmanager:*:*:secret:${aws:username}',
      }),
    ).toBe('cannot-tell'));
});

describe('principals', () => {
  const caller = { aws: role };
  const service = { service: 'lambda.amazonaws.com' };
  const but = (...values: string[]) => ({ listed: false, values: values.map((value) => ({ type: 'AWS', value })) });
  const exceptService = { listed: false, values: [{ type: 'Service', value: 'lambda.amazonaws.com' }] };

  test('a star stands for every service, and as an account only where it is one', () => {
    expect(matchPrincipal({ listed: true, values: [{ type: 'Service', value: '*' }] }, service).direct.is).toBe('yes');
    expect(matchPrincipal({ listed: true, values: [{ type: 'Federated', value: '*' }] }, caller).direct.is).toBe('no');
  });

  test('an exception leaves out a service that it names, and nobody else surely', () => {
    expect(matchPrincipal(exceptService, service).direct.is).toBe('no');
    expect(matchPrincipal(but(role), caller).direct.is).toBe('unknown');
    expect(matchPrincipal(but(account), caller).direct.is).toBe('unknown');
    expect(matchPrincipal(but(root), caller).direct.is).toBe('unknown');
    expect(matchPrincipal(but('*'), caller).direct.is).toBe('unknown');
    expect(matchPrincipal({ listed: false, values: [{ type: 'Federated', value: '*' }] }, caller).direct.is).toBe(
      'unknown',
    );
    expect(matchPrincipal(but(other), caller)).toMatchObject({
      direct: { is: 'yes' },
      account: { is: 'no' },
      session: { is: 'yes' },
    });
  });

  test('denied is who is named, be it by the account', () => {
    expect(isDenied({ listed: true, values: [{ type: 'AWS', value: account }] }, caller).is).toBe('yes');
    expect(isDenied({ listed: true, values: [{ type: 'AWS', value: other }] }, caller).is).toBe('no');
  });
});

describe('patterns and conditions', () => {
  const context = { 'aws:username': null, many: ['a', 'b'], empty: [], s: 'x' };
  const rules = { context, variables: true, wildcards: true };

  test('what is open is a resource with a part that is not known', () =>
    expect([isOpen('*'), isOpen(`${secret}*`), isOpen(secret)]).toEqual([false, true, false]));

  test('a resource of which a part is not known', () => {
    const group = (name: string) => `arn:aws:kafka:eu-west-1:${account}:group/c/u/${name}`;
    const match = (pattern: string, resource = group('*')) => matchOpenResource(pattern, resource, rules).is;
    expect(match(group('*'))).toBe('yes');
    expect(match(group('?'))).toBe('unknown');
    expect(match(group('orders'))).toBe('unknown');
    expect(match(group('orders').replace('group', 'topic'))).toBe('no');
    expect(match(group('${aws:username}'))).toBe('no');
    expect(match(group('${aws:SourceVpc}'))).toBe('unknown');
    expect(match('arn:aws:kafka:*:*:group/c/u/a?', group('*'))).toBe('unknown');
    expect(match(group('b'), group('a*'))).toBe('no');
    expect(match(group('a?c'), group('abc*'))).toBe('unknown');
  });

  test('a variable of several values has none', () => expect(matchText('${many}', 'a', rules).is).toBe('no'));

  test('a variable without a value matches nothing, one that is not known may match', () => {
    for (const match of [matchText, matchArn, matchResource, matchOpenResource]) {
      expect(match('arn:aws:sqs:r:1:${aws:username}', 'arn:aws:sqs:r:1:q', rules).is).toBe('no');
      expect(match('arn:aws:sqs:r:1:${aws:SourceVpc}', 'arn:aws:sqs:r:1:q', rules).is).toBe('unknown');
    }
  });

  test('a variable of which only a few values are possible is not known', () => {
    const possible = { ...rules, context: { mfa: { among: [null, 'false'] } } };
    expect(matchText('${mfa}', 'false', possible).is).toBe('unknown');
    expect(matchText('a${mfa}', 'afalse', possible).is).toBe('unknown');
  });

  test('an ARN with fewer fields than the pattern is another one', () =>
    expect(matchArn('arn:aws:iam::1:role/x', 'arn:aws:iam', rules).is).toBe('no'));

  const condition = (operator: string, name: string, ...values: string[]) =>
    evaluateConditions([{ operator, key: name, values }], { context, variables: true }).is;
  test.each([
    ['StringEquals', 'empty', 'x', 'no'],
    ['StringNotEquals', 'empty', 'x', 'yes'],
    ['StringEqualsIfExists', 'empty', 'x', 'yes'],
    ['StringEqualsIfExists', 'aws:username', 'x', 'yes'],
    ['ForAllValues:StringEquals', 'empty', 'x', 'yes'],
    ['ForAnyValue:StringNotEquals', 'aws:username', 'x', 'no'],
    ['ForAnyValue:StringEqualsIfExists', 'aws:username', 'x', 'unknown'],
    ['StringNotEquals', 'many', 'a', 'no'],
    ['StringNotEquals', 'many', 'c', 'yes'],
    ['ForAnyValue:StringNotEquals', 'many', 'a', 'yes'],
    ['ForAllValues:StringEquals', 'many', 'a', 'no'],
    ['Null', 'empty', 'TRUE', 'yes'],
    ['Null', 's', 'True', 'no'],
    ['StringMatches', 's', 'x', 'unknown'],
    ['StringNotEquals', 's', '${aws:username}', 'unknown'],
  ])('%s of %s and %s: %s', (operator, name, wanted, expected) =>
    expect(condition(operator, name, wanted)).toBe(expected),
  );
});

describe('three-valued logic', () => {
  const [a, b] = [unknown('a'), no('b')];
  test('a no decides all, a yes decides any, and else the unknown stays', () => {
    expect([every([a, b]).is, every([b, a]).is, every([a, yes()]).is, every([]).is]).toEqual([
      'no',
      'no',
      'unknown',
      'yes',
    ]);
    expect([some([a, yes()], '').is, some([yes(), a], '').is, some([a, b], '').is, some([], '').is]).toEqual([
      'yes',
      'yes',
      'unknown',
      'no',
    ]);
    expect([negate(a, '').is, negate(b, '').is, negate(yes(), '').is]).toEqual(['unknown', 'yes', 'no']);
    expect([allTrue('unknown', 'no'), allTrue('yes', 'unknown'), allTrue('yes'), allTrue()]).toEqual([
      'no',
      'unknown',
      'yes',
      'yes',
    ]);
    expect([anyTrue('unknown', 'yes'), anyTrue('no', 'unknown'), anyTrue('no'), anyTrue()]).toEqual([
      'yes',
      'unknown',
      'no',
      'no',
    ]);
  });
});

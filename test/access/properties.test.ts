/** What holds for every set of policies, and that no text makes the evaluator fail, hang or grow. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorize, type Layers } from '../../src/access/authorize.js';
import { parseDocument } from '../../src/access/policy-document.js';
import { findOverlyPermissive } from '../../src/access/overly-permissive.js';
import { findNearMisses } from '../../src/access/near-miss.js';
import { callsOfCheck } from '../../src/access/needed-calls.js';
import { matchArn, matchOpenResource, matchResource, matchText } from '../../src/access/pattern.js';
import { accessCase, roleArn, type AccessCase } from '../oracle/access/cases.js';
import { judgeByUs } from '../oracle/access/compare.js';
import { runs } from '../random/seed.js';

const rank = { denied: 0, 'cannot-tell': 1, allowed: 2 } as const;
const judged = (randomCase: AccessCase) => rank[judgeByUs(randomCase).answer];
const byRole = accessCase.filter(({ caller }) => caller === 'role');
const cases = { numRuns: runs(400) };
const document = (Statement: object[]) => ({ Version: '2012-10-17', Statement });

describe('for every set of policies', () => {
  test('one more deny never allows, in any layer', () => {
    const deny = document([
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'orders' } },
      },
    ]);
    fc.assert(
      fc.property(byRole, (randomCase) => {
        const before = judged(randomCase);
        expect(judged({ ...randomCase, identity: [...randomCase.identity, deny] })).toBeLessThanOrEqual(before);
        if (randomCase.resourcePolicy !== null) {
          const statements = (randomCase.resourcePolicy as { Statement: object[] }).Statement;
          expect(
            judged({
              ...randomCase,
              resourcePolicy: document([...statements, { ...deny.Statement[0], Principal: '*' }]),
            }),
          ).toBeLessThanOrEqual(before);
        }
      }),
      cases,
    );
  });

  test('one more allow never denies, in any layer', () => {
    const allow = document([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    fc.assert(
      fc.property(byRole, (randomCase) => {
        expect(judged({ ...randomCase, identity: [...randomCase.identity, allow] })).toBeGreaterThanOrEqual(
          judged(randomCase),
        );
        expect(judged({ ...randomCase, boundary: null })).toBeGreaterThanOrEqual(
          judged({ ...randomCase, boundary: randomCase.boundary ?? allow }),
        );
        expect(judged({ ...randomCase, serviceControl: [] })).toBeGreaterThanOrEqual(judged(randomCase));
      }),
      cases,
    );
  });

  test('the order of policies and statements does not matter', () => {
    const turned = (policy: Record<string, unknown>) => ({
      ...policy,
      Statement: (policy['Statement'] as object[]).toReversed(),
    });
    fc.assert(
      fc.property(accessCase, (randomCase) => {
        const other = {
          ...randomCase,
          identity: randomCase.identity.map(turned).toReversed(),
          boundary: randomCase.boundary === null ? null : turned(randomCase.boundary),
          resourcePolicy: randomCase.resourcePolicy === null ? null : turned(randomCase.resourcePolicy),
        };
        expect(judgeByUs(other).answer).toBe(judgeByUs(randomCase).answer);
      }),
      cases,
    );
  });

  test('to know less never turns into a denial or a grant that was none', () => {
    fc.assert(
      fc.property(accessCase, (randomCase) => {
        const known = judgeByUs({ ...randomCase, unknown: [] }).answer;
        const less = judgeByUs(randomCase).answer;
        if (known === 'cannot-tell') return;
        expect([known, 'cannot-tell']).toContain(less);
      }),
      cases,
    );
  });

  test('what was not read never becomes denied because of that, nor allowed', () => {
    const failure = {
      outcome: 'denied',
      service: 'iam',
      operation: 'GetRolePolicy',
      action: 'iam:GetRolePolicy',
      error: 'AccessDenied',
    } as const;
    const layers = (identity: Layers['role']['identity'], unread: boolean): Layers => ({
      role: {
        roleArn,
        role: { RoleName: 'orders', Arn: roleArn, Tags: [] },
        identity,
        boundary: null,
        unreadable: unread ? [{ what: 'identity', failure }] : [],
      },
      organization: { service: null, resource: null },
      resource: null,
    });
    fc.assert(
      fc.property(byRole, fc.nat(2), (randomCase, hidden) => {
        const request = {
          action: randomCase.action,
          resource: randomCase.resource,
          principal: { aws: roleArn },
          context: randomCase.context,
        };
        const all = randomCase.identity.map((policy, index) => ({
          name: `p${index}`,
          kind: 'inline' as const,
          arn: null,
          document: JSON.stringify(policy),
        }));
        const whole = authorize(request, layers(all, false)).answer;
        const part = authorize(
          request,
          layers(
            all.filter((_, index) => index !== hidden),
            true,
          ),
        ).answer;
        expect(part).not.toBe('allowed');
        if (part === 'denied') expect(whole).toBe('denied');
      }),
      cases,
    );
  });
});

describe('no text makes it fail', () => {
  const wild = fc
    .array(
      fc.constantFrom('*', '?', '${', '}', '${aws:username}', 'a', ':', '/', "', '", 'arn:aws:kafka:', '\\u0000', '😀'),
      { maxLength: 200 },
    )
    .map((parts) => parts.join(''));
  const context = { 'aws:username': null, 'aws:PrincipalTag/*': null };
  const rules = { context, variables: true, wildcards: true };

  test('any JSON as a document, and any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 6 }), fc.string(), fc.string({ unit: 'binary' })), (text) => {
        parseDocument(text);
        const request = {
          action: 'kafka-cluster:ReadData',
          resource: 'arn:aws:kafka:eu-west-1:1:topic/a/b/c',
          principal: { aws: roleArn },
          context,
        };
        expect(Array.isArray(findNearMisses([{ name: 'p', document: text }], request))).toBe(true);
        expect(
          Array.isArray(
            findOverlyPermissive(
              { identity: [{ name: 'p', kind: 'inline', arn: null, document: text }] },
              callsOfCheck('access.kafka-topic', {
                cluster: { partition: 'aws', region: 'r', account: '1', name: 'n', uuid: 'u' },
                connectionArn: null,
                auth: 'iam',
                topic: 't',
              }),
            ),
          ),
        ).toBe(true);
      }),
      { numRuns: runs(600) },
    );
  });

  test('policies of the right shape with anything in their places', () => {
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), wild, fc.constantFrom('*', 'Allow', 'Deny'));
    const statement = fc.dictionary(
      fc.constantFrom(
        'Effect',
        'Action',
        'NotAction',
        'Resource',
        'NotResource',
        'Principal',
        'NotPrincipal',
        'Condition',
        'Sid',
        '__proto__',
        'constructor',
      ),
      anything,
    );
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), accessCase, (statements, randomCase) => {
        const policy = document(statements);
        expect(Object.keys(rank)).toContain(
          judgeByUs({
            ...randomCase,
            identity: [policy],
            boundary: policy,
            resourcePolicy: policy,
            serviceControl: [policy],
          }).answer,
        );
      }),
      { numRuns: runs(600) },
    );
  });

  test('an effect that is no text', () => {
    expect(
      parseDocument(JSON.stringify(document([{ Effect: { toString: '' }, Action: '*', Resource: '*' }]))),
    ).toMatchObject({ statements: [{ effect: 'unreadable' }] });
  });

  test('patterns of wildcards and variables', () => {
    fc.assert(
      fc.property(wild, fc.oneof(wild, fc.constant('arn:aws:kafka:eu-west-1:1:topic/a/b/c')), (pattern, text) => {
        for (const match of [matchText, matchArn, matchResource, matchOpenResource])
          expect(['yes', 'no', 'unknown']).toContain(match(pattern, text, rules).is);
      }),
      { numRuns: runs(1000) },
    );
  });

  test('patterns as long as a policy may be end within its product, not beyond', () => {
    // A policy has 10,240 characters at most; an engine that goes back for every wildcard would never end here.
    const pattern = `${'*a'.repeat(5000)}*b`;
    const text = `arn:aws:kafka:eu-west-1:1:topic/${'a'.repeat(2000)}`;
    for (const match of [matchText, matchArn, matchResource, matchOpenResource])
      expect(match(pattern, text, rules).is).toBe('no');
    expect(
      matchOpenResource(
        `arn:aws:kafka:*:*:${'*a'.repeat(4000)}`,
        `arn:aws:kafka:eu-west-1:1:topic/${'a*'.repeat(100)}c`,
        rules,
      ).is,
    ).toBe('no');
  });
});

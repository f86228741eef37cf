import { describe, expect, test } from 'vitest';
import type { Stage } from '../../src/checks/define.js';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import type { Finding, Status } from '../../src/checks/run.js';
import { rankCauses, type Clue } from '../../src/diagnosis/rank.js';
import { exitCodeOf } from '../../src/cli/exit-codes.js';
import { judgeVerdict } from '../../src/diagnosis/verdict.js';

const finding = (
  check: CheckId,
  status: Status,
  stage: Stage = 'network',
  severity: Finding['severity'] = 'error',
): Finding => ({
  check,
  status,
  stage,
  severity,
  title: check,
  evidence: [],
  fixes: [],
  missingActions: [],
});
const text: Clue = {
  kind: 'text',
  causes: [
    { check: 'network.aws-path', because: 'no path' },
    { check: 'network.endpoint-ingress', because: 'closed' },
    { check: 'cluster.health', because: 'full' },
  ],
};
const order = (findings: Finding[], context: Partial<Parameters<typeof rankCauses>[1]> = {}) =>
  rankCauses(findings, { clues: [text], disabledByUser: false, ...context }).map((cause) => cause.check);

describe('ranking', () => {
  test('what is known to produce the text comes first, in the catalogue’s order, whatever stage the others have', () =>
    expect(
      order([
        finding('access.trust', 'fail', 'role'),
        finding('network.endpoint-ingress', 'fail'),
        finding('network.aws-path', 'fail'),
      ]),
    ).toEqual(['network.aws-path', 'network.endpoint-ingress', 'access.trust']));

  test('without a text the pollers’ stages decide', () =>
    expect(
      order([finding('access.kafka-topic', 'fail', 'authorization'), finding('access.trust', 'fail', 'role')], {
        clues: [],
      }),
    ).toEqual(['access.trust', 'access.kafka-topic']));

  test('a warning that produces the text is a cause after every failure; one that does not is none', () =>
    expect(
      order([
        finding('cluster.health', 'warn'),
        finding('function.timeout', 'warn'),
        finding('access.trust', 'fail', 'role'),
      ]),
    ).toEqual(['access.trust', 'cluster.health']));

  test('how sure each cause is: where it starts from, and 0.08 less for each before it, down to 0.1', () => {
    const confidences = (findings: Finding[], clues: Clue[]) =>
      rankCauses(findings, { clues, disabledByUser: false }).map(({ confidence }) => confidence);
    const [trust, topic, invoke] = [
      finding('access.trust', 'fail', 'role'),
      finding('access.kafka-topic', 'fail', 'authorization'),
      finding('function.state', 'fail', 'invoke'),
    ];
    expect(confidences([trust, topic, invoke], [])).toEqual([0.9, 0.82, 0.74]);
    expect(
      confidences([finding('network.aws-path', 'fail'), trust, finding('cluster.health', 'warn')], [text]),
    ).toEqual([0.96, 0.52, 0.24]);
    expect(
      confidences(
        Array.from({ length: 12 }, () => trust),
        [],
      ).slice(-3),
    ).toEqual([0.18, 0.1, 0.1]);
  });

  test('the mapping’s state is a symptom and comes last, unless a user switched it off', () => {
    const findings = [
      finding('mapping.state', 'fail', 'mapping'),
      finding('access.trust', 'fail', 'role'),
      finding('network.aws-path', 'fail'),
    ];
    expect(order(findings).at(-1)).toBe('mapping.state');
    expect(order(findings, { disabledByUser: true })[0]).toBe('mapping.state');
    const because = (found: Finding[]) => rankCauses(found, { clues: [], disabledByUser: false }).at(-1)!.because;
    expect([because(findings), because(findings.slice(0, 1))]).toEqual([
      'This is a consequence of the cause.',
      'A mapping in this state does not poll.',
    ]);
  });

  test('of a mapping that a user disabled, a resource that no longer exists comes before its state', () => {
    const findings = [
      finding('mapping.state', 'fail', 'mapping'),
      finding('access.trust', 'fail', 'role'),
      { ...finding('function.state', 'fail', 'invoke'), kind: 'gone' as const },
      { ...finding('cluster.state', 'fail', 'control-plane'), kind: 'gone' as const },
    ];
    expect(order(findings, { disabledByUser: true, clues: [] })).toEqual([
      'cluster.state',
      'function.state',
      'mapping.state',
      'access.trust',
    ]);
    expect(order(findings, { clues: [] }).at(-1)).toBe('mapping.state');
  });

  test('a warning is no cause where Lambda shows no error', () => {
    const logged = { kind: 'log' as const, causes: text.causes };
    expect(order([finding('cluster.health', 'warn')], { clues: [logged], showsNoError: true })).toEqual([]);
    expect(order([finding('cluster.health', 'warn')], { clues: [logged] })).toEqual(['cluster.health']);
  });

  test.each([
    ['cluster.topic', 'access.kafka-topic', 'authorization'],
    ['cluster.topic', 'cluster.acl', 'authorization'],
    ['network.vpc-dns', 'network.endpoint-private-dns', 'network'],
  ] as const)('%s is fixed before %s, whatever is shown', (first, second, stage) => {
    const findings = [finding(second, 'fail', stage), finding(first, 'fail', stage)];
    const clue = { kind: 'text' as const, causes: [second, first].map((check) => ({ check, because: 'so' })) };
    expect([order(findings, { clues: [clue] }), order(findings, { clues: [] })]).toEqual([
      [first, second],
      [first, second],
    ]);
  });

  test('confidence falls along the list and stays between 0 and 1', () => {
    const confidences = rankCauses(
      [
        finding('network.aws-path', 'fail'),
        finding('network.endpoint-ingress', 'fail'),
        finding('access.trust', 'fail', 'role'),
      ],
      { clues: [text], disabledByUser: false },
    ).map((cause) => cause.confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
    for (const confidence of confidences) expect(confidence > 0 && confidence < 1).toBe(true);
    const warned = rankCauses([finding('cluster.health', 'warn'), finding('mapping.state', 'fail', 'mapping')], {
      clues: [text],
      disabledByUser: false,
    });
    expect(warned[0]!.confidence).toBeGreaterThanOrEqual(warned[1]!.confidence);
  });
});

describe('the verdict of a mapping that is not enabled', () => {
  const disabled = {
    state: 'Disabled',
    stateTransitionReason: 'USER_INITIATED',
    lastProcessingResult: 'OK',
    error: null,
  };
  const failing = (check: CheckId) => ({ check, confidence: 0.9, because: 'so' });
  const state = failing('mapping.state');
  test.each([
    { name: 'by a user', observed: disabled, verdict: 'disabled' },
    {
      name: 'by a user, in the older spelling',
      observed: { stateTransitionReason: 'User action' },
      verdict: 'disabled',
    },
    { name: 'being disabled by a user', observed: { state: 'Disabling' }, verdict: 'disabled' },
    { name: 'by a user, with a text of nothing read', observed: { lastProcessingResult: null }, verdict: 'disabled' },
    { name: 'by a user, and the state was not checked', causes: [], verdict: 'disabled' },
    { name: 'by a user, and something cannot be decided', open: true, verdict: 'disabled' },
    { name: 'by a user, with a warning', warned: true, verdict: 'disabled' },
    { name: 'by a user, and something would stop it', causes: [state, failing('access.trust')], verdict: 'broken' },
    { name: 'by a user, with an error', observed: { error: 'connection-error' }, verdict: 'broken' },
    { name: 'by Lambda', observed: { stateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR' }, verdict: 'broken' },
    {
      name: 'by Lambda, and the state was not checked',
      observed: { stateTransitionReason: 'EVENT_SOURCE_AUTHZ_ERROR' },
      causes: [],
      verdict: 'broken',
    },
    {
      name: 'for a reason that is not known',
      observed: { stateTransitionReason: 'MOON' },
      causes: [],
      verdict: 'broken',
    },
    { name: 'being deleted', observed: { state: 'Deleting' }, causes: [], verdict: 'broken' },
    { name: 'being created, with nothing wrong', observed: { state: 'Creating' }, causes: [], verdict: 'healthy' },
  ])('$name: $verdict', ({ observed: changed = {}, causes = [state], open, warned, verdict }) =>
    expect(
      judgeVerdict({
        observed: { ...disabled, ...changed } as Parameters<typeof judgeVerdict>[0]['observed'],
        clues: [],
        causes,
        findings: [
          ...(open === true ? [finding('network.aws-path', 'unknown')] : []),
          ...(warned === true ? [finding('function.timeout', 'warn', 'invoke', 'warning')] : []),
        ],
      }),
    ).toBe(verdict),
  );
});

describe('exit codes', () => {
  test.each([
    { verdicts: ['healthy', 'disabled'], fail: 0, disabled: 1, warn: 1 },
    { verdicts: ['at-risk'], fail: 0, disabled: 0, warn: 1 },
    { verdicts: ['disabled', 'unknown'], fail: 3, disabled: 1, warn: 1 },
    { verdicts: ['unknown', 'at-risk'], fail: 3, disabled: 3, warn: 1 },
    { verdicts: ['disabled', 'broken', 'unknown'], fail: 1, disabled: 1, warn: 1 },
    { verdicts: ['healthy'], fail: 0, disabled: 0, warn: 0 },
    { verdicts: [], fail: 0, disabled: 0, warn: 0 },
  ] as const)('$verdicts', ({ verdicts, ...codes }) => {
    for (const [failOn, code] of Object.entries(codes))
      expect(exitCodeOf(verdicts, failOn as keyof typeof codes), failOn).toBe(code);
    expect(exitCodeOf(verdicts)).toBe(codes.fail);
  });
});

describe('a topic that does not exist', () => {
  const authorization: Clue = {
    kind: 'text',
    causes: [
      { check: 'access.kafka-topic', because: 'may not read' },
      { check: 'cluster.acl', because: 'an ACL' },
      { check: 'cluster.topic', because: 'no topic' },
    ],
  };
  const topic = finding('cluster.topic', 'fail', 'authorization');
  const permission = finding('access.kafka-topic', 'fail', 'authorization');
  const acl = finding('cluster.acl', 'fail', 'authorization');
  const before = finding('access.kafka-connect', 'fail', 'authorization');
  const connect = { check: 'access.kafka-connect', because: 'may not connect' } as const;
  test.each([
    { name: 'comes before the permission', findings: [permission, topic], first: 'cluster.topic' },
    { name: 'comes before the ACL', findings: [acl, topic], first: 'cluster.topic' },
    {
      name: 'leaves a permission alone where the topic exists',
      findings: [acl, permission],
      first: 'access.kafka-topic',
    },
  ])('$name', ({ findings, first }) => expect(order(findings, { clues: [authorization] })[0]).toBe(first));
  test('keeps its place after a cause that comes first for another reason', () =>
    expect(
      order([permission, topic, before], { clues: [{ kind: 'text', causes: [connect, ...authorization.causes] }] }),
    ).toEqual(['access.kafka-connect', 'cluster.topic', 'access.kafka-topic']));
});

describe('the reason of a cause', () => {
  const because = (found: Finding[], clues: Clue[]) =>
    rankCauses(found, { clues, disabledByUser: false }).map((cause) => cause.because);
  test('a check that two clues name has the reason of the first', () => {
    const log: Clue = { kind: 'log', causes: [{ check: 'network.endpoint-ingress', because: 'port 443 is closed' }] };
    const found = [finding('network.endpoint-ingress', 'fail'), finding('network.aws-path', 'fail')];
    const ranked = rankCauses(found, { clues: [log, text], disabledByUser: false });
    expect(ranked.map(({ check }) => check)).toEqual(['network.endpoint-ingress', 'network.aws-path']);
    expect(ranked[0]!.because).toContain('port 443 is closed');
  });
  test('a failure that Lambda’s text does not point to is explained in another way than one without any text', () => {
    const found = [finding('access.trust', 'fail', 'role')];
    const [withText, without] = [because(found, [text])[0], because(found, [])[0]];
    expect(withText).not.toBe(without);
    expect(without).toContain('execution role');
  });
  test('a warning that the text names first is a cause', () =>
    expect(order([finding('network.aws-path', 'warn')])).toEqual(['network.aws-path']));
});

describe('verdict', () => {
  const observed = { state: 'Enabled', stateTransitionReason: null, lastProcessingResult: 'OK', error: null };
  const wrong = { ...observed, lastProcessingResult: 'PROBLEM: Connection error.', error: 'connection-error' as const };
  const judge = (findings: Finding[], seen: typeof observed | typeof wrong = observed) =>
    judgeVerdict({
      observed: seen,
      clues: seen.error === null ? [] : [text],
      findings,
      causes: rankCauses(findings, { clues: [], disabledByUser: false }),
    });

  test('a working mapping is not doubted for what could not be read', () =>
    expect(judge([finding('network.aws-path', 'unknown')])).toBe('healthy'));
  test('a warning puts a working mapping at risk; an info does not', () => {
    expect(judge([finding('function.timeout', 'warn', 'invoke', 'warning')])).toBe('at-risk');
    expect(judge([finding('lag.traffic', 'warn', 'flow', 'info')])).toBe('healthy');
  });
  test('a failure breaks it whatever the text says', () =>
    expect(judge([finding('access.trust', 'fail')])).toBe('broken'));
  test('an error that nothing explains, with everything read, is broken', () =>
    expect(judge([], wrong)).toBe('broken'));
  test('an error whose cause may hide in what was not read is unknown', () =>
    expect(judge([finding('network.aws-path', 'unknown')], wrong)).toBe('unknown'));
  test('an undecided check that never produces this text leaves it broken', () =>
    expect(judge([finding('secret.exists', 'unknown')], wrong)).toBe('broken'));
  test('a mapping that shows no text yet is unknown while an error could hide', () =>
    expect(
      judge([finding('network.aws-path', 'unknown')], { ...observed, lastProcessingResult: null as unknown as string }),
    ).toBe('unknown'));
  test('OK of a mapping that is not enabled is no proof that it works', () =>
    expect(judge([finding('network.aws-path', 'unknown')], { ...observed, state: 'Enabling' })).toBe('unknown'));
  test('one warning among passed checks is enough', () =>
    expect(judge([finding('network.aws-path', 'pass'), finding('function.timeout', 'warn', 'invoke', 'warning')])).toBe(
      'at-risk',
    ));
});

import { describe, expect, test } from 'vitest';
import type { Stage } from '../../src/checks/define.js';
import type { CheckId } from '../../src/catalogue/check-ids.js';
import type { Finding, Status } from '../../src/checks/run.js';
import { rankCauses, type Clue } from '../../src/diagnosis/rank.js';
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
      'It is what the fault led to.',
      'A mapping in this state polls nothing.',
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
});

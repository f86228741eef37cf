/** What holds of every diagnosis, whatever the checks found and whatever Lambda shows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchText } from '../../src/catalogue/match.js';
import { loggedErrors } from '../../src/catalogue/poller-log.js';
import { stopCodes } from '../../src/catalogue/stop-codes.js';
import { errorTexts } from '../../src/catalogue/texts.js';
import { stages } from '../../src/checks/define.js';
import { checks } from '../../src/checks/index.js';
import type { Finding } from '../../src/checks/run.js';
import { rankCauses, type Clue } from '../../src/diagnosis/rank.js';
import { judgeVerdict } from '../../src/diagnosis/verdict.js';

const status = fc.constantFrom<Finding['status']>('pass', 'pass', 'warn', 'fail', 'unknown', 'skip');
/** A finding of every check, in the order of the list. */
const findings = fc.tuple(
  ...checks.map((check) =>
    status.map((found): Finding => ({
      check: check.id,
      status: found,
      severity: check.severity,
      stage: check.stage,
      title: check.title,
      evidence: [],
      fixes: [],
      missingActions: [],
    })),
  ),
);
const text = fc.constantFrom(...errorTexts).map(({ causes }): Clue => ({ kind: 'text', causes }));
const clues = fc
  .tuple(
    fc.option(
      fc.constantFrom(...loggedErrors).map(({ causes }): Clue => ({ kind: 'log', causes })),
      { nil: undefined },
    ),
    fc.option(text, { nil: undefined }),
    fc.option(
      fc.constantFrom(...stopCodes).map(({ causes }): Clue => ({ kind: 'stop-code', causes })),
      { nil: undefined },
    ),
  )
  .map((some) => some.filter((diagnosis) => diagnosis !== undefined));
const failing = (all: readonly Finding[]) =>
  all.filter((finding) => finding.status === 'fail').map(({ check }) => check);
const ids = (causes: readonly { check: string }[]) => causes.map(({ check }) => check);

describe('ranking', () => {
  const whole = fc.record({ all: findings, clues, disabledByUser: fc.boolean() });
  const rank = ({ all, ...context }: { all: readonly Finding[]; clues: Clue[]; disabledByUser: boolean }) =>
    rankCauses(all, context);

  test('every failure is a cause, once; nothing else is but warnings that explain', () =>
    fc.assert(
      fc.property(whole, (diagnosis) => {
        const causes = ids(rank(diagnosis));
        expect(new Set(causes).size).toBe(causes.length);
        expect(causes).toEqual(expect.arrayContaining(failing(diagnosis.all)));
        const known = new Set(diagnosis.clues.flatMap((clue) => clue.causes.map(({ check }) => check)));
        for (const id of causes) {
          const { status: found } = diagnosis.all.find(({ check }) => check === id)!;
          expect(found === 'fail' || (found === 'warn' && known.has(id as Finding['check']))).toBe(true);
        }
      }),
    ));

  test('explaining failures come before the others, failures before warnings', () =>
    fc.assert(
      fc.property(whole, (diagnosis) => {
        const known = new Set(diagnosis.clues.flatMap((clue) => clue.causes.map(({ check }) => check)));
        const kind = (id: string) =>
          diagnosis.all.find(({ check }) => check === id)!.status === 'warn'
            ? 2
            : known.has(id as Finding['check'])
              ? 0
              : 1;
        const order = ids(rank(diagnosis))
          .filter((id) => id !== 'mapping.state')
          .map(kind);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    ));

  test('without a clue the pollers’ stages decide', () =>
    fc.assert(
      fc.property(findings, (all) => {
        const order = ids(rankCauses(all, { clues: [], disabledByUser: false }))
          .filter((id) => id !== 'mapping.state')
          .map((id) => stages.indexOf(all.find(({ check }) => check === id)!.stage));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    ));

  test('a user’s switch comes first, any other state last', () =>
    fc.assert(
      fc.property(whole, (diagnosis) => {
        const causes = ids(rank(diagnosis));
        if (causes.includes('mapping.state'))
          expect(causes.indexOf('mapping.state')).toBe(diagnosis.disabledByUser ? 0 : causes.length - 1);
      }),
    ));

  test('the order does not hang on the order of the findings among stages and clues', () =>
    fc.assert(
      fc.property(whole, (diagnosis) => {
        const again = rank({ ...diagnosis, all: diagnosis.all.map((finding) => ({ ...finding })) });
        expect(again).toEqual(rank(diagnosis));
      }),
    ));

  test('each cause says why, and confidence lies between 0 and 1 and does not rise among failures', () =>
    fc.assert(
      fc.property(whole, (diagnosis) => {
        const causes = rank(diagnosis);
        for (const { confidence, because } of causes) {
          expect(confidence > 0 && confidence < 1).toBe(true);
          expect(because).not.toBe('');
        }
        const sure = causes.filter(({ check }) => check !== 'mapping.state').map(({ confidence }) => confidence);
        expect(sure).toEqual(sure.toSorted((a, b) => b - a));
      }),
    ));
});

describe('verdict', () => {
  const shown = fc.record({
    state: fc.constantFrom('Enabled', 'Disabled', 'Creating'),
    result: fc.constantFrom(
      null,
      'OK',
      'No records processed',
      'PROBLEM: SASL authentication failed.',
      'PROBLEM: Something new.',
    ),
  });
  const judge = (all: readonly Finding[], { state, result }: { state: string; result: string | null }) => {
    const entry = result === null ? undefined : matchText(result);
    const healthy = result === null || result === 'OK' || result === 'No records processed';
    const given: Clue[] = entry === undefined ? [] : [{ kind: 'text', causes: entry.causes }];
    const observed = {
      state,
      stateTransitionReason: null,
      lastProcessingResult: result,
      error: healthy ? null : (entry?.id ?? ('unknown' as const)),
    };
    return judgeVerdict({
      observed,
      clues: given,
      findings: all,
      causes: rankCauses(all, { clues: given, disabledByUser: false }),
    });
  };

  test('a failure is broken, whatever else; without one a healthy text never is', () =>
    fc.assert(
      fc.property(findings, shown, (all, show) => {
        const verdict = judge(all, show);
        if (failing(all).length > 0) expect(verdict).toBe('broken');
        else if (!show.result?.startsWith('PROBLEM')) expect(verdict).not.toBe('broken');
      }),
    ));

  test('an error is never called healthy', () =>
    fc.assert(
      fc.property(findings, shown, (all, show) => {
        if (show.result?.startsWith('PROBLEM')) expect(['broken', 'unknown']).toContain(judge(all, show));
      }),
    ));

  test('what Lambda shows to work is not doubted for what could not be read', () =>
    fc.assert(
      fc.property(findings, (all) => {
        expect(judge(all, { state: 'Enabled', result: 'OK' })).not.toBe('unknown');
      }),
    ));
});

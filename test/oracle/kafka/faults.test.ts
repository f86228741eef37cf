/** Each fault against real brokers: where the probe stops, with which answer, and how often the broker was asked to log in. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CheckId } from '../../../src/catalogue/check-ids.js';
import { errorTexts, type ErrorTextId } from '../../../src/catalogue/texts.js';
import { judgeProbe } from '../../../src/probe/judge/judge-probe.js';
import type { ProbeResult } from '../../../src/probe/probe-result.js';
import { runProbe } from '../../../src/probe/run-probe.js';
import { leftOut } from '../left-out.js';
import { clientPrincipal } from './certificates.js';
import { missingTool } from './class-path.js';
import { faults, healthyRules, type Fault } from './faults.js';
import { iam, iamMechanisms } from './probing.js';
import { startKafka, type RealKafka } from './real-kafka.js';

describe.skipIf(leftOut('the faults of brokers', missingTool())).each(['4.3.1', '3.9.1'] as const)(
  'Kafka %s',
  (version) => {
    let kafka: RealKafka;
    beforeAll(async () => {
      kafka = await startKafka({ version });
      await kafka.createTopic('orders', 3);
      await kafka.produce('orders', 0, [{ key: 'key', value: 'value' }]);
      // Members that come byte by byte do not wait until the broker has made __consumer_offsets.
      await kafka.commit('order-ready', 'orders', [0, 0, 0]);
      for (const principal of ['User:orders', 'User:ANONYMOUS', clientPrincipal, `User:${kafka.key.arn}`])
        await kafka.allow(...healthyRules(principal));
    });
    afterAll(() => kafka?.end());

    test.each(faults)('$name', async (fault) => {
      await expectFault(fault);
    });

    test.each(iamMechanisms)('%s signed by a clock that is an hour late', async (mechanism) => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
      try {
        await expectFault({
          name: 'late',
          step: 'sasl',
          code: 58,
          names: ['SASL_AUTHENTICATION_FAILED'],
          check: 'access.kafka-connect',
          shows: 'sasl-authentication-failed',
          refused: { listener: 'IAM', times: 1 },
          run: (brokers, probe) => probe(iam(brokers, mechanism)),
        });
      } finally {
        vi.useRealTimers();
      }
    });

    async function expectFault({ step, code, names, check, shows, refused, run, also }: Fault): Promise<void> {
      const before = refused && (await kafka.logins(refused.listener));
      const result = await run(kafka, runProbe);
      const { stoppedAt } = result;
      expect(
        { verdict: result.verdict, step: stoppedAt?.step, code: stoppedAt?.code },
        JSON.stringify(stoppedAt),
      ).toEqual({
        verdict: 'blocked',
        step,
        code,
      });
      expect(names).toContain(stoppedAt?.name);
      also?.(result, kafka);
      expectDiagnosis(result, check, shows);
      if (refused && before)
        expect((await kafka.logins(refused.listener)).refused - before.refused).toBe(refused.times);
    }
  },
);

/** The finding that the command shows: the responsible check, a fix, and the text of Lambda. */
function expectDiagnosis(probed: ProbeResult, check: CheckId, shows: ErrorTextId | undefined): void {
  const { result, findings, wouldShow } = judgeProbe(probed, {
    from: { kind: 'here', subnet: null },
    clusterArn: null,
    mappingUuid: null,
    hasAuthority: true,
    secret: null,
    identity: probed.auth === 'iam' ? { arn: null, isExecutionRole: false } : null,
    hasPollers: false,
    roleFindings: [],
  });
  expect(result.verdict).toBe('blocked');
  const failing = findings.filter(({ status }) => status === 'fail');
  expect(failing.map((finding) => finding.check)).toEqual([check]);
  expect(failing[0]?.fixes.length).toBeGreaterThan(0);
  if (shows !== undefined) expect(wouldShow).toBe(`PROBLEM: ${errorTexts.find(({ id }) => id === shows)?.text}`);
}

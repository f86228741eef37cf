/** Results of probes, as the wire layer gives them. */
import type { AuthMethod } from '../../../src/aws/msk.js';
import type { ProbeContext } from '../../../src/probe/judge/probe-context.js';
import { probeSteps, type ProbeResult, type ProbeStep, type StepResult } from '../../../src/probe/probe-result.js';

export const broker = 'b-1.orders.abc123.c2.kafka.eu-west-1.amazonaws.com:9096';
export const clusterArn = 'arn:aws:kafka:eu-west-1:111122223333:cluster/orders/0f9e8d7c-1111-2222-3333-444455556666-2';

const okStep = (step: ProbeStep): StepResult => ({ step, status: 'ok', ms: 2, code: null, name: null, because: null });

/** Every step of one broker succeeded. */
export function reaching(auth: AuthMethod, changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    auth,
    verdict: 'reaches',
    stoppedAt: null,
    brokers: [{ address: broker, node: 1, steps: probeSteps.map(okStep) }],
    topic: {
      name: 'orders',
      partitions: [{ id: 0, leader: 1, offsets: { first: 0, last: 10 }, committed: 8, lag: 2 }],
    },
    group: { id: 'orders-group', state: 'Empty', members: 0, protocol: '' },
    facts: {
      offeredMechanisms: null,
      principal: auth === 'iam' ? null : 'User:alice',
      notKafka: null,
      serverCertificate: null,
      throttledMs: 0,
      record: null,
      notes: [],
    },
    ...changes,
  };
}

/** The only broker stopped at a step. */
export function blocked(
  auth: AuthMethod,
  problem: { step: ProbeStep; code?: number; name: string; because?: string },
  facts: Partial<ProbeResult['facts']> = {},
): ProbeResult {
  const { step, code = null, name, because = 'the broker says so' } = problem;
  const result = reaching(auth);
  const before = probeSteps.slice(0, probeSteps.indexOf(step)).map(okStep);
  return {
    ...result,
    verdict: 'blocked',
    stoppedAt: { broker, step, code, name, because },
    brokers: [
      { address: broker, node: null, steps: [...before, { step, status: 'failed', ms: 5, code, name, because }] },
    ],
    facts: { ...result.facts, ...facts },
  };
}

export const context = (changes: Partial<ProbeContext> = {}): ProbeContext => ({
  from: { kind: 'here', subnet: null },
  clusterArn,
  mappingUuid: null,
  hasAuthority: false,
  secret: null,
  identity: null,
  hasPollers: false,
  roleFindings: [],
  ...changes,
});

/** Where a probe runs. */
import type { ProbeOrigin } from '../../../probe/judge/probe-context.js';
import type { ProbeInput } from '../../../probe/probe-input.js';
import type { ProbeResult } from '../../../probe/probe-result.js';

/** Runs the probe in this process, and says from where it connected. */
export async function probeAtPlace(input: ProbeInput): Promise<{ from: ProbeOrigin; result: ProbeResult }> {
  const { runProbe } = await import('../../../probe/run-probe.js');
  const result = await runProbe(input);
  return { from: { kind: 'here', subnet: null }, result: await withOtherMechanism(input, result, runProbe) };
}

/**
 * A listener may offer only one of the two mechanisms of IAM. It says so before any credentials are sent, so the other
 * one is not a second attempt to log in.
 */
async function withOtherMechanism(
  input: ProbeInput,
  result: ProbeResult,
  run: (input: ProbeInput) => Promise<ProbeResult>,
): Promise<ProbeResult> {
  const { credentials } = input;
  const isOffered = result.facts.offeredMechanisms?.includes('OAUTHBEARER') === true;
  if (credentials.kind !== 'iam' || credentials.mechanism === 'OAUTHBEARER' || !isOffered) return result;
  if (result.verdict !== 'blocked' || result.stoppedAt?.step !== 'sasl') return result;
  return run({ ...input, credentials: { ...credentials, mechanism: 'OAUTHBEARER' } });
}

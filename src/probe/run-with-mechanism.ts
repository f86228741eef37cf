/** The probe with the mechanism of IAM that the listener offers. */
import type { ProbeInput } from './probe-input.js';
import type { ProbeResult } from './probe-result.js';
import { runProbe } from './run-probe.js';

/**
 * As `runProbe`. A listener may offer only one of the two mechanisms of IAM. It says so before any credentials are
 * sent, so the other one is not a second attempt to log in.
 */
export async function runProbeWithMechanism(input: ProbeInput): Promise<ProbeResult> {
  const result = await runProbe(input);
  const { credentials } = input;
  const isOffered = result.facts.offeredMechanisms?.includes('OAUTHBEARER') === true;
  if (credentials.kind !== 'iam' || credentials.mechanism === 'OAUTHBEARER' || !isOffered) return result;
  if (result.verdict !== 'blocked' || result.stoppedAt?.step !== 'sasl') return result;
  return runProbe({ ...input, credentials: { ...credentials, mechanism: 'OAUTHBEARER' } });
}

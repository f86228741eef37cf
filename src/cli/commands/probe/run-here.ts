/** Where a probe runs. */
import type { ProbeOrigin } from '../../../probe/judge/probe-context.js';
import type { ProbeInput } from '../../../probe/probe-input.js';
import type { ProbeResult } from '../../../probe/probe-result.js';

/** Runs the probe in this process, and says from where it connected. */
export async function probeAtPlace(input: ProbeInput): Promise<{ from: ProbeOrigin; result: ProbeResult }> {
  const { runProbeWithMechanism } = await import('../../../probe/run-with-mechanism.js');
  return { from: { kind: 'here', subnet: null }, result: await runProbeWithMechanism(input) };
}

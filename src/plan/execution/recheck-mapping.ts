/** The checks of an existing mapping during a step. */
import { judgeStanding } from '../../mapping/preflight.js';
import { waitUntilSettled } from '../../mapping/wait.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { obstacleOf } from '../mapping-step.js';
import type { Guard } from '../plan.js';
import { waitPolicy, type Environment } from './environment.js';
import type { GuardResult } from './result.js';

/**
 * Waits until the mapping's state is stable, then checks it. `settled`: the mapping then. `stopped`: null where the
 * call may be made.
 */
export async function passGuard(
  { force }: Guard,
  mapping: Mapping,
  environment: Environment,
): Promise<{ settled: Mapping | null; stopped: GuardResult | null }> {
  const { clients, observe } = environment;
  observe({ type: 'wait-started', progress: 'Waiting' });
  const waited = await waitUntilSettled(clients, mapping.UUID, waitPolicy(environment));
  observe({ type: 'wait-ended' });
  const settled = waited.mapping;
  if (waited.outcome !== 'good') return { settled, stopped: { stopped: 'not-settled', waited } };
  const preflight = judgeStanding(await environment.read(mapping.UUID), settled ?? mapping);
  const obstacle = obstacleOf(preflight);
  return {
    settled,
    stopped:
      obstacle === null || force
        ? null
        : { stopped: 'checks', mapping: settled, findings: preflight.findings, obstacle },
  };
}

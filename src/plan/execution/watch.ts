/** Waits until a mapping works, and diagnoses it at once if it does not. */
import { shell } from '../../text/shell.js';
import { textState } from '../../catalogue/text-state.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import { waitUntilWorking } from '../../mapping/wait.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { WaitCondition } from '../plan.js';
import { waitPolicy, type Environment } from './environment.js';
import type { Watched } from './result.js';

type Working = Extract<WaitCondition, { until: 'working' }>;

/**
 * Waits until the mapping works or shows an error. If it is stable without an error when the time is up, the wait
 * succeeds.
 */
export async function watchMapping(environment: Environment, mapping: Mapping, waitFor: Working): Promise<Watched> {
  environment.observe({ type: 'wait-started', progress: waitFor.progress });
  const waited = await waitUntilWorking(environment.clients, mapping.UUID, waitFor, waitPolicy(environment));
  environment.observe({ type: 'wait-ended' });
  const last = waited.mapping ?? mapping;
  const plain = { mapping: last, findings: [], causes: [] };
  if (waited.outcome === 'good') return { ...plain, outcome: 'done', message: waited.because };
  if (waited.outcome === 'gone') return { ...plain, mapping: null, outcome: 'failed', message: waited.because };
  if (waited.outcome === 'unread') return { ...plain, outcome: 'undecided', message: waited.because };
  if (waited.outcome === 'still' && isAtRest(last, waitFor))
    return {
      ...plain,
      outcome: 'done',
      message: `The mapping is ${last.State ?? 'present'} and shows no error, but has read no record yet. Check it again with \`${shell`msk-lambda doctor ${mapping.UUID}`}\`.`,
    };
  if (waited.outcome === 'still' && last.State !== 'Enabled')
    return {
      ...plain,
      outcome: 'undecided',
      message: `${waited.because} Continue with \`${shell`msk-lambda doctor ${mapping.UUID} --wait`}\`.`,
    };
  return explain(environment, last, waited.because);
}

/** In the requested state, with a text that is not an error. */
const isAtRest = ({ State: state, LastProcessingResult: text }: Mapping, { enabled }: Working): boolean =>
  state === (enabled ? 'Enabled' : 'Disabled') && textState(text) !== 'error';

/** The diagnosis of a mapping that shows an error. */
async function explain(environment: Environment, mapping: Mapping, because: string): Promise<Watched> {
  const [diagnosis] = diagnose(await environment.read(mapping.UUID)).mappings;
  const causes = diagnosis?.causes.map(({ check }) => check as string) ?? [];
  const findings = diagnosis?.findings ?? [];
  const first = findings.find(({ check }) => check === causes[0]);
  const cause =
    first === undefined
      ? `No cause was found: see \`${shell`msk-lambda doctor ${mapping.UUID}`}\`.`
      : `Cause: ${first.title} (${first.check}).`;
  return { outcome: 'failed', message: `${because} ${cause}`, mapping, findings, causes };
}

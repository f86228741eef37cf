/** What came of a change: waited for, and where it went wrong, diagnosed at once. */
import { textState } from '../../catalogue/text-state.js';
import type { Finding } from '../../checks/run.js';
import { diagnose } from '../../diagnosis/diagnose.js';
import { waitUntilWorking, type WaitFor } from '../../mapping/wait.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { patiently, read, type ChangeSession } from './session.js';

export interface Watched {
  outcome: 'done' | 'failed' | 'undecided';
  message: string;
  mapping: Mapping | null;
  findings: Finding[];
  /** Checks that explain what went wrong, the most likely first. */
  causes: string[];
}

/** Waits until the mapping works or shows why not. */
export async function watchMapping(session: ChangeSession, mapping: Mapping, waitFor: WaitFor): Promise<Watched> {
  const waited = await patiently(session, 'Waiting', (patience) =>
    waitUntilWorking(session.clients, mapping.UUID, waitFor, patience),
  );
  const last = waited.mapping ?? mapping;
  const plain = { mapping: last, findings: [], causes: [] };
  if (waited.outcome === 'good') return { ...plain, outcome: 'done', message: waited.because };
  if (waited.outcome === 'gone') return { ...plain, mapping: null, outcome: 'failed', message: waited.because };
  if (waited.outcome === 'unread') return { ...plain, outcome: 'undecided', message: waited.because };
  if (waited.outcome === 'still' && isAtRest(last, waitFor))
    return {
      ...plain,
      outcome: 'done',
      message: `The mapping is ${last.State ?? 'there'}, and shows no error; it has read no record so far. Look again with \`msk-lambda doctor ${mapping.UUID}\`.`,
    };
  if (waited.outcome === 'still' && last.State !== 'Enabled')
    return {
      ...plain,
      outcome: 'undecided',
      message: `${waited.because} Go on with \`msk-lambda doctor ${mapping.UUID} --wait\`.`,
    };
  return explain(session, last, waited.because);
}

/** Where it ought to be, with a text that is no error. */
const isAtRest = ({ State: state, LastProcessingResult: text }: Mapping, { enabled }: WaitFor): boolean =>
  state === (enabled ? 'Enabled' : 'Disabled') && textState(text) !== 'error';

/** `doctor`, at once. */
async function explain(session: ChangeSession, mapping: Mapping, because: string): Promise<Watched> {
  const { snapshot } = await read(session, { targets: [mapping.UUID] });
  const [diagnosis] = diagnose(snapshot).mappings;
  const causes = diagnosis?.causes.map(({ check }) => check as string) ?? [];
  const findings = diagnosis?.findings ?? [];
  const first = findings.find(({ check }) => check === causes[0]);
  const cause =
    first === undefined
      ? `Nothing that was read explains it: see \`msk-lambda doctor ${mapping.UUID}\`.`
      : `The cause: ${first.title} (${first.check}).`;
  return { outcome: 'failed', message: `${because} ${cause}`, mapping, findings, causes };
}

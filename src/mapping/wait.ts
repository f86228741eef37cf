/** Watches a mapping after a change: until it works, until it is known not to, or until the time is up. */
import { isTransitional } from '../aws/mapping-api.js';
import { getMapping } from '../account/queries/mappings.js';
import type { Clients } from '../account/clients.js';
import { hasPolled } from '../account/queries/mappings.js';
import { textState } from '../catalogue/text-state.js';
import { isOk } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { second, type WaitPolicy } from './clock.js';

/** `still`: the time was up, nothing bad was seen. */
export type WaitOutcome = 'good' | 'bad' | 'gone' | 'still' | 'unread';

export interface Waited {
  outcome: WaitOutcome;
  /** As it was last seen. */
  mapping: Mapping | null;
  /** A sentence. */
  because: string;
}

/** Reads that may fail one after another before watching is given up. */
const mostFailures = 5;
/** A mapping may not be found at once after it was made. */
const mostMissing = 5;

/** Tells of one look whether the waiting is over. */
type Judge = (mapping: Mapping) => Promise<Omit<Waited, 'mapping'> | { goOn: string }>;

async function watch(
  clients: Clients,
  uuid: string,
  { clock, say, limit, signal }: WaitPolicy,
  judge: Judge,
): Promise<Waited> {
  const started = clock.now().getTime();
  const counts = { failed: 0, missing: 0 };
  let last: Mapping | null = null;
  for (let looks = 0; ; looks++) {
    const read = await getMapping(clients, uuid);
    signal.throwIfAborted();
    let waitingFor = `reading the mapping ${uuid}`;
    if (isOk(read)) {
      Object.assign(counts, { failed: 0, missing: 0 });
      last = read.value;
      const judged = await judge(read.value);
      signal.throwIfAborted();
      if ('outcome' in judged) return { ...judged, mapping: read.value };
      waitingFor = judged.goOn;
    } else if (read.outcome === 'not-found') {
      if (last !== null || ++counts.missing >= mostMissing)
        return { outcome: 'gone', mapping: last, because: `The mapping ${uuid} is gone.` };
    } else if (++counts.failed >= mostFailures)
      return { outcome: 'unread', mapping: last, because: `The mapping ${uuid} could not be read: ${read.error}.` };
    if (clock.now().getTime() - started >= limit)
      return { outcome: 'still', mapping: last, because: `The time for waiting is up while ${waitingFor}.` };
    say(waitingFor);
    await clock.sleep(looks < 10 ? second : looks < 30 ? 3 * second : 5 * second);
  }
}

/** Until no change is under way. */
export const waitUntilSettled = (clients: Clients, uuid: string, policy: WaitPolicy): Promise<Waited> =>
  watch(clients, uuid, policy, async ({ State: state = 'Enabled' }) =>
    isTransitional(state)
      ? { goOn: `the mapping is ${state}` }
      : { outcome: 'good', because: `The mapping is ${state}.` },
  );

/** Until it is deleted: `gone` is what is waited for. */
export const waitUntilGone = (clients: Clients, uuid: string, policy: WaitPolicy): Promise<Waited> =>
  watch(clients, uuid, policy, async ({ State: state = 'Deleting' }) => ({ goOn: `the mapping is ${state}` }));

export interface WaitFor {
  /** Whether the mapping is to poll in the end. */
  enabled: boolean;
  /** The text from before the change, which outlives it; null for a new mapping, whose every text is its own. */
  textBefore: string | null;
  /** Milliseconds after which a good text from before counts as that of the changed mapping; 0 where the change cannot make it worse. */
  restart?: number;
}

/** After an update the pollers restart within 90 seconds (AWS: starting positions of Kafka event sources). */
export const restartTime = 90 * second;

/** Until it has polled, or shows why not. */
export function waitUntilWorking(
  clients: Clients,
  uuid: string,
  { enabled, textBefore, restart = 0 }: WaitFor,
  policy: WaitPolicy,
): Promise<Waited> {
  const started = policy.clock.now().getTime();
  return watch(clients, uuid, policy, async (mapping) => {
    const { State: state = 'Enabled', LastProcessingResult: shown = '', StateTransitionReason: reason } = mapping;
    const text = shown.trim();
    if (state === 'Deleting') return { outcome: 'gone', because: 'The mapping is being deleted.' };
    if (isTransitional(state)) return { goOn: `the mapping is ${state}` };
    if (state === 'Disabled')
      return enabled
        ? {
            outcome: 'bad',
            because: `The mapping is Disabled, though it was to be enabled${reason === undefined ? '' : ` (${reason})`}.`,
          }
        : { outcome: 'good', because: 'The mapping is Disabled, as asked.' };
    if (/fail/i.test(state))
      return { outcome: 'bad', because: `The mapping is ${state}${reason === undefined ? '' : ` (${reason})`}.` };
    // A state of which nothing is known is none that was waited for.
    if (state !== 'Enabled') return { goOn: `the mapping is ${state}` };
    if (!enabled) return { goOn: 'the mapping is still Enabled' };
    const showing = textState(text);
    const isOld = textBefore !== null && text === textBefore.trim();
    if (showing === 'ok' && isOld && policy.clock.now().getTime() - started < restart)
      return { goOn: 'the mapping is Enabled; its pollers are starting anew' };
    if (showing === 'ok' && isOld && restart === 0)
      return { outcome: 'good', because: 'The mapping is Enabled, and its text is OK, as it was before.' };
    if (showing === 'ok')
      return { outcome: 'good', because: 'The mapping is Enabled, and has polled: Lambda says OK.' };
    if (showing === 'error' && !isOld) return { outcome: 'bad', because: `Lambda says: ${text}` };
    if (
      mapping.MetricsConfig?.Metrics.includes('EventCount') === true &&
      (showing === 'idle' || showing === 'none') &&
      (await hasPolled(clients, uuid, policy.clock.now()))
    )
      return { outcome: 'good', because: 'The mapping is Enabled, and has polled: there is a PolledEventCount.' };
    return {
      goOn:
        isOld && showing !== 'idle'
          ? 'the mapping is Enabled; its text is still the one from before'
          : 'the mapping is Enabled; waiting for its first poll',
    };
  });
}

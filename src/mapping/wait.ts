/** Waits after a change until a mapping works, is known not to work, or the time is up. */
import { isTransitional } from '../aws/mapping-api.js';
import { getMapping } from '../account/queries/mappings.js';
import type { Clients } from '../account/clients.js';
import { hasPolled } from '../account/queries/mappings.js';
import { textState } from '../catalogue/text-state.js';
import { isOk } from '../snapshot/read.js';
import type { Mapping } from '../snapshot/resources/index.js';
import { second, type WaitPolicy } from './clock.js';

/** `still`: the time was up, and no error was seen. */
export type WaitOutcome = 'good' | 'bad' | 'gone' | 'still' | 'unread';

export interface Waited {
  outcome: WaitOutcome;
  /** As last read. */
  mapping: Mapping | null;
  /** A sentence. */
  because: string;
}

/** Consecutive failed reads after which the wait ends. */
const mostFailures = 5;
/** A new mapping may not be found at once. */
const mostMissing = 5;

/** Decides after a read whether the wait is over. */
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
        return { outcome: 'gone', mapping: last, because: `The mapping ${uuid} no longer exists.` };
    } else if (++counts.failed >= mostFailures)
      return { outcome: 'unread', mapping: last, because: `The mapping ${uuid} could not be read: ${read.error}.` };
    if (clock.now().getTime() - started >= limit)
      return { outcome: 'still', mapping: last, because: `Stopped waiting (--wait-timeout) while ${waitingFor}.` };
    say(waitingFor);
    await clock.sleep(looks < 10 ? second : looks < 30 ? 3 * second : 5 * second);
  }
}

/** Waits until no change is in progress. */
export const waitUntilSettled = (clients: Clients, uuid: string, policy: WaitPolicy): Promise<Waited> =>
  watch(clients, uuid, policy, async ({ State: state = 'Enabled' }) =>
    isTransitional(state)
      ? { goOn: `the mapping is ${state}` }
      : { outcome: 'good', because: `The mapping is ${state}.` },
  );

/** Waits until it is deleted; `gone` is the expected result. */
export const waitUntilGone = (clients: Clients, uuid: string, policy: WaitPolicy): Promise<Waited> =>
  watch(clients, uuid, policy, async ({ State: state = 'Deleting' }) => ({ goOn: `the mapping is ${state}` }));

export interface WaitFor {
  /** Whether the mapping should poll in the end. */
  enabled: boolean;
  /**
   * The text from before the change, which AWS still shows after it; null for a new mapping, whose every text is its
   * own.
   */
  textBefore: string | null;
  /**
   * Milliseconds after which a good text from before counts for the changed mapping; 0 where the change cannot break
   * it.
   */
  restart?: number;
}

/** After an update the pollers restart within 90 seconds (AWS: starting positions of Kafka event sources). */
export const restartTime = 90 * second;

/** Waits until it has polled, or shows why not. */
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
            because: `The mapping is Disabled, although it should be enabled${reason === undefined ? '' : ` (${reason})`}.`,
          }
        : { outcome: 'good', because: 'The mapping is Disabled, as requested.' };
    if (/fail/i.test(state))
      return { outcome: 'bad', because: `The mapping is ${state}${reason === undefined ? '' : ` (${reason})`}.` };
    // An unknown state is not the expected one.
    if (state !== 'Enabled') return { goOn: `the mapping is ${state}` };
    if (!enabled) return { goOn: 'the mapping is still Enabled' };
    const showing = textState(text);
    const isOld = textBefore !== null && text === textBefore.trim();
    if (showing === 'ok' && isOld && policy.clock.now().getTime() - started < restart)
      return { goOn: 'the mapping is Enabled; its pollers are restarting' };
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

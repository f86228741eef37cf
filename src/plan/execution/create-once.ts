/**
 * Creates a mapping exactly once. Lambda has no client token, so the natural key (source, function, topic) replaces
 * it: after a call without an answer, the next attempt first looks whether the mapping exists.
 */
import { applyCall, type Applied, type Refusal } from '../../account/make-changes.js';
import { getMapping } from '../../account/queries/mappings.js';
import type { Clients } from '../../account/clients.js';
import type { AwsCall } from '../../aws/call.js';
import { duration } from '../../text/duration.js';
import { type WaitPolicy } from '../../mapping/clock.js';
import type { Difference } from '../../mapping/differences.js';
import { compareExisting, findExisting, hasKey } from '../../mapping/existing.js';
import { plannedMapping } from '../../mapping/mapping-of.js';
import { conflictingUuid, isConflict, isUnsure, mayBePropagation } from '../../mapping/refusals.js';
import type { MappingSettings } from '../../mapping/settings.js';
import { waitUntilGone } from '../../mapping/wait.js';
import { isOk, type Read } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { mostUnsure, pause, waitsFor } from './retry-limits.js';

export type Created =
  | { outcome: 'made'; mapping: Mapping }
  | { outcome: 'adopted'; mapping: Mapping }
  | { outcome: 'differs'; mapping: Mapping; differences: Difference[] }
  | { outcome: 'refused'; refusal: Refusal }
  /** No answer came, and whether the mapping exists could not be read. */
  | { outcome: 'unsure'; because: string };

export interface CreateRequest {
  clients: Clients;
  /** CreateEventSourceMapping with the settings. */
  call: AwsCall;
  /** Resolved to ARNs. */
  settings: MappingSettings;
  /** False where the role certainly lacks the permission: then waiting is useless. */
  retryRights: boolean;
  policy: WaitPolicy;
}

/**
 * After this many conflicts with a mapping that does not exist, the conflict is believed: a mapping that was just
 * deleted causes conflicts for some seconds.
 */
const mostVanished = 4;

/**
 * Tries until the mapping is created, found, refused for good, or the time limit is reached. Throws only the
 * signal's reason.
 */
export async function createOnce({ clients, call, settings, retryRights, policy }: CreateRequest): Promise<Created> {
  const { clock, note, limit, signal } = policy;
  const started = clock.now().getTime();
  const timestamp = settings.startingPositionTimestamp;
  const input =
    timestamp === undefined ? call.input : { ...call.input, StartingPositionTimestamp: new Date(timestamp) };
  let [unsure, vanished] = [0, 0];
  for (let attempt = 1; ; attempt++) {
    const applied = named(await applyCall(clients, { ...call, input }, { once: true }));
    signal.throwIfAborted();
    if (applied.outcome === 'ok')
      return { outcome: 'made', mapping: await seen(clients, String(applied.output['UUID']), settings) };
    if (isConflict(applied)) {
      const settled = await settleConflict(clients, applied, settings, unsure > 0, policy);
      if (typeof settled !== 'string') return settled;
      if (settled === 'vanished' && ++vanished >= mostVanished) return { outcome: 'refused', refusal: applied };
      if (clock.now().getTime() - started >= limit) return { outcome: 'refused', refusal: applied };
      if (settled === 'vanished') await clock.sleep(pause(vanished));
      continue;
    }
    if (isUnsure(applied)) {
      unsure++;
      note(`no response from AWS (${applied.error}): checking whether the mapping was created`);
      await clock.sleep(pause(unsure));
      const existing = await lookAgain(clients, settings, policy);
      if (!isOk(existing))
        return {
          outcome: 'unsure',
          because: `AWS did not respond (${applied.error}), and the mappings could not be listed: ${existing.error}.`,
        };
      if (existing.value !== null) return judgeExisting(clients, existing.value, settings, true);
      if (unsure >= mostUnsure) return { outcome: 'refused', refusal: applied };
      continue;
    }
    const wait = !retryRights && mayBePropagation(applied) ? null : waitsFor(applied, limit);
    const spent = clock.now().getTime() - started;
    if (wait === null || spent >= wait.limit) return { outcome: 'refused', refusal: applied };
    note(`${wait.because}: retrying for up to ${duration(wait.limit - spent)}`);
    await clock.sleep(pause(attempt));
  }
}

/** An answer without a UUID says as little as no answer. */
const named = (applied: Applied): Applied =>
  applied.outcome !== 'ok' || typeof applied.output['UUID'] === 'string'
    ? applied
    : {
        outcome: 'failed',
        service: 'lambda',
        operation: 'CreateEventSourceMapping',
        action: 'lambda:CreateEventSourceMapping',
        error: 'the response contains no mapping',
        name: 'Error',
        message: '',
        status: null,
      };

/** When AWS is in trouble, the list may fail for a moment too. */
async function lookAgain(
  clients: Clients,
  settings: MappingSettings,
  { clock, signal }: WaitPolicy,
): Promise<Read<Mapping | null>> {
  for (let attempt = 1; ; attempt++) {
    const existing = await findExisting(clients, settings);
    signal.throwIfAborted();
    if (isOk(existing) || existing.outcome === 'denied' || attempt >= 3) return existing;
    await clock.sleep(pause(attempt));
  }
}

/** A mapping from AWS's answer or from the list: it is the requested one if it is equal. */
async function judgeExisting(
  clients: Clients,
  mapping: Mapping,
  settings: MappingSettings,
  ours: boolean,
): Promise<Created> {
  const differences = await compareExisting(clients, mapping, settings);
  return differences.length > 0
    ? { outcome: 'differs', mapping, differences }
    : { outcome: ours ? 'made' : 'adopted', mapping };
}

async function settleConflict(
  clients: Clients,
  refusal: Refusal,
  settings: MappingSettings,
  ours: boolean,
  policy: WaitPolicy,
): Promise<Created | 'gone' | 'vanished'> {
  const uuid = conflictingUuid(refusal);
  const read = uuid === undefined ? await findExisting(clients, settings) : await getMapping(clients, uuid);
  policy.signal.throwIfAborted();
  if (!isOk(read) && read.outcome === 'not-found') return 'vanished';
  if (!isOk(read) || read.value === null) return { outcome: 'refused', refusal };
  const mapping = read.value;
  if (mapping.State === 'Deleting') {
    const waited = await waitUntilGone(clients, mapping.UUID, policy);
    return waited.outcome === 'gone' ? 'gone' : { outcome: 'refused', refusal };
  }
  return hasKey(mapping, settings) ? judgeExisting(clients, mapping, settings, ours) : { outcome: 'refused', refusal };
}

/** The new mapping as AWS shows it, or as it was planned until then. */
async function seen(clients: Clients, uuid: string, settings: MappingSettings): Promise<Mapping> {
  const read = await getMapping(clients, uuid);
  return isOk(read) ? read.value : plannedMapping(settings, uuid);
}

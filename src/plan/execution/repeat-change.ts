/** Changes that may be repeated without harm, until AWS accepts them or the time is up. */
import { applyCall, type Applied } from '../../account/make-changes.js';
import { getMapping } from '../../account/queries/mappings.js';
import type { Clients } from '../../account/clients.js';
import type { AwsCall } from '../../aws/call.js';
import { duration } from '../../text/duration.js';
import { type WaitPolicy } from '../../mapping/clock.js';
import { isInUse, isUnsure } from '../../mapping/refusals.js';
import { waitUntilSettled } from '../../mapping/wait.js';
import { isOk } from '../../snapshot/read.js';
import { mostUnsure, pause, waitsFor } from './retry-limits.js';

/**
 * Repeats one change of a mapping while AWS is busy or does not answer; applying it twice has the same effect as
 * once. The last refusal is returned unchanged.
 */
export async function repeatChange(clients: Clients, call: AwsCall, policy: WaitPolicy): Promise<Applied> {
  const { clock, note, limit, signal } = policy;
  const started = clock.now().getTime();
  let unsure = 0;
  for (let attempt = 1; ; attempt++) {
    const applied = await applyCall(clients, call, { once: true });
    signal.throwIfAborted();
    if (applied.outcome === 'ok') return applied;
    if (applied.outcome === 'not-found' && unsure > 0 && isDelete(call)) return deleted;
    if (isUnsure(applied)) {
      if (++unsure >= mostUnsure) return applied;
      note(`no response from AWS (${applied.error}): sending the call again`);
      await clock.sleep(pause(unsure));
      continue;
    }
    const wait = waitsFor(applied, limit);
    const spent = clock.now().getTime() - started;
    if (wait === null || spent >= wait.limit) return applied;
    note(`${wait.because}: retrying for up to ${duration(wait.limit - spent)}`);
    await clock.sleep(pause(attempt));
    if (isInUse(applied) && (await isUnderWay(clients, call, { ...policy, limit: wait.limit - spent }))) return deleted;
  }
}

const isDelete = ({ operation }: AwsCall): boolean => operation === 'DeleteEventSourceMapping';
const deleted: Applied = { outcome: 'ok', output: {} };

/** Waits for the end of the running change. True if it is the requested deletion. */
async function isUnderWay(clients: Clients, call: AwsCall, policy: WaitPolicy): Promise<boolean> {
  const uuid = String(call.input['UUID']);
  const read = isDelete(call) ? await getMapping(clients, uuid) : undefined;
  policy.signal.throwIfAborted();
  if (read !== undefined && isOk(read) && read.value.State === 'Deleting') return true;
  await waitUntilSettled(clients, uuid, policy);
  return false;
}

/** Changes that AWS takes only after a while: tried again within a limit, with a word about why. */
import { applyCall, getMapping, type Applied, type Refusal } from '../account/apply.js';
import type { Clients } from '../account/clients.js';
import { isOk } from '../snapshot/read.js';
import { duration, second, type Patience } from './clock.js';
import { isInUse, isUnsure, mayBePropagation } from './refusals.js';
import type { AwsCall } from '../aws/call.js';
import { waitUntilSettled } from './wait.js';

/** Rights that were just given hold after minutes; longer than this it is something else. */
export const propagationLimit = 300 * second;

/** Seconds between tries grow, and stay where nobody would wait longer. */
export const pause = (attempt: number, longest = 15): number => Math.min(longest, 2 ** attempt) * second;

/** How long a refusal may still be waited out, and what to say meanwhile; null where waiting would not help. */
export function waitsFor(refusal: Refusal, limit: number): { limit: number; because: string } | null {
  if (isInUse(refusal)) return { limit, because: 'the mapping is in the middle of another change' };
  if (refusal.outcome === 'throttled')
    return { limit: Math.min(limit, 60 * second), because: 'AWS is asked too often at the moment' };
  if (mayBePropagation(refusal))
    return {
      limit: Math.min(limit, propagationLimit),
      because: `AWS does not see the role’s rights yet (“${refusal.message.slice(0, 120)}”); rights that were just given take some minutes`,
    };
  return null;
}

/** Answers that never came, after which a call is given up. */
export const mostUnsure = 4;

/**
 * One change of a mapping, again and again while AWS only asks for patience, or gives no answer: the same change twice is
 * the same as once. A last refusal is given back as it is.
 */
export async function changePatiently(clients: Clients, call: AwsCall, patience: Patience): Promise<Applied> {
  const { clock, note, limit, signal } = patience;
  const started = clock.now().getTime();
  let unsure = 0;
  for (let attempt = 1; ; attempt++) {
    const applied = await applyCall(clients, call, { once: true });
    signal.throwIfAborted();
    if (applied.outcome === 'ok') return applied;
    if (applied.outcome === 'not-found' && unsure > 0 && isDelete(call)) return deleted;
    if (isUnsure(applied)) {
      if (++unsure >= mostUnsure) return applied;
      note(`no answer came (${applied.error}): asking again`);
      await clock.sleep(pause(unsure));
      continue;
    }
    const wait = waitsFor(applied, limit);
    const spent = clock.now().getTime() - started;
    if (wait === null || spent >= wait.limit) return applied;
    note(`${wait.because}: trying again, for ${duration(wait.limit - spent)} at most`);
    await clock.sleep(pause(attempt));
    if (isInUse(applied) && (await isUnderWay(clients, call, { ...patience, limit: wait.limit - spent })))
      return deleted;
  }
}

const isDelete = ({ operation }: AwsCall): boolean => operation === 'DeleteEventSourceMapping';
const deleted: Applied = { outcome: 'ok', output: {} };

/** Waits for the end of the change that is under way; whether it is the deletion that is asked for. */
async function isUnderWay(clients: Clients, call: AwsCall, patience: Patience): Promise<boolean> {
  const uuid = String(call.input['UUID']);
  const read = isDelete(call) ? await getMapping(clients, uuid) : undefined;
  patience.signal.throwIfAborted();
  if (read !== undefined && isOk(read) && read.value.State === 'Deleting') return true;
  await waitUntilSettled(clients, uuid, patience);
  return false;
}

/** Creates one temporary function, invokes it, and removes it. AWS's errors are returned, never thrown. */
import type { Clients } from '../account/clients.js';
import { applyCall, type Applied } from '../account/make-changes.js';
import { second, type Clock } from '../mapping/clock.js';
import { isUnsure } from '../mapping/refusals.js';
import type { RemoteAnswer, RemoteEvent } from '../probe/function/remote-event.js';
import { creationOf, deletionOf, type FunctionsPlan, type PlannedFunction } from './plan-functions.js';
import { meaningOfText, refusalOf, type RemoteRefusal } from './refusal.js';

export interface CallSetting {
  /** Without the signal of Ctrl-C: what was created must be removed after it. */
  clients: Clients;
  clock: Clock;
}

type Result<T> = { ok: true; value: T } | { ok: false; refusal: RemoteRefusal };
const failed = (refusal: RemoteRefusal): Result<never> => ({ ok: false, refusal });
const done: Result<null> = { ok: true, value: null };

/** Attempts of a call that was throttled or brought no answer. */
const mostAttempts = 5;
/** Lambda creates the network interfaces of a new function within about 90 seconds. */
const pendingLimit = 300 * second;
const pendingPause = 2 * second;

const isThrottled = (applied: Applied): boolean =>
  applied.outcome === 'throttled' || (applied.outcome !== 'ok' && applied.name === 'TooManyRequestsException');

/** Creates the function; no attempt begins after Ctrl-C. After a call without an answer, the function is looked for by its name. */
export async function createFunction(
  { clients, clock }: CallSetting,
  signal: AbortSignal,
  plan: FunctionsPlan,
  planned: PlannedFunction,
  zip: Buffer,
): Promise<Result<null>> {
  for (let attempt = 1; ; attempt++) {
    const applied = await applyCall(clients, creationOf(plan, planned, zip), { once: true });
    if (applied.outcome === 'ok') return done;
    // The name holds a random run id: a function of this name is the one of an earlier attempt.
    if (applied.name === 'ResourceConflictException' && /already exist/i.test(applied.message)) return done;
    if (isUnsure(applied) && (await stateOf(clients, planned.name)).outcome === 'ok') return done;
    const mayRepeat = attempt < mostAttempts && !signal.aborted && (isUnsure(applied) || isThrottled(applied));
    if (!mayRepeat) return failed(refusalOf(applied));
    await clock.sleep(attempt * second);
  }
}

const stateOf = (clients: Clients, name: string): Promise<Applied> =>
  applyCall(clients, { service: 'lambda', operation: 'GetFunctionConfiguration', input: { FunctionName: name } });

/** Waits until the function can be invoked. */
export async function waitUntilActive({ clients, clock }: CallSetting, name: string): Promise<Result<null>> {
  const started = clock.now().getTime();
  for (;;) {
    const state = await stateOf(clients, name);
    // A function that was just created may not be visible everywhere yet.
    if (state.outcome !== 'ok' && state.outcome !== 'not-found') return failed(refusalOf(state));
    const { State, StateReason, StateReasonCode } = state.outcome === 'ok' ? state.output : {};
    if (State === 'Active' || State === 'Inactive') return done;
    if (State === 'Failed') return failed(meaningOfText(textOf(StateReasonCode) || 'Failed', textOf(StateReason)));
    if (clock.now().getTime() - started >= pendingLimit)
      return failed({
        name: 'Pending',
        because: `Lambda did not finish the network interfaces of the function within ${pendingLimit / second} seconds.`,
        message: textOf(StateReason),
        check: null,
      });
    await clock.sleep(pendingPause);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Invokes the function. It is never invoked twice for one event, except after a refusal. */
export async function invokeFunction(
  { clients, clock }: CallSetting,
  name: string,
  event: RemoteEvent,
): Promise<Result<RemoteAnswer>> {
  const input = {
    FunctionName: name,
    InvocationType: 'RequestResponse',
    LogType: 'None',
    Payload: Buffer.from(JSON.stringify(event), 'utf8'),
  };
  for (let attempt = 1; ; attempt++) {
    const applied = await applyCall(clients, { service: 'lambda', operation: 'Invoke', input }, { once: true });
    if (applied.outcome === 'ok') return answerOf(applied.output);
    const isEarly = applied.name === 'ResourceConflictException' || applied.name === 'ResourceNotFoundException';
    if (attempt >= mostAttempts || !(isEarly || isThrottled(applied))) return failed(refusalOf(applied));
    await clock.sleep(attempt * 2 * second);
  }
}

/** The payload of a function that failed holds an error name and text of Node or Lambda. */
function answerOf({ FunctionError: error, Payload: payload }: Record<string, unknown>): Result<RemoteAnswer> {
  const text = payload instanceof Uint8Array ? Buffer.from(payload).toString('utf8') : '';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (error === undefined || error === '') {
    if (typeof value === 'object' && value !== null && 'services' in value)
      return { ok: true, value: value as RemoteAnswer };
    return failed(unusable('MALFORMED', 'The function gave no answer.', ''));
  }
  const { errorType, errorMessage } = (value ?? {}) as { errorType?: unknown; errorMessage?: unknown };
  const message = textOf(errorMessage);
  const because = /timed out/i.test(message)
    ? 'The function did not end within its time limit.'
    : 'The function failed.';
  return failed(unusable(textOf(errorType) || textOf(error), because, message));
}

const unusable = (name: string, because: string, message: string): RemoteRefusal => ({
  name,
  because,
  message,
  check: null,
});

/** Removes the function; one that does not exist is removed. */
export async function removeFunction({ clients, clock }: CallSetting, name: string): Promise<Result<null>> {
  for (let attempt = 1; ; attempt++) {
    const applied = await applyCall(clients, deletionOf(name));
    if (applied.outcome === 'ok' || applied.outcome === 'not-found') return done;
    // Lambda refuses changes to a function that is still being created.
    const isBusy = applied.name === 'ResourceConflictException' || applied.name === 'ResourceInUseException';
    if (attempt >= mostAttempts || !(isBusy || isUnsure(applied) || isThrottled(applied)))
      return failed(refusalOf(applied));
    await clock.sleep(attempt * 2 * second);
  }
}

/** The whole run: creates the functions, invokes each, and removes them on every path. */
import type { RemoteAnswer, RemoteEvent, RemoteLogin, SecretFailure } from '../probe/function/remote-event.js';
import type { ProbeCredentials } from '../probe/probe-input.js';
import type { FunctionsPlan, PlannedFunction } from './plan-functions.js';
import { sentenceOf, type RemoteRefusal } from './refusal.js';
import {
  createFunction,
  invokeFunction,
  removeFunction,
  waitUntilActive,
  type CallSetting,
} from './temporary-function.js';

export interface RemoteRun {
  plan: FunctionsPlan;
  zip: Buffer;
  probe: RemoteEvent['probe'];
  login: RemoteLogin;
  /** Goes in the payload only where the function cannot read the secret; null where there is none. */
  fallback: ProbeCredentials | null;
}

export interface RunSetting extends CallSetting {
  /** Ctrl-C. */
  signal: AbortSignal;
  /** The clock of removals, which Ctrl-C does not stop. */
  cleaning: CallSetting['clock'];
  /** Progress, in a few words. */
  say: (text: string) => void;
  /** What the user must read at once. */
  note: (text: string) => void;
}

/** What a subnet showed, or why it showed nothing. */
export type SubnetOutcome = { subnet: string; name: string } & (
  | { refusal: RemoteRefusal; answer: null; secret: null }
  | { refusal: null; answer: RemoteAnswer; /** Why the role did not read the secret. */ secret: SecretFailure | null }
);

export interface RunOutcome {
  subnets: SubnetOutcome[];
  /** Functions that are certainly removed, or were never created. */
  removed: string[];
  /** Functions that may still exist, with the reason. */
  left: { name: string; because: string }[];
}

/** Rejects with the reason of the signal; then everything was removed, or named in a note. */
export async function probeFromSubnets(run: RemoteRun, setting: RunSetting): Promise<RunOutcome> {
  const { functions } = run.plan;
  const { signal } = setting;
  const cleaner: CallSetting = { clients: setting.clients, clock: setting.cleaning };
  const creating = new Map<string, Promise<unknown>>();
  const removals = new Map<string, ReturnType<typeof removeFunction>>();
  const remove = ({ name }: PlannedFunction): ReturnType<typeof removeFunction> => {
    const begun = creating.get(name);
    const removal =
      removals.get(name) ??
      (begun === undefined
        ? Promise.resolve<Awaited<ReturnType<typeof removeFunction>>>({ ok: true, value: null })
        : // A creation whose answer is on its way may still create the function.
          begun.then(() => removeFunction(cleaner, name)));
    removals.set(name, removal);
    return removal;
  };
  const probeOne = async (planned: PlannedFunction): Promise<SubnetOutcome> => {
    try {
      return await probeSubnet(planned, run, setting, (creation) => creating.set(planned.name, creation));
    } finally {
      await remove(planned);
    }
  };
  const warn = (): void => {
    if (creating.size > 0)
      setting.note(
        `Removing ${creating.size === 1 ? 'the temporary function' : `${creating.size} temporary functions`} of run ${run.plan.run}. If no line confirms it, run: msk-lambda probe --clean`,
      );
  };
  signal.addEventListener('abort', warn, { once: true });
  try {
    const settled = await Promise.allSettled(functions.map(probeOne));
    const outcome = await outcomeOf(functions, remove);
    if (signal.aborted && creating.size > 0)
      setting.note(outcome.left.length === 0 ? 'Removed.' : leftText(outcome.left));
    signal.throwIfAborted();
    const subnets = settled.map((each) => {
      if (each.status === 'rejected') throw each.reason;
      return each.value;
    });
    return { ...outcome, subnets };
  } finally {
    signal.removeEventListener('abort', warn);
  }
}

async function outcomeOf(
  functions: readonly PlannedFunction[],
  remove: (planned: PlannedFunction) => ReturnType<typeof removeFunction>,
): Promise<Omit<RunOutcome, 'subnets'>> {
  const removed: string[] = [];
  const left: RunOutcome['left'] = [];
  for (const planned of functions) {
    const removal = await remove(planned);
    if (removal.ok) removed.push(planned.name);
    else left.push({ name: planned.name, because: sentenceOf(removal.refusal) });
  }
  return { removed, left };
}

/** Which functions may still exist, and how to remove them. */
export const leftText = (left: RunOutcome['left']): string =>
  `${left.map(({ name, because }) => `${name} was not removed. ${because}`).join(' ')} Remove ${left.length === 1 ? 'it' : 'them'}: msk-lambda probe --clean`;

async function probeSubnet(
  planned: PlannedFunction,
  { plan, zip, probe, login, fallback }: RemoteRun,
  setting: RunSetting,
  onCreate: (creation: Promise<unknown>) => void,
): Promise<SubnetOutcome> {
  const { signal, say } = setting;
  const { name, subnet } = planned;
  const refused = (refusal: RemoteRefusal): SubnetOutcome => ({ subnet, name, refusal, answer: null, secret: null });
  signal.throwIfAborted();
  say(`creating a function in ${subnet}`);
  const creation = createFunction({ ...setting, clock: setting.cleaning }, signal, plan, planned, zip);
  onCreate(creation);
  const created = await until(signal, creation);
  if (!created.ok) return refused(created.refusal);
  say(`waiting for the network interface in ${subnet}`);
  const active = await until(signal, waitUntilActive(setting, name));
  if (!active.ok) return refused(active.refusal);
  say(`probing from ${subnet}`);
  const event = { probe, login, services: plan.services.map(({ service, host, port }) => ({ service, host, port })) };
  const first = await until(signal, invokeFunction(setting, name, event));
  if (!first.ok) return refused(first.refusal);
  const { secret } = first.value;
  if (secret === null || fallback === null) return { subnet, name, refusal: null, answer: first.value, secret };
  setting.note(
    `The execution role could not read the secret from ${subnet} (${secret.name}): the login now goes in the payload of the invocation, so that the brokers are probed too.`,
  );
  const login2: RemoteLogin = { kind: 'given', credentials: fallback };
  const second = await until(signal, invokeFunction(setting, name, { probe, login: login2, services: [] }));
  if (!second.ok) return refused(second.refusal);
  return { subnet, name, refusal: null, answer: { ...second.value, services: first.value.services }, secret };
}

/** The work, or the reason of the signal where it comes first. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  work.catch(() => {});
  return Promise.race([work, stopped]).finally(() => signal.removeEventListener('abort', stop));
}

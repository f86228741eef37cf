/** A running command that changes the account: its clients, its clock, and what it has done so far. */
import { limitClients, rememberAnswers, type Clients } from '../../account/clients.js';
import type { Refusal } from '../../account/make-changes.js';
import { readAccount, type ReadRequest, type ReadResult } from '../../account/scopes/account.js';
import type { Finding } from '../../checks/run.js';
import type { Fix } from '../../fixes/fix.js';
import { systemClock, type Clock, type WaitPolicy } from '../../mapping/clock.js';
import type { Environment } from '../../plan/execution/environment.js';
import { executeStep } from '../../plan/execution/execute.js';
import { madeFix, planFix } from '../../plan/fix.js';
import type { WaitChoice } from '../../plan/plan.js';
import { visible } from '../../text/visible.js';
import type { Io } from '../io.js';
import { startProgress } from '../progress.js';
import { limitTime } from '../time-limit.js';
import { openUnlimitedClients } from '../open-account.js';
import { tool } from '../version.js';
import { environmentFor } from './environment.js';
import { observeOn, type Observer } from './observer.js';
import type { MappingChangeOptions } from './options.js';

export interface ChangeSession {
  io: Io;
  options: MappingChangeOptions;
  /** Without a time limit: only Ctrl-C stops them. */
  clients: Clients;
  /** With the time limit for reading, which restarts with each round of reads. */
  reading(): Clients;
  /** During planning, answers are kept until something changes. */
  remember(on: boolean): void;
  clock: Clock;
  /** Tells the user on stderr what was corrected in the input. */
  note(text: string): void;
  /** Shows executions, and knows what a user who interrupts must know. */
  observer: Observer;
  /** Checks whose finding was shown with a fix that the user declined: neither is shown again. */
  declined: Set<string>;
  /** Fixes that were applied before the change. */
  applied: Fix[];
  wait: WaitChoice;
  /** What a user reads who interrupts before the first call. */
  nothingDone: string;
}

export async function openSession(
  options: MappingChangeOptions,
  io: Io,
  clock: Clock = systemClock(io.signal),
): Promise<ChangeSession> {
  const clients = await openUnlimitedClients(options, io);
  let known: Clients | null = null;
  return {
    io,
    options,
    clients,
    reading: () => limitClients(known ?? clients, limitTime(options.timeout)),
    remember: (on) => {
      known = on ? rememberAnswers(clients) : null;
    },
    clock,
    note: (text) => void io.stderr.write(`note: ${visible(text)}\n`),
    observer: observeOn(io),
    declined: new Set(),
    applied: [],
    nothingDone: 'Nothing was changed.',
    wait: { wanted: options.wait ?? io.interactive, asked: options.wait === true },
  };
}

/** The environment of the session's plans. */
export const environmentOf = (session: ChangeSession): Environment =>
  environmentFor({
    ...session,
    waitTimeout: session.options.waitTimeout,
    read: async (uuid) => (await read(session, { targets: [uuid] })).snapshot,
  });

/** Reads what the checks need, with the time limit for reading. */
export async function read(
  session: ChangeSession,
  request: Pick<ReadRequest, 'targets'> & Partial<ReadRequest>,
): Promise<ReadResult> {
  const progress = startProgress(session.io, 'Reading the account');
  try {
    const result = await readAccount({
      clients: session.reading(),
      tool,
      now: session.clock.now(),
      secretValues: session.options.secretValues,
      onProgress: ({ calls }) => progress.say(`${calls} calls`),
      ...request,
    });
    session.io.signal.throwIfAborted();
    return result;
  } finally {
    progress.stop();
  }
}

/** Waits with a progress line, which is removed at the end. */
export async function withProgress<T>(
  { io, clock, options }: ChangeSession,
  title: string,
  work: (policy: WaitPolicy) => Promise<T>,
): Promise<T> {
  const progress = startProgress(io, title);
  const say = (text: string): void => progress.say(visible(text));
  try {
    return await work({ clock, say, note: say, limit: options.waitTimeout * 1000, signal: io.signal });
  } finally {
    progress.stop();
  }
}

/** Applies a fix, and keeps what was applied with its undo calls. `refusal`: of the first call that AWS refused. */
export async function applyFix(
  session: ChangeSession,
  fix: Fix,
  finding: Finding,
): Promise<{ made: number; refusal: Refusal | null }> {
  const [step] = planFix(fix, finding).steps;
  const result = await executeStep(step!, environmentOf(session));
  const made = madeFix(fix, result);
  if (made !== null) session.applied.push(made);
  const last = result.calls.at(-1);
  return { made: made?.changes.length ?? 0, refusal: last?.outcome === 'refused' ? last.refusal : null };
}

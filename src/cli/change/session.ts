/** A command that changes the account, while it runs: its clients, its clock, and what it has done so far. */
import { limitClients, rememberAnswers, type Clients } from '../../account/clients.js';
import { applyCall, type Applied } from '../../account/apply.js';
import { readAccount, type ReadRequest, type ReadResult } from '../../account/scopes/account.js';
import { systemClock, type Clock } from '../../mapping/clock.js';
import type { Patience } from '../../mapping/clock.js';
import type { Fix } from '../../fixes/fix.js';
import { visible } from '../../text/visible.js';
import { exitCodes } from '../exit-codes.js';
import type { Io } from '../io.js';
import { startProgress } from '../progress.js';
import { openUnlimitedClients, toUsageError } from '../source.js';
import { UsageError } from '../../errors.js';
import { tool } from '../version.js';
import { giveOutcome } from './answer.js';
import type { MappingChangeOptions } from './options.js';

export interface ChangeSession {
  io: Io;
  options: MappingChangeOptions;
  /** Without a limit of time: Ctrl-C ends them. */
  clients: Clients;
  /** With the limit for reading, anew for each round of reads. */
  reading(): Clients;
  /** While much is planned, what was read is not asked for again, until something changes. */
  remember(on: boolean): void;
  clock: Clock;
  /** For waiting, with its progress on stderr. */
  patience(title: string): Patience & { stop(): void };
  /** A word on stderr about what was taken for something else. */
  note(text: string): void;
  /** Fixes that were made on the way. */
  applied: Fix[];
  /** What a user who stops now must know, each a sentence. */
  soFar: string[];
  /** Whether waiting is wanted. */
  waits: boolean;
}

export async function openSession(
  options: MappingChangeOptions,
  io: Io,
  clock: Clock = systemClock(io.signal),
): Promise<ChangeSession> {
  const clients = await openUnlimitedClients(options, io);
  const noted = new Set<string>();
  let known: Clients | null = null;
  return {
    io,
    options,
    clients,
    reading: () => limitClients(known ?? clients, AbortSignal.timeout(options.timeout * 1000)),
    remember: (on) => {
      known = on ? rememberAnswers(clients) : null;
    },
    clock,
    patience: (title) => {
      const progress = startProgress(io, title);
      const note = (text: string): void => {
        progress.say(visible(text));
        // Without a progress line each thing is said once, not at every try.
        const kind = text.split(':')[0]!;
        if (!io.progress && !noted.has(kind)) io.stderr.write(`note: ${visible(text)}\n`);
        noted.add(kind);
      };
      return {
        clock,
        say: (text) => progress.say(visible(text)),
        note,
        limit: options.waitTimeout * 1000,
        signal: io.signal,
        stop: () => progress.stop(),
      };
    },
    note: (text) => void io.stderr.write(`note: ${visible(text)}\n`),
    applied: [],
    soFar: [],
    waits: options.wait ?? io.interactive,
  };
}

/** Opens a session for the work; errors of naming are the user's to mend, and Ctrl-C says what had been done. */
export async function inSession(
  options: MappingChangeOptions,
  io: Io,
  work: (session: ChangeSession) => Promise<number>,
  clock?: Clock,
): Promise<number> {
  const session = await openSession(options, io, clock);
  try {
    return await work(session);
  } catch (error) {
    if (io.signal.aborted) {
      for (const sentence of session.soFar) io.stderr.write(`${visible(sentence)}\n`);
      throw error;
    }
    const { name, message, hint = '' } = error as Error & { hint?: string };
    if (name === 'SecretUnclear')
      throw new UsageError(message, 'Say which with `--auth scram` or `--auth mtls`.', { cause: error });
    if (name === 'InvalidArgumentError' || name === 'CommanderError')
      throw new UsageError(message, undefined, { cause: error });
    if (name !== 'NotReadable') throw toUsageError(error);
    io.stderr.write(`error: ${visible(message)}\n  ${visible(hint)}\n`);
    // A file of mappings that could not be written is no answer to a change.
    if (options.output !== 'json' || options.printFile === true) return exitCodes.cannotTell;
    return giveOutcome(session, { outcome: 'undecided', message: `Nothing was changed: ${message} ${hint}`, plan: [] });
  }
}

/** Work that changes the account: who stops it before it ends is told the sentence. */
export async function underWay<T>(
  { soFar }: Pick<ChangeSession, 'soFar'>,
  sentence: string,
  work: Promise<T>,
): Promise<T> {
  soFar.push(sentence);
  const result = await work;
  soFar.splice(soFar.indexOf(sentence), 1);
  return result;
}

/** Reads what the checks need, with the limit for reading. */
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

/** Work with a progress line, which is gone in the end. */
export async function patiently<T>(
  session: ChangeSession,
  title: string,
  work: (patience: Patience) => Promise<T>,
): Promise<T> {
  const patience = session.patience(title);
  try {
    return await work(patience);
  } finally {
    patience.stop();
  }
}

/** Makes the calls of a fix, one after another, and keeps them with what takes them back. Gives the first that AWS refused. */
export async function applyFix(session: ChangeSession, fix: Fix): Promise<Exclude<Applied, { outcome: 'ok' }> | null> {
  const made: Fix = { ...fix, changes: [] };
  for (const change of fix.changes) {
    const what = `${fix.title} (${change.service} ${change.operation})`;
    const applied = await underWay(
      session,
      `AWS was being asked, and may have done it: ${what}.`,
      applyCall(session.clients, change).finally(() => session.io.signal.throwIfAborted()),
    );
    if (applied.outcome !== 'ok') return applied;
    if (made.changes.length === 0) session.applied.push(made);
    made.changes.push(change);
    session.soFar.push(`Made: ${what}.`);
  }
  return null;
}

/** `undo`: reads the file, checks the account, asks, reverts. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { limitClients, type Clients } from '../../../account/clients.js';
import { getCaller } from '../../../account/queries/caller.js';
import { NotReadable, UsageError } from '../../../errors.js';
import { systemClock } from '../../../mapping/clock.js';
import { assessUndo, revert, type UndoResult } from '../../../plan/undo/revert.js';
import { formatUndoFile, parseUndoFile, type UndoFile } from '../../../plan/undo/undo-file.js';
import { toUndoStep, type UndoDocument } from '../../../report/documents/undo.js';
import { renderUndo, renderUndoSteps, type UndoStyle } from '../../../report/undo-text.js';
import { isOk } from '../../../snapshot/read.js';
import { whyUnreadable } from '../../../text/file-errors.js';
import { environmentFor } from '../../change/environment.js';
import { observeOn } from '../../change/observer.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import type { Io } from '../../io.js';
import { openUnlimitedClients } from '../../open-account.js';
import { printAnswer, writeWhole } from '../../print-answer.js';
import { confirm } from '../../single-prompts.js';
import { limitTime } from '../../time-limit.js';
import type { UndoOptions } from './options.js';

export async function run({ args: [path = ''], options, io }: Call<UndoOptions>): Promise<number> {
  const file = await readUndoFile(path);
  if (options.region !== undefined && options.region !== file.region)
    throw new UsageError(`${path} is for ${file.region}, not for ${options.region}`, 'Nothing was changed.');
  if (options.yes !== true && options.dryRun !== true && !io.interactive) throw notConfirmed();
  const clients = await openUnlimitedClients({ ...options, region: file.region }, io);
  const reading = limitClients(clients, limitTime(options.timeout));
  await refuseOtherAccount(file, path, clients, reading);
  const planned = await assessUndo(file, reading);
  io.signal.throwIfAborted();
  const style: UndoStyle = { ...io, region: file.region, profile: options.profile };
  const hasWork = planned.some(({ outcome }) => outcome === 'planned');
  if (options.dryRun === true) return give(documentOf(planned, 'dry-run'), style, options, io);
  if (!hasWork) {
    // What was found reverted is remembered: it is not looked at again.
    const results = await carryOut(file, path, clients, options, io);
    return give(documentOf(results, 'made'), style, options, io);
  }
  if (options.yes !== true) {
    io.stderr.write(`${renderUndoSteps(planned.map(toUndoStep), style)}\n\n`);
    const count = planned.filter(({ outcome }) => outcome === 'planned').length;
    if (!(await confirm(io, `Undo ${count} ${count === 1 ? 'change' : 'changes'}?`, { sentence: '', hint: '' })))
      return give(documentOf(planned, 'declined'), style, options, io);
  }
  io.host?.beforeChanges(planned.map(toUndoStep));
  return give(documentOf(await carryOut(file, path, clients, options, io), 'made'), style, options, io);
}

const notConfirmed = (): UsageError =>
  new UsageError('Confirmation needed, but this is not a terminal: pass --yes or --dry-run.', 'Nothing was changed.');

async function readUndoFile(path: string): Promise<UndoFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(whyUnreadable(path, error), undefined, { cause: error });
  });
  return parseUndoFile(text, path);
}

/** Throws `UsageError` where the credentials or the sandbox are of another account or region. */
async function refuseOtherAccount(file: UndoFile, path: string, clients: Clients, reading: Clients): Promise<void> {
  const region = await clients.region();
  if (region !== file.region)
    throw new UsageError(`${path} is for ${file.region}, not for ${region}`, 'Nothing was changed.');
  if (file.account === null) return;
  const caller = await getCaller(reading);
  if (!isOk(caller))
    throw new NotReadable(
      `The account of your credentials could not be read: ${caller.error}`,
      `Your credentials need ${caller.action}. Nothing was changed.`,
    );
  if (caller.value.account !== file.account)
    throw new UsageError(
      `${path} is for account ${file.account}; your credentials are for account ${caller.value.account}`,
      'Choose the profile of that account with --profile. Nothing was changed.',
    );
}

/** A user who interrupts is told what was reverted. */
async function carryOut(
  file: UndoFile,
  path: string,
  clients: Clients,
  options: UndoOptions,
  io: Io,
): Promise<UndoResult[]> {
  const observer = observeOn(io);
  try {
    return await revert(
      environmentFor({ io, clients, observer, clock: systemClock(io.signal), waitTimeout: options.waitTimeout }),
      { file, save: (changed) => writeWhole(resolve(path), formatUndoFile(changed)) },
    );
  } catch (error) {
    observer.close();
    if (io.signal.aborted) {
      observer.sayInterrupted();
      io.stderr.write('Run the same command again to undo the rest.\n');
    }
    throw error;
  }
}

function documentOf(results: readonly UndoResult[], how: 'made' | 'dry-run' | 'declined'): UndoDocument {
  const count = (...outcomes: UndoResult['outcome'][]): number =>
    results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const [reverted, left, cannot] = [count('reverted'), count('changed', 'refused', 'unread'), count('cannot')];
  const sentences = [
    how === 'dry-run' ? 'Nothing was changed (--dry-run).' : reverted === 0 ? 'Nothing was changed.' : '',
    reverted > 0 ? `${changes(reverted)} undone.` : '',
    how !== 'made' && count('planned') > 0 ? `${changes(count('planned'))} can be undone.` : '',
    left > 0 ? `${changes(left)} not undone.` : '',
    cannot > 0 ? `${changes(cannot)} cannot be undone.` : '',
    count('planned') + reverted + left === 0 ? 'Nothing is left to undo.' : '',
  ];
  const failed = count('changed', 'refused');
  return {
    schemaVersion: 1,
    changed: reverted,
    outcome:
      failed > 0
        ? 'failed'
        : left > 0
          ? 'undecided'
          : how === 'dry-run'
            ? 'planned'
            : reverted > 0
              ? 'done'
              : 'nothing-to-do',
    message: sentences.filter((sentence) => sentence !== '').join(' '),
    steps: results.map(toUndoStep),
  };
}

const changes = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'}`;

const codes: Record<UndoDocument['outcome'], number> = {
  done: exitCodes.ok,
  'nothing-to-do': exitCodes.ok,
  planned: exitCodes.ok,
  failed: exitCodes.problem,
  undecided: exitCodes.cannotTell,
};

async function give(document: UndoDocument, style: UndoStyle, options: UndoOptions, io: Io): Promise<number> {
  await printAnswer(io, options, {
    text: () =>
      options.quiet === true
        ? document.steps.map(({ id, outcome }) => `${id} ${outcome}`).join('\n')
        : renderUndo(document, style),
    json: () => document,
  });
  return codes[document.outcome];
}

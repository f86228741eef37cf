/** `probe --clean`: deletes temporary functions that a run left behind. */
import { NotReadable } from '../../../../errors.js';
import { systemClock } from '../../../../mapping/clock.js';
import { findLeftovers, type Leftover } from '../../../../remote/leftovers.js';
import { deletionOf } from '../../../../remote/plan-functions.js';
import { sentenceOf } from '../../../../remote/refusal.js';
import { removeFunction } from '../../../../remote/temporary-function.js';
import type { ProbeFunctionsDocument } from '../../../../report/documents/probe-functions.js';
import { visible } from '../../../../text/visible.js';
import { exitCodes } from '../../../exit-codes.js';
import type { Io } from '../../../io.js';
import { openClients } from '../../../open-account.js';
import { printAnswer } from '../../../print-answer.js';
import { confirm } from '../../../single-prompts.js';
import type { ProbeOptions } from '../options.js';
import { textOrJson } from './run.js';

type Row = ProbeFunctionsDocument['functions'][number];

/** Returns the exit code: 1 where a function is left. */
export async function runClean(options: ProbeOptions, io: Io): Promise<number> {
  const clients = await openClients(options, io);
  const region = await clients.region();
  const leftovers = await findLeftovers(clients);
  io.signal.throwIfAborted();
  if (!leftovers.ok)
    throw new NotReadable(
      `The functions could not be listed: ${sentenceOf(leftovers.refusal)}`,
      'Your credentials need lambda:ListFunctions and lambda:ListTags.',
    );
  const { found, kept } = leftovers;
  const now = new Date();
  const rows: Row[] = kept.map(({ name, because }) => rowOf({ name, expires: null }, 'kept', because));
  const agreed = found.length > 0 && options.dryRun !== true && (await mayDelete(found, now, options, io));
  const clock = systemClock(io.signal);
  for (const leftover of found) {
    io.signal.throwIfAborted();
    const removal = agreed ? await removeFunction({ clients, clock }, leftover.name) : null;
    if (removal === null) rows.push(rowOf(leftover, 'planned', null));
    else rows.push(rowOf(leftover, removal.ok ? 'removed' : 'left', removal.ok ? null : sentenceOf(removal.refusal)));
  }
  const changed = rows.filter(({ outcome }) => outcome === 'removed').length;
  await printAnswer(io, textOrJson(options), {
    text: () => textOf(rows, region, now),
    json: (): ProbeFunctionsDocument => ({
      schemaVersion: 1,
      changed,
      functions: rows,
      calls: found.map(({ name }) => deletionOf(name)),
    }),
  });
  return rows.some(({ outcome }) => outcome === 'left') ? exitCodes.problem : exitCodes.ok;
}

const rowOf = ({ name, expires }: Leftover, outcome: Row['outcome'], because: string | null): Row => ({
  name,
  subnet: null,
  expires: expires === null ? null : expires.toISOString(),
  outcome,
  because,
});

async function mayDelete(found: readonly Leftover[], now: Date, { yes }: ProbeOptions, io: Io): Promise<boolean> {
  if (yes === true) return true;
  if (io.interactive) io.stderr.write(found.map((leftover) => `${ageOf(leftover, now)}\n`).join(''));
  return confirm(io, found.length === 1 ? 'Delete this function?' : `Delete these ${found.length} functions?`, {
    sentence: 'Confirmation needed, but this is not a terminal: pass --yes or --dry-run.',
    hint: 'Nothing was deleted.',
  });
}

const ageOf = ({ name, expires }: Leftover, now: Date): string =>
  expires === null || expires <= now
    ? `${visible(name)}: no probe uses it any more`
    : `${visible(name)}: a probe may use it until ${expires.toISOString()}`;

function textOf(rows: readonly Row[], region: string, now: Date): string {
  if (rows.length === 0) return `No temporary function of a probe in ${region}.`;
  const words = {
    planned: 'not deleted',
    removed: 'deleted',
    left: 'could not be deleted',
    kept: 'left alone',
  };
  return rows
    .map(({ name, outcome, because, expires }) =>
      outcome === 'planned'
        ? `${ageOf({ name, expires: expires === null ? null : new Date(expires) }, now)}; ${words.planned}`
        : `${visible(name)}: ${words[outcome]}${because === null ? '' : `: ${visible(because)}`}`,
    )
    .join('\n');
}

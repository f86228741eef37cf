import { randomBytes } from 'node:crypto';
import { matchText } from '../../../catalogue/match.js';
import { textState } from '../../../catalogue/text-state.js';
import { checks } from '../../../checks/index.js';
import { diagnosePausing } from '../../../diagnosis/diagnose.js';
import { pausing, withPauses } from '../../pause.js';
import { visible } from '../../../text/visible.js';
import { formatSnapshot } from '../../../snapshot/file.js';
import type { Snapshot } from '../../../snapshot/snapshot.js';
import { deliver } from '../../print-answer.js';
import type { SnapshotOptions } from './options.js';
import type { Call } from '../../define-command.js';
import { exitCodes } from '../../exit-codes.js';
import { readSource, sayUnread } from '../../open-account.js';
import { UsageError } from '../../../errors.js';

export async function run({ args, options, io }: Call<SnapshotOptions>): Promise<number> {
  const { anonymizeKey: key, anonymize: wanted, outputFile, quiet } = options;
  if (key !== undefined && wanted !== true) throw new UsageError('--anonymize-key requires --anonymize');
  const { snapshot, trouble } = await readSource(args, options, io, { nameLeftOut: true });
  if (trouble !== null) return exitCodes.cannotTell;
  const written =
    wanted === true
      ? await withoutNames(snapshot, key ?? randomBytes(32).toString('hex'), pausing(io.signal))
      : snapshot;
  await deliver(io, { outputFile }, formatSnapshot(written));
  if (outputFile !== undefined && quiet !== true)
    io.stderr.write(
      `Wrote ${snapshot.targets.length} mapping${snapshot.targets.length === 1 ? '' : 's'} and their resources to ${visible(outputFile)}.\n`,
    );
  return sayUnread(io, snapshot).length > 0 ? exitCodes.cannotTell : exitCodes.ok;
}

type Pause = ReturnType<typeof pausing>;

/**
 * The anonymised snapshot. Its diagnosis must be the same; if not, it is anonymised again with weaker tokens. Throws
 * `UsageError` where it still differs.
 */
async function withoutNames(snapshot: Snapshot, key: string, pause: Pause): Promise<Snapshot> {
  const { anonymizing } = await import('../../../snapshot/anonymize/anonymize.js');
  const before = await judgement(snapshot, pause);
  for (const flat of [false, true]) {
    const hidden = await withPauses(anonymizing(snapshot, { key, sameMeaning, flat }), pause);
    if ((await judgement(hidden, pause)) === before) return hidden;
  }
  throw new UsageError(
    'the anonymized snapshot would give a different diagnosis, so it was not written',
    'Write it without --anonymize, and please report this error.',
  );
}

const sameMeaning = (before: string, after: string): boolean =>
  matchText(before)?.id === matchText(after)?.id && textState(before) === textState(after);

/** Verdict, causes and statuses of every mapping, in the order of the targets. */
async function judgement(snapshot: Snapshot, pause: Pause): Promise<string> {
  const { mappings, leftOut } = await diagnosePausing(snapshot, checks, pause);
  const byUuid = new Map([...mappings, ...leftOut].map((mapping) => [mapping.uuid, mapping]));
  return JSON.stringify(
    [...snapshot.targets, ...snapshot.selfManagedTargets].map((uuid) => {
      const { verdict, causes, findings } = byUuid.get(uuid)!;
      return [verdict, causes.map(({ check }) => check), findings.map(({ check, status }) => [check, status])];
    }),
  );
}

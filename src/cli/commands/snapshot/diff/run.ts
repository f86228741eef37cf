import { diagnose } from '../../../../diagnosis/diagnose.js';
import { renderDiff, type SnapshotDiff } from '../../../../report/diff-text.js';
import { diffSnapshots } from '../../../../snapshot/diff.js';
import type { Snapshot } from '../../../../snapshot/snapshot.js';
import { printAnswer } from '../../../print-answer.js';
import type { Call } from '../../../define-command.js';
import { exitCodes } from '../../../exit-codes.js';
import type { OutputOptions } from '../../../shared-options.js';
import { loadSnapshot } from '../../../load-snapshot.js';

export async function run({ args: [before = '', after = ''], options, io }: Call<OutputOptions>): Promise<number> {
  const [old, now] = await Promise.all([loadSnapshot(before), loadSnapshot(after)]);
  const diff: SnapshotDiff = {
    before: old.capturedAt,
    after: now.capturedAt,
    changes: diffSnapshots(old, now),
    turned: turnedChecks(old, now),
  };
  await printAnswer(io, options, { text: () => renderDiff(diff, io), json: () => diff });
  return exitCodes.ok;
}

/** Checks with another status now, for mappings that are in both snapshots. */
function turnedChecks(before: Snapshot, after: Snapshot): SnapshotDiff['turned'] {
  const earlier = new Map(diagnose(before).mappings.map((mapping) => [mapping.uuid, mapping]));
  return diagnose(after).mappings.flatMap((mapping) => {
    const statuses = new Map(earlier.get(mapping.uuid)?.findings.map(({ check, status }) => [check, status]));
    return mapping.findings.flatMap(({ check, status }) => {
      const was = statuses.get(check);
      return was === undefined || was === status ? [] : [{ mapping: mapping.uuid, check, before: was, after: status }];
    });
  });
}

/** The command that recreates a mapping with other settings. */
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { ShellCommand } from '../../text/shell.js';
import { manual } from './secret-use.js';

const minute = 60_000;
/** Minutes before now from which a mapping that has read goes on: a few records twice are better than one lost. */
const overlap = 5;

/** What the new mapping reads first, where its starting position is LATEST. */
export interface RecreateTiming {
  /** The creation of the mapping, a few minutes ago, or another time. */
  since: 'creation' | 'now' | Date;
  now: Date;
}

/**
 * With LATEST a consumer group without offsets would miss what is produced before the pollers start: a mapping that has
 * read nothing begins at its own creation, another one a few minutes ago, one that moves to a new cluster with that cluster.
 */
export function recreateCommand(
  { UUID, StartingPosition: position, LastModified: modified }: Mapping,
  flags: readonly string[],
  { since, now }: RecreateTiming,
): ShellCommand {
  const recent = new Date(now.getTime() - overlap * minute).toISOString();
  const from = since === 'creation' ? (modified ?? recent) : since === 'now' ? recent : since.toISOString();
  const start =
    position === 'LATEST' ? ['--starting-position', 'AT_TIMESTAMP', '--starting-position-timestamp', from] : [];
  return ownCommand('recreate', UUID, ...flags, ...start);
}

/** A fix by hand of that command alone. */
export const recreate = (title: string, mapping: Mapping, flags: readonly string[], timing: RecreateTiming): Fix =>
  manual(title, [recreateCommand(mapping, flags, timing)]);

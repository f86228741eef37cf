/** The command that recreates a mapping with other settings. */
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { ShellCommand } from '../../text/shell.js';
import { manual } from './secret-use.js';

const minute = 60_000;
/**
 * A mapping that has read continues this many minutes before now: a few duplicate records are better than a lost
 * one.
 */
const overlap = 5;

/** What the new mapping reads first, if its starting position is LATEST. */
export interface RecreateTiming {
  /** The creation of the mapping, a few minutes ago, or another time. */
  since: 'creation' | 'now' | Date;
  now: Date;
}

/**
 * With LATEST, a consumer group without offsets would miss what is produced before the pollers start. So a mapping
 * that has read nothing starts at its own creation, another one a few minutes ago, and one that moves to a new
 * cluster at that cluster's creation.
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

/** A manual fix with only that command. */
export const recreate = (title: string, mapping: Mapping, flags: readonly string[], timing: RecreateTiming): Fix =>
  manual(title, [recreateCommand(mapping, flags, timing)]);

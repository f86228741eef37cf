/** The command that recreates a mapping with other settings. */
import type { Fix } from '../../fixes/fix.js';
import { ownCommand } from '../../fixes/own-command.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { manual } from './secret-use.js';

const minute = 60_000;
/** Minutes before now from which a mapping that has read goes on: a few records twice are better than one lost. */
const overlap = 5;

/**
 * With LATEST a consumer group without offsets would miss what is produced before the pollers start: a mapping that has
 * read nothing begins at its own creation, another one a few minutes ago.
 */
export function recreate(
  title: string,
  { UUID, StartingPosition: position, LastModified: modified }: Mapping,
  flags: readonly string[],
  { since, now }: { since: 'creation' | 'now'; now: Date },
): Fix {
  const recent = new Date(now.getTime() - overlap * minute).toISOString();
  const from = since === 'creation' ? (modified ?? recent) : recent;
  const start =
    position === 'LATEST' ? ['--starting-position', 'AT_TIMESTAMP', '--starting-position-timestamp', from] : [];
  return manual(title, [ownCommand('recreate', UUID, ...flags, ...start)]);
}

/** The one mapping that a command is about. */
import { UsageError } from '../errors.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { visible } from '../text/visible.js';

/** Its UUID. Throws `UsageError` where the target stands for no mapping or for several. */
export function oneMapping({ targets }: Pick<Snapshot, 'targets'>, target: string): string {
  const [uuid, ...others] = targets;
  if (uuid === undefined)
    throw new UsageError(`${visible(target)} has no mapping on Amazon MSK`, 'List all mappings: `msk-lambda list`.');
  if (others.length > 0)
    throw new UsageError(
      `${visible(target)} matches ${targets.length} mappings`,
      `Choose one by UUID: ${targets.slice(0, 20).join(', ')}${targets.length > 20 ? ', …' : ''}`,
    );
  return uuid;
}

/** The one mapping that a command is about. */
import { severalMappings } from '../account/several-mappings.js';
import { UsageError } from '../errors.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { visible } from '../text/visible.js';

/** Its UUID. Throws `UsageError` where the target stands for no mapping, `TargetNotFound` for several. */
export function oneMapping(snapshot: Pick<Snapshot, 'targets' | 'mappings'>, target: string): string {
  const [uuid, ...others] = snapshot.targets;
  if (uuid === undefined)
    throw new UsageError(`${visible(target)} has no mapping on Amazon MSK`, 'List all mappings: `msk-lambda list`.');
  if (others.length > 0) throw severalMappings(`“${target}” matches`, snapshot);
  return uuid;
}

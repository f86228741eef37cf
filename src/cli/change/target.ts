/** Finds the one mapping that a command changes. */
import { getMapping } from '../../account/queries/mappings.js';
import { severalMappings } from '../../account/several-mappings.js';
import { readMappings } from '../../account/scopes/mappings.js';
import { notReadable } from '../../mapping/resolve.js';
import { isOk } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { UsageError } from '../../errors.js';
import { tool } from '../version.js';
import type { OptionsOf } from '../typed-option.js';
import type { uuidOption } from './options.js';
import type { ChangeSession } from './session.js';

/** By UUID, function or cluster. Throws `TargetNotFound`, also where several match, `UsageError`, and `NotReadable`. */
export async function findMapping(session: ChangeSession, target: string): Promise<Mapping> {
  const clients = session.reading();
  const { snapshot } = await readMappings({ clients, targets: [target], tool, now: session.clock.now() });
  session.io.signal.throwIfAborted();
  const mappings = snapshot.targets.flatMap((uuid) => {
    const read = snapshot.mappings[uuid];
    if (read !== undefined && !isOk(read)) throw notReadable(`The mapping ${target}`, read);
    return read === undefined ? [] : [read.value];
  });
  if (mappings.length > 1) throw severalMappings(`“${target}” matches`, snapshot);
  const [mapping] = mappings;
  if (mapping === undefined) throw new UsageError(`no mapping found for “${target}”`);
  // Lists leave out the encrypted filter criteria.
  const whole = await getMapping(clients, mapping.UUID);
  session.io.signal.throwIfAborted();
  if (!isOk(whole) && whole.outcome === 'not-found')
    throw new UsageError(`the mapping ${mapping.UUID} no longer exists`);
  if (!isOk(whole)) throw notReadable(`The mapping ${mapping.UUID}`, whole);
  return whole.value;
}

/** The target of a command line: its argument, or the AWS CLI's `--uuid`. */
export function targetOf(args: readonly string[], { uuid }: OptionsOf<() => [ReturnType<typeof uuidOption>]>): string {
  const [argument] = args;
  if (argument !== undefined && uuid !== undefined && argument !== uuid)
    throw new UsageError('the mapping is given twice: as an argument and with --uuid');
  const target = argument ?? uuid;
  if (target === undefined)
    throw new UsageError(
      'missing argument: the mapping to change',
      'Give its UUID, or the name of its function or cluster. List them: `msk-lambda list`.',
    );
  return target;
}

/** A planned mapping from flags with names: they are looked up, and the account is read as it is before `create`. */
import { plannedMapping, plannedUuid } from '../../../mapping/mapping-of.js';
import { resolveSettings } from '../../../mapping/resolve.js';
import type { MappingSettings } from '../../../mapping/settings.js';
import type { PlannedMappingOptions, PolicyOptions } from './options.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { destinationOf } from './trigger-from-flags.js';
import { openClients, readSource, toUsageError, type Source } from '../../source.js';
import { UsageError } from '../../../errors.js';

const byName = ['cluster', 'function', 'secret'] as const;

/** Whether a flag holds a name, which must be looked up, in place of an ARN. */
export const namesByName = (options: PlannedMappingOptions): boolean =>
  byName.some((flag) => options[flag] !== undefined && !options[flag].startsWith('arn:'));

/** The account around the mapping; null where AWS could not be asked for the names, which was written to stderr. Throws `UsageError` for what is missing or does not exist. */
export async function readPlannedMapping(options: PolicyOptions, io: Io): Promise<Source | null> {
  const { cluster, function: callee, topic, auth, secret, consumerGroup, onFailure } = options;
  if (cluster === undefined || callee === undefined || topic === undefined)
    throw new UsageError(
      'names are looked up for a whole mapping only: give --cluster, --function and --topic',
      'Or ARNs, with which nothing is looked up.',
    );
  destinationOf(onFailure);
  if (options.snapshot !== undefined)
    throw new UsageError('names are looked up in an account, not in a snapshot', 'Give ARNs.');
  const settings: MappingSettings = {
    cluster,
    function: callee,
    topic,
    startingPosition: 'LATEST',
    ...(auth === undefined ? {} : { auth }),
    ...(secret === undefined ? {} : { secret }),
    ...(consumerGroup === undefined ? {} : { consumerGroup }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
  try {
    const resolved = await resolveSettings(
      await openClients(options, io),
      settings,
      (text) => void io.stderr.write(`Note: ${visible(text)}\n`),
    );
    return await readSource([], options, io, { planned: [plannedMapping(resolved, plannedUuid)] });
  } catch (error) {
    const { name, message, hint = '' } = error as Error & { hint?: string };
    if (name === 'SecretUnclear')
      throw new UsageError(message, 'Say which with `--auth scram` or `--auth mtls`.', { cause: error });
    if (name !== 'NotReadable') throw toUsageError(error);
    io.stderr.write(`error: ${visible(message)}\n  ${visible(hint)}\n`);
    return null;
  }
}

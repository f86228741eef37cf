/** A planned mapping from flags with names: they are resolved, and the account is read as before `create`. */
import { plannedMapping, plannedUuid } from '../../../mapping/mapping-of.js';
import { resolveSettings } from '../../../mapping/resolve.js';
import type { MappingSettings } from '../../../mapping/settings.js';
import type { PlannedMappingOptions, PolicyOptions } from './options.js';
import { visible } from '../../../text/visible.js';
import type { Io } from '../../io.js';
import { destinationOf } from './trigger-from-flags.js';
import { openClients, readSource, type Source } from '../../open-account.js';
import { UsageError } from '../../../errors.js';

const byName = ['cluster', 'function', 'secret'] as const;

/** Whether a flag holds a name, which must be resolved, instead of an ARN. */
export const namesByName = (options: PlannedMappingOptions): boolean =>
  byName.some((flag) => options[flag] !== undefined && !options[flag].startsWith('arn:'));

/**
 * The account around the mapping. Throws `UsageError` for what is missing, `TargetNotFound`, and `NotReadable` where
 * AWS could not be asked about the names.
 */
export async function readPlannedMapping(options: PolicyOptions, io: Io): Promise<Source> {
  const { cluster, function: callee, topic, auth, secret, consumerGroup, onFailure } = options;
  if (cluster === undefined || callee === undefined || topic === undefined)
    throw new UsageError(
      'names can be looked up only with --cluster, --function and --topic together',
      'Or pass ARNs: then nothing is read from AWS.',
    );
  destinationOf(onFailure);
  if (options.snapshot !== undefined) throw new UsageError('names cannot be looked up in a snapshot', 'Pass ARNs.');
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
  const resolved = await resolveSettings(
    await openClients(options, io),
    settings,
    (text) => void io.stderr.write(`Note: ${visible(text)}\n`),
  );
  return readSource([], options, io, { planned: [plannedMapping(resolved, plannedUuid)] });
}

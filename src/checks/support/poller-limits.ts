/** Limits of provisioned pollers that Lambda accepts, and the change that sets them. */
import { defaultPollers, maximumPollers, minimumPollers, pollerGroupPattern, type Range } from '../../aws/limits.js';
import type { Fix } from '../../fixes/fix.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import { updateMapping } from './update-mapping.js';

type Pollers = NonNullable<Mapping['ProvisionedPollerConfig']>;

export interface PollerChange {
  uuid: string;
  /** The values that an update sets. */
  pollers: Pollers;
  /** The values for the undo; null where Lambda would refuse them. */
  before: Pollers | null;
}

export function setPollers({ uuid, pollers, before }: PollerChange): Fix[] {
  const config = (values: Pollers) => ({ ProvisionedPollerConfig: values });
  const { MinimumPollers: minimum, MaximumPollers: maximum } = pollers;
  return [
    {
      title: `Set minimum event pollers to ${minimum} and maximum event pollers to ${maximum}${pollers.PollerGroupName === '' ? ', and remove the mapping from its poller group' : ''}`,
      safety: 'care',
      changes: [updateMapping(uuid, config(pollers), before === null ? null : config(before))],
    },
  ];
}

/**
 * Each limit moved into its range, the minimum at most the maximum and the number of partitions. A group with an
 * invalid name is removed.
 */
export function withinRange(
  { MinimumPollers: least, MaximumPollers: most, PollerGroupName: group }: Pollers,
  partitions: number | null,
): Pollers {
  const near = (value: number, range: Range) => Math.min(Math.max(value, range.least), range.most);
  const maximum = near(most ?? defaultPollers.maximum, maximumPollers);
  const minimum = Math.min(near(least ?? defaultPollers.minimum, minimumPollers), maximum, partitions ?? maximum);
  const wrong = group !== undefined && !pollerGroupPattern.test(group);
  return { MinimumPollers: minimum, MaximumPollers: maximum, ...(wrong ? { PollerGroupName: '' } : {}) };
}

/** At most as many minimum pollers as the function may run concurrently; null for an on-demand mapping. */
export function fewerPollers(
  { UUID: uuid, ProvisionedPollerConfig: before }: Mapping,
  reserved: number,
): PollerChange | null {
  return before === undefined || reserved === 0
    ? null
    : { uuid, before, pollers: { ...before, MinimumPollers: reserved } };
}

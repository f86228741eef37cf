/** Records that Lambda gave up: the text about them, and the limits that caused it. */
import type { Fix } from '../../../fixes/fix.js';
import type { Mapping } from '../../../snapshot/resources/index.js';
import type { Evidence } from '../../define.js';
import { updateMapping } from '../../support/update-mapping.js';
import { quantity } from '../../support/counted.js';

export interface Dropped {
  uuid: string;
  functionArn: string | undefined;
  dropped: number;
  droppedAt: string;
  delivered: number;
  deliveredAt: string;
  /** Empty where the mapping has none. */
  destination: string;
  /** Limits after which Lambda gives a record up, with their current values. */
  limits: Record<string, number>;
}

/** -1 is no limit (AWS: Kafka retry configurations). */
export const limitsOf = (mapping: Mapping): Record<string, number> =>
  Object.fromEntries(
    (['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'] as const).flatMap((name) =>
      (mapping[name] ?? -1) >= 0 ? [[name, mapping[name]!]] : [],
    ),
  );

export function linesOf({
  uuid,
  dropped,
  droppedAt,
  delivered,
  deliveredAt,
  destination,
  limits,
}: Dropped): Evidence[] {
  const lost =
    destination === ''
      ? { resource: uuid, fact: 'no on-failure destination: these records are lost' }
      : { resource: destination, fact: 'delivery to the on-failure destination failed: see records.undelivered' };
  return [
    ...(dropped > 0
      ? [{ resource: uuid, fact: `DroppedEventCount: ${Math.round(dropped)}, last at ${droppedAt}` }, lost]
      : []),
    ...(delivered > 0
      ? [
          {
            resource: destination === '' ? uuid : destination,
            fact: `the on-failure destination received ${quantity(delivered, 'record')}, last at ${deliveredAt}`,
          },
        ]
      : []),
    ...Object.entries(limits).map(([name, value]) => ({ resource: uuid, fact: `${name} is ${value}` })),
  ];
}

export const retryWithoutLimit = (uuid: string, limits: Record<string, number>): Fix => ({
  title: 'Retry until the record expires in the topic (a record that always fails then blocks its partition)',
  safety: 'care',
  changes: [updateMapping(uuid, Object.fromEntries(Object.keys(limits).map((name) => [name, -1])), limits)],
});

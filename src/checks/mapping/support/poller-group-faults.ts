/** Faults of a poller group, as sentences. */
import { pollerGroupMappings, pollerGroupPollers } from '../../../aws/limits.js';
import type { PollerGroup } from '../../../subject/facts/poller-group.js';

/** The limits of one group (API reference, ProvisionedPollerConfig). */
export function sizeFaults({ members }: PollerGroup): string[] {
  const pollers = members.reduce((sum, { maximumPollers }) => sum + maximumPollers, 0);
  return [
    ...(members.length > pollerGroupMappings
      ? [`the group has ${members.length} mappings; the limit is ${pollerGroupMappings}`]
      : []),
    ...(pollers > pollerGroupPollers
      ? [
          `the maximum event pollers of its ${members.length} mappings add up to ${pollers.toLocaleString('en-US')}; the limit is ${pollerGroupPollers.toLocaleString('en-US')}`,
        ]
      : []),
  ];
}

/** Mappings of a group share pollers in one VPC (API reference, ProvisionedPollerConfig). */
export function vpcFaults({ members: [first, ...others] }: PollerGroup): string[] {
  if (first?.vpc.is !== 'known') return [];
  const here = first.vpc.value;
  return others.flatMap(({ uuid, vpc }) =>
    vpc.is === 'known' && vpc.value !== here
      ? [
          `mapping ${uuid} of the group is in ${vpc.value}, this mapping is in ${here}; all mappings of a group must be in one VPC`,
        ]
      : [],
  );
}

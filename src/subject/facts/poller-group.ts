/** The poller group of a mapping: the mappings that share its pollers, and their VPCs. */
import { defaultPollers } from '../../aws/limits.js';
import { isVpcConnection } from '../../aws/event-source.js';
import { pollerGroupOf } from '../../snapshot/provisioned.js';
import { isOk, lookup, type ReadFailure } from '../../snapshot/read.js';
import type { Mapping } from '../../snapshot/resources/index.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { viewCluster } from '../cluster-view.js';
import { andThen, known, mapFact, notApplicable, unread, type Derivations, type Fact } from '../fact.js';
import { pollerGroupMembers } from '../related-mappings.js';
import type { MappingFacts } from './mapping.js';

export interface PollerGroup {
  name: string;
  /** The mapping itself first. */
  members: PollerGroupMember[];
}

export interface PollerGroupMember {
  uuid: string;
  maximumPollers: number;
  /** The VPC of its event source. */
  vpc: Fact<string>;
}

export interface PollerGroupFacts {
  /**
   * Not applicable where the mapping shares its pollers with no other. Contains the mappings on Amazon MSK in the
   * region.
   */
  pollerGroup: PollerGroup;
}

export const pollerGroupFacts = (snapshot: Snapshot): Derivations<PollerGroupFacts, MappingFacts> => ({
  pollerGroup: ({ mapping }) =>
    andThen(mapping, (value) => {
      const name = pollerGroupOf(value);
      if (name === null) return notApplicable('the mapping is in no poller group');
      const vpcs = new Map<string, Fact<string>>();
      const toMember = (member: Mapping): PollerGroupMember => {
        const { UUID: uuid, EventSourceArn: arn = '', ProvisionedPollerConfig: config } = member;
        const vpc = vpcs.get(arn) ?? vpcOfSource(snapshot, arn);
        vpcs.set(arn, vpc);
        return { uuid, maximumPollers: config?.MaximumPollers ?? defaultPollers.maximum, vpc };
      };
      return mapFact(pollerGroupMembers(snapshot, value), (members) => ({ name, members: members.map(toMember) }));
    }),
});

/** The VPC of an event source; for a VPC connection, the connection's own. */
function vpcOfSource(snapshot: Snapshot, arn: string): Fact<string> {
  if (isVpcConnection(arn)) {
    const connection = lookup(snapshot.vpcConnections, arn, { service: 'kafka', operation: 'DescribeVpcConnection' });
    if (!isOk(connection)) return unread(connection);
    return connection.value.VpcId === undefined
      ? vpcOfSubnets(snapshot, connection.value.Subnets)
      : known(connection.value.VpcId);
  }
  const cluster = lookup(snapshot.clusters, arn, { service: 'kafka', operation: 'DescribeClusterV2' });
  if (!isOk(cluster)) return unread(cluster);
  return vpcOfSubnets(
    snapshot,
    viewCluster(cluster.value).placements.flatMap(({ subnetIds }) => subnetIds),
  );
}

function vpcOfSubnets(snapshot: Snapshot, ids: readonly string[]): Fact<string> {
  const reads = ids.map((id) => lookup(snapshot.subnets, id, { service: 'ec2', operation: 'DescribeSubnets' }));
  const vpc = reads.flatMap((read) => (isOk(read) ? (read.value.VpcId ?? []) : []))[0];
  const failures = reads.filter((read): read is ReadFailure => !isOk(read));
  return vpc === undefined ? unread(...failures.slice(0, 1)) : known(vpc);
}

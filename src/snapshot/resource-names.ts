/**
 * The names of a snapshot's resources by their ids: Name tags, group names, availability zones. An ARN contains its
 * name and needs no entry.
 */
import type { AwsCall } from '../aws/call.js';
import type { Owner } from './owner-of-tags.js';
import { ownerOf } from './owner.js';
import { isOk, type Keyed } from './read.js';
import type { Snapshot } from './snapshot.js';

export interface ResourceName {
  /** A Name tag or a group name: foreign text. */
  name: string | null;
  /** Where several resources of a kind have the same name, it does not identify one of them. */
  isUnique: boolean;
  /** The availability zone of a subnet. */
  zone: string | null;
}

export interface ResourceNames {
  /** Own account and region: only others are mentioned. */
  account: string | null;
  region: string;
  /** The ARN of the credentials that read the account; null where it is not known. */
  caller: string | null;
  byId: ReadonlyMap<string, ResourceName>;
  /** The tool that owns the resource that a call changes; null where none is known. */
  ownerOf: (call: AwsCall) => Owner | null;
}

export const noNames: ResourceNames = { account: null, region: '', caller: null, byId: new Map(), ownerOf: () => null };

const computed = new WeakMap<Snapshot, ResourceNames>();

/** Computed once for a snapshot, when the first name is needed. */
export function resourceNamesOf(snapshot: Snapshot): ResourceNames {
  const known = computed.get(snapshot) ?? collect(snapshot);
  computed.set(snapshot, known);
  return known;
}

function collect(snapshot: Snapshot): ResourceNames {
  const byId = new Map<string, ResourceName>();
  for (const kind of kindsOf(snapshot)) {
    const uses = new Map<string, number>();
    for (const [, { name }] of kind) if (name !== null) uses.set(name, (uses.get(name) ?? 0) + 1);
    for (const [id, { name, zone }] of kind)
      byId.set(id, { name, zone, isUnique: name !== null && uses.get(name) === 1 });
  }
  return {
    account: snapshot.account,
    region: snapshot.region,
    caller: snapshot.caller,
    byId,
    ownerOf: (call) => ownerOf(snapshot, call),
  };
}

type Named = Map<string, Pick<ResourceName, 'name' | 'zone'>>;
type Tags = readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;

const nameTag = (tags: Tags): string | null => tags?.find(({ Key: key }) => key === 'Name')?.Value || null;

/** For each kind of resource: its names by id. */
function kindsOf(snapshot: Snapshot): Named[] {
  const of = <T>(
    items: readonly T[],
    entry: (item: T) => [id: string, name: string | null, zone?: string | undefined],
  ): Named =>
    new Map(
      items.map((item) => {
        const [id, name, zone] = entry(item);
        return [id, { name, zone: zone ?? null }];
      }),
    );
  return [
    of([...listed(snapshot.vpcSubnets).flat(), ...listed(snapshot.subnets)], (subnet) => [
      subnet.SubnetId,
      nameTag(subnet.Tags),
      subnet.AvailabilityZone,
    ]),
    of(listed(snapshot.vpcs), (vpc) => [vpc.VpcId, nameTag(vpc.Tags)]),
    of(listed(snapshot.securityGroups).flat(), (group) => [
      group.GroupId,
      nameTag(group.Tags) ?? group.GroupName ?? null,
    ]),
    of(listed(snapshot.routeTables).flat(), (table) => [table.RouteTableId, nameTag(table.Tags)]),
    of(listed(snapshot.networkAcls).flat(), (acl) => [acl.NetworkAclId, nameTag(acl.Tags)]),
    of([...listed(snapshot.vpcEndpoints).flat(), ...listed(snapshot.endpointsElsewhere)], (endpoint) => [
      endpoint.VpcEndpointId,
      nameTag(endpoint.Tags),
    ]),
    of(listed(snapshot.natGateways).flat(), (gateway) => [gateway.NatGatewayId, nameTag(gateway.Tags)]),
    of(listed(snapshot.peerings), (peering) => [peering.VpcPeeringConnectionId, nameTag(peering.Tags)]),
  ];
}

const listed = <T>(reads: Keyed<T>): T[] => Object.values(reads).flatMap((read) => (isOk(read) ? [read.value] : []));

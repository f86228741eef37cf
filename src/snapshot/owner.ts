/** Which tool owns the resource that a call changes. */
import { lastSegment } from '../aws/arn.js';
import type { AwsCall } from '../aws/call.js';
import { ownerOfTags, type Owner, type Tags } from './owner-of-tags.js';
import { isOk, type Keyed, type Read } from './read.js';
import type { Snapshot } from './snapshot.js';

type TagList = readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined;

/**
 * By the tags in the snapshot of what the call changes: the role of a policy, the security group of a rule, the route
 * table of a route. Null where the call creates something that nothing owns yet, or no tag tells: Lambda's answers
 * that are read have no tags.
 */
export function ownerOf(snapshot: Snapshot, { service, operation, input }: AwsCall): Owner | null {
  const text = (member: string): string | undefined => (typeof input[member] === 'string' ? input[member] : undefined);
  const tags = ((): Tags | null => {
    switch (service) {
      case 'iam': {
        const name = text('RoleName');
        const role = values(snapshot.roles).find(({ Arn: arn }) => lastSegment(arn ?? '') === name);
        return tagMap(role?.Tags);
      }
      case 'kafka':
        return okOr(snapshot.clusters[text('ClusterArn') ?? ''])?.Tags ?? null;
      case 'ec2':
        return tagMap(
          (operation === 'ModifyVpcAttribute' ? okOr(snapshot.vpcs[text('VpcId') ?? '']) : ofNetwork(snapshot, text))
            ?.Tags,
        );
      case 'secretsmanager':
        return tagMap(okOr(snapshot.secrets[text('SecretId') ?? ''])?.Tags);
      default:
        return null;
    }
  })();
  return tags === null ? null : ownerOfTags(tags);
}

/** The part of a network whose id the call has. A route to an endpoint names both: the table is first. */
function ofNetwork(snapshot: Snapshot, text: (member: string) => string | undefined): { Tags?: TagList } | undefined {
  const among = <T>(collection: Keyed<T[]>, member: keyof T, id: string | undefined): T | undefined =>
    id === undefined
      ? undefined
      : values(collection)
          .flat()
          .find((item) => item[member] === id);
  return (
    among(snapshot.securityGroups, 'GroupId', text('GroupId')) ??
    among(snapshot.routeTables, 'RouteTableId', text('RouteTableId')) ??
    among(snapshot.networkAcls, 'NetworkAclId', text('NetworkAclId')) ??
    among(snapshot.vpcEndpoints, 'VpcEndpointId', text('VpcEndpointId'))
  );
}

const okOr = <T>(read: Read<T> | undefined): T | undefined =>
  read !== undefined && isOk(read) ? read.value : undefined;

const values = <T>(collection: Keyed<T>): T[] =>
  Object.values(collection).flatMap((read) => (isOk(read) ? [read.value] : []));

const tagMap = (tags: TagList): Tags | null =>
  tags === undefined
    ? null
    : Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));

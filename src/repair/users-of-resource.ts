/** Who else uses what a step changes, by what the snapshot shows. */
import { functionNameOf } from '../aws/function-arn.js';
import { lastSegment } from '../aws/arn.js';
import { isOk, type Keyed } from '../snapshot/read.js';
import type { Cluster, Mapping } from '../snapshot/resources/index.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { roleArnOf } from './role-grants.js';

const valuesOf = <T>(reads: Keyed<T>): T[] => Object.values(reads).flatMap((read) => (isOk(read) ? [read.value] : []));

function mappingsOf(snapshot: Snapshot, uuids: readonly string[]): Mapping[] {
  return [...new Set(uuids)].flatMap((uuid) => {
    const read = snapshot.mappings[uuid] ?? snapshot.selfManagedMappings[uuid];
    return read !== undefined && isOk(read) ? [read.value] : [];
  });
}

/** Names of functions with the role: `served` by the mappings, and others. */
export function functionsWithRole(
  snapshot: Snapshot,
  roleName: string,
  uuids: readonly string[],
): { served: string[]; others: string[] } {
  const roleArn = roleArnOf(snapshot, roleName);
  const served = new Set(mappingsOf(snapshot, uuids).map(({ FunctionArn }) => functionNameOf(FunctionArn)));
  const names = roleArn === undefined ? [] : (functionsByRole(snapshot).get(roleArn) ?? []);
  const unique = [...new Set(names)].toSorted();
  return {
    served: unique.filter((name) => served.has(name)),
    others: unique.filter((name) => !served.has(name)),
  };
}

const byRole = new WeakMap<Snapshot['functions'], ReadonlyMap<string | undefined, readonly string[]>>();

/** The names of the functions of each role, by its ARN; indexed once, for a plan with thousands of steps. */
function functionsByRole({
  functions,
}: Pick<Snapshot, 'functions'>): ReadonlyMap<string | undefined, readonly string[]> {
  const earlier = byRole.get(functions);
  if (earlier !== undefined) return earlier;
  const names = new Map<string | undefined, string[]>();
  for (const [arn, read] of Object.entries(functions)) {
    if (!isOk(read)) continue;
    const ofRole = names.get(read.value.Role) ?? [];
    names.set(read.value.Role, ofRole);
    ofRole.push(functionNameOf(arn) ?? arn);
  }
  byRole.set(functions, names);
  return names;
}

/** Names of the roles that have the policy: attached, or as permissions boundary. */
export function rolesWithPolicy(snapshot: Snapshot, policyArn: string): { attached: string[]; bounded: string[] } {
  const attached = Object.entries(snapshot.attachedPolicies).flatMap(([role, read]) =>
    isOk(read) && read.value.some(({ PolicyArn }) => PolicyArn === policyArn) ? [lastSegment(role)] : [],
  );
  const bounded = valuesOf(snapshot.roles).flatMap(({ RoleName, PermissionsBoundary: boundary }) =>
    boundary?.PermissionsBoundaryArn === policyArn ? [RoleName] : [],
  );
  return { attached: attached.toSorted(), bounded: bounded.toSorted() };
}

/** Services that the pollers themselves reach through endpoints. */
const ofPollers = /\.(lambda|sts|secretsmanager|sqs|sns|s3|kms|glue)$/;

/** Clusters of other mappings, endpoints of other services and other network interfaces with the group. */
export function otherUsersOfGroup(snapshot: Snapshot, groupId: string, uuids: readonly string[]): string[] {
  const served = new Set(mappingsOf(snapshot, uuids).map(({ EventSourceArn }) => EventSourceArn));
  const clusters = valuesOf(snapshot.clusters)
    .filter((cluster) => !served.has(cluster.ClusterArn) && groupsOf(cluster).includes(groupId))
    .map(({ ClusterName, ClusterArn }) => `cluster ${ClusterName ?? ClusterArn}`);
  const endpoints = valuesOf(snapshot.vpcEndpoints)
    .flat()
    .filter(
      ({ Groups, ServiceName = '' }) =>
        !ofPollers.test(ServiceName) && Groups.some(({ GroupId }) => GroupId === groupId),
    )
    .map(({ VpcEndpointId }) => `endpoint ${VpcEndpointId}`);
  const interfaces = valuesOf(snapshot.networkInterfaces)
    .flat()
    .filter(
      ({ Groups, RequesterManaged, InterfaceType, Status }) =>
        RequesterManaged !== true &&
        (InterfaceType === undefined || InterfaceType === 'interface') &&
        Status !== 'available' &&
        Groups.some(({ GroupId }) => GroupId === groupId),
    )
    .map(({ NetworkInterfaceId }) => `network interface ${NetworkInterfaceId}`);
  return [...new Set([...clusters, ...endpoints, ...interfaces])].toSorted();
}

const groupsOf = ({ Provisioned: provisioned, Serverless: serverless }: Cluster): string[] => [
  ...(provisioned?.BrokerNodeGroupInfo?.SecurityGroups ?? []),
  ...(serverless?.VpcConfigs ?? []).flatMap(({ SecurityGroupIds }) => SecurityGroupIds),
];

const subnetsOf = ({ Provisioned: provisioned, Serverless: serverless }: Cluster): string[] => [
  ...(provisioned?.BrokerNodeGroupInfo?.ClientSubnets ?? []),
  ...(serverless?.VpcConfigs ?? []).flatMap(({ SubnetIds }) => SubnetIds),
];

/** Subnets of a route table or network ACL that are not the mappings' clusters'. */
export function subnetsBeside(
  snapshot: Snapshot,
  { table, acl }: { table?: string; acl?: string },
  uuids: readonly string[],
): string[] {
  const sources = new Set(mappingsOf(snapshot, uuids).map(({ EventSourceArn }) => EventSourceArn));
  const ofClusters = new Set(
    valuesOf(snapshot.clusters)
      .filter(({ ClusterArn }) => sources.has(ClusterArn))
      .flatMap(subnetsOf),
  );
  const associations =
    table === undefined
      ? valuesOf(snapshot.networkAcls)
          .flat()
          .find(({ NetworkAclId }) => NetworkAclId === acl)?.Associations
      : valuesOf(snapshot.routeTables)
          .flat()
          .find(({ RouteTableId }) => RouteTableId === table)?.Associations;
  return (associations ?? [])
    .flatMap(({ SubnetId }) => SubnetId ?? [])
    .filter((id) => !ofClusters.has(id))
    .toSorted();
}
